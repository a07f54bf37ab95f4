"""A centre or a point."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from services import centres

from .offer import Offer

if TYPE_CHECKING:
    from forms.definitions.document import Field


class CentreChoice(Offer):
    """One of the published centres."""

    name = "centre"
    verbose_name = gettext_lazy("Центр или пункт")
    icon = "site"
    ask = gettext_lazy("Выберите, куда удобно прийти")

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        return centres.choices()

    def name_of(self, key: str) -> str:
        return centres.name_of(key)
