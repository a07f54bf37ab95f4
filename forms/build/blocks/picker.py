"""A JSON value that reads as a sentence and is changed by a picker; drawn by the scripts of form_build."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import Adapter, register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.blocks import FieldBlock

from forms.definitions import conditions, fields
from forms.definitions.question import Field

from . import condition_words as words

MOST_LETTERS = 100_000
PARTS = "elements comparison questions tree picker condition reference expression cuts streams answers"
"""The scripts in the order in which they need each other."""


def media(*more: str) -> forms.Media:
    """Everything that the pickers need and what comes after, in one order: Wagtail merges what several blocks want."""
    admin = [versioned_static(f"wagtailadmin/js/telepath/{name}.js") for name in ("widgets", "blocks")]
    own = [f"form_build/{name}.js" for name in PARTS.split()]
    return forms.Media(js=[*admin, *own, *more], css={"all": ["form_build/builder.css"]})


class Comparison:
    """What every picker knows of comparisons. One object, so it goes to the browser once, with its words and lists."""


class ComparisonAdapter(Adapter):
    """Gives the browser the operators, their words and the lists that are the portal's."""

    js_constructor = "forms.build.Comparison"

    def js_args(self, obj: Comparison) -> list[Any]:
        return [
            {
                "kinds": words.KINDS,
                "operators": words.OFFERED,
                "lists": {name: fields.get(name).listed(Field("", name, "")) for name in words.LISTS},
                "words": told(words.WORDS),
            }
        ]

    @cached_property
    def media(self) -> forms.Media:
        return media()


COMPARISON = Comparison()
register(ComparisonAdapter(), Comparison)


def told(lazy: Mapping[str, Any]) -> dict[str, str]:
    """Words in the language of the reader."""
    return {name: str(word) for name, word in lazy.items()}


class PickerInput(forms.HiddenInput):
    """Holds the JSON; `words` are those of this picker alone, `always` said where there is no value."""

    show_add_comment_button = False

    def __init__(self, words: Mapping[str, Any], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.words = words

    def __deepcopy__(self, memo: dict[int, Any]) -> "PickerInput":
        # It holds no state. One object for all questions goes to the browser once.
        return self


class PickerAdapter(WidgetAdapter):
    """Draws a picker in the browser."""

    def __init__(self, js_constructor: str) -> None:
        self.js_constructor = js_constructor

    def js_args(self, widget: PickerInput) -> list[Any]:
        return [COMPARISON, told(widget.words)]

    @cached_property
    def media(self) -> forms.Media:
        return media()


class PickerBlock(FieldBlock):
    """None, or what the picker of its `widget` makes."""

    widget: ClassVar[PickerInput]

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.JSONField(required=False, widget=self.widget, help_text=kwargs.pop("help_text", ""))
        super().__init__(**kwargs)

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        return read(data.get(prefix))

    def clean(self, value: Any) -> Any:
        # What is half built must not stop autosave; the form of the page refuses it before publishing.
        return value

    def get_form_state(self, value: Any) -> Any:
        return value

    def value_for_form(self, value: Any) -> Any:
        return value

    class Meta:
        default = None


def read(text: Any) -> Any:
    """JSON from the browser; None for blank, broken or oversized text."""
    if not isinstance(text, str) or not text.strip() or len(text) > MOST_LETTERS:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and _shallow(value) else None


def _shallow(value: Any, depth: int = 0) -> bool:
    if depth > 3 * conditions.MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return all(_shallow(part, depth + 1) for part in value.values())
    return not isinstance(value, list) or all(_shallow(part, depth + 1) for part in value)
