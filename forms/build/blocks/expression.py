"""What a computed answer is worked out from, as one JSON value; see `forms.definitions.expressions`."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.telepath import register

from .expression_words import WORDS
from .picker import PickerAdapter, PickerBlock, PickerInput
from .setting import Options, Setting, ToIds, ToKeys


class ExpressionInput(PickerInput):
    """The picker of computations."""


class ExpressionBlock(PickerBlock):
    """None, or a function of earlier answers that are named by their block ids."""

    widget = ExpressionInput(WORDS)

    def render_basic(self, value: Any, context: Any = None) -> str:
        return str(WORDS.get(f"pick_{value.get('fn')}", "")) if value else _("ничего")

    class Meta:
        icon = "calculator"
        label = gettext_lazy("Что посчитать")


register(PickerAdapter("forms.build.ExpressionInput"), ExpressionInput)


def computed() -> Setting:
    """The option `expr`."""

    def write(value: Any, keys: ToKeys) -> Options:
        return {"expr": keys.expression(value)}

    def read(options: Options, ids: ToIds, _owner: str) -> Any:
        return ids.expression(options.pop("expr", None))

    return Setting("expr", ExpressionBlock, write, read)
