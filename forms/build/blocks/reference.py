"""A question or a step, picked from a list; the value is its block id, as in conditions."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.blocks import FieldBlock

from .picker import media, told

WORDS = {
    "nothing": _("не выбран"),
    "deleted": _("удалённый вопрос"),
    "later": _("спрашивают позже"),
}
STEP_WORDS = WORDS | {"nothing": _("как только известны ответы"), "deleted": _("удалённый шаг")}


class QuestionInput(forms.TextInput):
    """Drawn as a list of the earlier questions of some `types`; of no types: of all that are asked.

    `spoken` names it to who hears the page, where no label stands beside it.
    """

    def __init__(self, types: tuple[str, ...], rows: bool = False, spoken: Any = "") -> None:
        super().__init__()
        self.types, self.rows, self.spoken, self.words = types, rows, spoken, WORDS


class StepInput(QuestionInput):
    """Drawn as a list of the steps."""

    def __init__(self) -> None:
        super().__init__(("step",))
        self.words = STEP_WORDS


class QuestionReference(FieldBlock):
    """The block id of an earlier question of one of the `types`, with `rows` inside of a group; blank for none."""

    def __init__(
        self,
        types: tuple[str, ...],
        required: bool = False,
        help_text: Any = "",
        rows: bool = False,
        spoken: Any = "",
        **kwargs: Any,
    ) -> None:
        widget = QuestionInput(types, rows, spoken)
        self.field = forms.CharField(required=required, max_length=64, help_text=help_text, widget=widget)
        super().__init__(**kwargs)

    class Meta:
        default = ""
        icon = "link"


class StepReference(FieldBlock):
    """The block id of a step; blank for none."""

    def __init__(self, required: bool = False, help_text: Any = "", **kwargs: Any) -> None:
        self.field = forms.CharField(required=required, max_length=64, help_text=help_text, widget=StepInput())
        super().__init__(**kwargs)

    class Meta:
        default = ""
        icon = "form"


class QuestionInputAdapter(WidgetAdapter):
    """Gives the browser the types and the words."""

    js_constructor = "forms.build.QuestionInput"

    def js_args(self, widget: QuestionInput) -> list[Any]:
        return [
            {
                "types": list(widget.types),
                "rows": widget.rows,
                "spoken": str(widget.spoken),
                "words": told(widget.words),
            }
        ]

    @cached_property
    def media(self) -> forms.Media:
        return media()


register(QuestionInputAdapter(), QuestionInput)
register(QuestionInputAdapter(), StepInput)
