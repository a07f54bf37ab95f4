"""A measure of support."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from services import measures

from .offer import Offer

if TYPE_CHECKING:
    from forms.definitions.document import Field


class MeasureChoice(Offer):
    """One of the measures in force: what is overdue for its check is not offered as valid anywhere."""

    name = "measure"
    verbose_name = gettext_lazy("Мера поддержки")
    icon = "tag"
    ask = gettext_lazy("Выберите меру поддержки")

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        return measures.choices()

    def listed(self, field: "Field") -> list[tuple[str, str]]:
        return measures.listed()

    def not_offered(self, field: "Field", value: Any) -> str:
        return measures.why_not_offered(value) if isinstance(value, str) else ""

    def name_of(self, key: str) -> str:
        return measures.name_of(key)
