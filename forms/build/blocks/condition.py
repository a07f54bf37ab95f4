"""A condition as one JSON value: questions and choices are named by their block ids, compiled to keys on publishing."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.telepath import register

from . import condition_words as words
from . import sentences
from .picker import PickerAdapter, PickerBlock, PickerInput


class ConditionInput(PickerInput):
    """The picker of conditions."""


INPUTS = {purpose: ConditionInput(own) for purpose, own in words.PURPOSES.items()}
register(PickerAdapter("forms.build.ConditionInput"), ConditionInput)


class ConditionBlock(PickerBlock):
    """«Показывать, если…»: None, or a tree of all / any / none over leaves, see `forms.definitions.conditions`.

    `purpose`: what it decides; a name from `condition_words.PURPOSES`.
    """

    def __init__(self, purpose: str = "show", **kwargs: Any) -> None:
        self.widget = INPUTS[purpose]  # type: ignore[misc]
        super().__init__(**kwargs)

    def render_basic(self, value: Any, context: Any = None) -> str:
        purpose = self.widget.words
        if not value:
            return str(purpose["always"])
        return f"{purpose['show_if']} {sentences.condition(value) or _('условие не закончено')}"

    class Meta:
        icon = "view"
        label = gettext_lazy("Когда показывать")
