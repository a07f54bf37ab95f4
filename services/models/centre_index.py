from itertools import groupby
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import BasePage
from services import territories
from services.centre_finding import find
from services.centre_words import Row, rows
from services.holidays import calendar

from .centre import Centre

HEADINGS = {
    Centre.Kind.CENTRE: _("Центры"),
    Centre.Kind.CONTACT_CENTRE: _("Контакт-центр"),
    Centre.Kind.POINT: _("Пункты поддержки"),
    Centre.Kind.DEPARTMENT: _("Отделы сопровождения"),
    Centre.Kind.HEADQUARTERS: _("Муниципальные штабы"),
}
KIND_ORDER = list(HEADINGS)


class CentreIndexPage(BasePage):
    """«Куда обратиться»: finds the place for a municipality, or lists all."""

    template = "services/centre_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["services.Centre"]

    class Meta:
        verbose_name = _("раздел «Куда обратиться»")
        verbose_name_plural = _("разделы «Куда обратиться»")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        known = territories.names()
        chosen = request.GET.get("territory", "")
        if chosen not in known:
            chosen = ""
        centres = Centre.objects.known().child_of(self).with_hours().prefetch_related("serves", "phones")
        shown = rows(centres, timezone.now(), calendar())
        context |= {"territories": territories.choices(), "chosen": chosen, "chosen_name": known.get(chosen, "")}
        if not chosen:
            return context | {"groups": grouped(shown)}
        row_of = {row.centre.pk: row for row in shown}
        found = find((row.centre for row in shown), chosen)
        others = [row_of[centre.pk] for centre in found.others]
        if found.own:
            return context | {"own": row_of[found.own.pk], "others": others}
        return context | {"own": None, "first": others[0] if others else None, "others": others[1:]}


def grouped(shown: list[Row]) -> list[tuple[str, str, list[Row]]]:
    """(kind, heading, rows) by kind, each by alphabet of names."""

    def kind_place(row: Row) -> int:
        return KIND_ORDER.index(Centre.Kind(row.centre.kind))

    ordered = sorted(shown, key=lambda row: (kind_place(row), row.centre.shown_name.casefold()))
    return [
        (KIND_ORDER[place].value, str(HEADINGS[KIND_ORDER[place]]), list(group))
        for place, group in groupby(ordered, key=kind_place)
    ]
