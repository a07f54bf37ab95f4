"""A condition as one JSON value: questions and choices are named by their block ids, compiled to keys on publishing."""

import json
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.blocks import FieldBlock

from forms.definitions import conditions, fields
from forms.definitions.question import Field

from . import condition_words as words


class ConditionInput(forms.HiddenInput):
    """Holds the JSON; the picker beside it is drawn by condition.js."""

    show_add_comment_button = False

    def __init__(self, purpose: str = "show", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.purpose = purpose

    def __deepcopy__(self, memo: dict[int, Any]) -> "ConditionInput":
        # It holds no state. One object for all questions goes to the browser once, with its words and lists.
        return self


INPUTS = {purpose: ConditionInput(purpose) for purpose in words.PURPOSES}


class ConditionBlock(FieldBlock):
    """«Показывать, если…»: None, or a tree of all / any / none over leaves, at most `conditions.MAX_DEPTH` deep.

    `purpose`: what it decides, `show` or `required`; a name from `condition_words.PURPOSES`.
    """

    def __init__(self, purpose: str = "show", **kwargs: Any) -> None:
        self.field = forms.JSONField(required=False, widget=INPUTS[purpose])
        super().__init__(**kwargs)

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        return read(data.get(prefix))

    def clean(self, value: Any) -> Any:
        # A half-built condition must not stop autosave; the form of the page refuses it before publishing.
        return value

    def get_form_state(self, value: Any) -> Any:
        return value

    def value_for_form(self, value: Any) -> Any:
        return value

    def render_basic(self, value: Any, context: Any = None) -> str:
        return _("есть условие") if value else _("всегда")

    class Meta:
        icon = "view"
        label = gettext_lazy("Когда показывать")
        default = None


def read(text: Any) -> Any:
    """JSON from the browser; None for blank, broken or oversized text."""
    if not isinstance(text, str) or not text.strip() or len(text) > 100_000:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and _shallow(value) else None


def _shallow(value: Any, depth: int = 0) -> bool:
    if depth > 2 * conditions.MAX_DEPTH + 2:
        return False
    if isinstance(value, dict):
        return all(_shallow(part, depth + 1) for part in value.values())
    return not isinstance(value, list) or all(_shallow(part, depth + 1) for part in value)


class ConditionInputAdapter(WidgetAdapter):
    """Gives the browser the picker and the territories it offers."""

    js_constructor = "forms.build.ConditionInput"

    def js_args(self, widget: ConditionInput) -> list[Any]:
        return [
            {
                "kinds": words.KINDS,
                "operators": words.OFFERED,
                "lists": {name: fields.get(name).choices(Field("", name, "")) for name in words.LISTS},
                "words": {name: str(word) for name, word in (words.WORDS | words.PURPOSES[widget.purpose]).items()},
            }
        ]

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/widgets.js"),
                versioned_static("wagtailadmin/js/telepath/blocks.js"),
                "form_build/comparison.js",
                "form_build/condition.js",
            ],
            css={"all": ["form_build/builder.css"]},
        )


register(ConditionInputAdapter(), ConditionInput)
