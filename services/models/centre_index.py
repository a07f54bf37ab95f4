from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from django.core.paginator import Page as Portion
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from wagtail.url_routing import RouteResult

from home.frames import Link
from home.models import BasePage
from services import territories
from services.centre_words import Row, rows
from services.holidays import calendar

from . import municipality
from .centre import Centre
from .network import network

HEADINGS = {
    Centre.Kind.CENTRE: _("Центры"),
    Centre.Kind.CONTACT_CENTRE: _("Контакт-центр"),
    Centre.Kind.POINT: _("Пункты поддержки"),
    Centre.Kind.DEPARTMENT: _("Отделы сопровождения"),
    Centre.Kind.HEADQUARTERS: _("Муниципальные штабы"),
}
KIND_ORDER = list(HEADINGS)
PER_PAGE, ORPHANS, WHOLE = 30, 6, "all"


@dataclass(frozen=True)
class Kind:
    """A kind of places above the list: its name, how many, its value in the address («» for all)."""

    title: str
    count: int
    value: str
    is_chosen: bool


class CentreIndexPage(BasePage):
    """«Куда обратиться»: finds the place for a municipality, or lists all, some on a page."""

    template = "services/centre_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["services.Centre"]

    class Meta:
        verbose_name = _("раздел «Куда обратиться»")
        verbose_name_plural = _("разделы «Куда обратиться»")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """`in/<code>/` is the page of a municipality."""
        if self.live and len(path_components) == 2 and path_components[0] == "in":
            if path_components[1] not in territories.names():
                raise Http404
            return RouteResult(self, kwargs={"code": path_components[1]})
        return super().route(request, path_components)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "services/municipality.html" if self._chosen(request, kwargs) else self.template

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen = self._chosen(request, kwargs)
        now = timezone.now()
        context |= {"territories": territories.for_picker(), "chosen": chosen, "seek_words": {"words": seek_words()}}
        if chosen:
            context |= {"chosen_name": territories.name_of(chosen), "trail": [*self.crumbs, Link(self.title, self.url)]}
            return context | municipality.context_of(self.url, chosen, request.GET.get("by", ""), now)
        kind = asked if (asked := request.GET.get("kind", "")) in Centre.Kind.values else ""
        portion = portion_of(network().known.values(), kind, request.GET.get("page", ""))
        return context | {
            "groups": grouped(rows(portion.object_list, now, calendar())),
            "kinds": kinds_of(network().known.values(), kind),
            "kind": kind,
            "portion": portion,
            "keep": f"kind={kind}&" if kind else "",
            "places": [
                municipality.Choice(name, municipality.url_of(self.url, code)) for code, name in territories.choices()
            ],
        }

    def _chosen(self, request: HttpRequest, asked: dict[str, Any]) -> str:
        """The municipality of the address; «» for the list of all places."""
        code = asked.get("code") or request.GET.get("territory", "")
        return code if code in territories.names() else ""

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The section itself and the page of every municipality."""
        own: list[dict[str, Any]] = super().get_sitemap_urls(request)
        return own + [
            {**each, "location": municipality.url_of(each["location"], code)}
            for each in own
            for code, _name in territories.choices()
        ]


def portion_of(centres: Iterable[Centre], kind: str, wanted: str) -> Portion:
    """The part of the list that the address asks for, of one kind or of all; `WHOLE` is the whole of it, to print. A
    wrong number gives the nearest part."""
    ordered = sorted((each for each in centres if kind in {"", each.kind}), key=_place)
    size = max(len(ordered), 1) if wanted == WHOLE else PER_PAGE
    # A last page of a few would be one tap more for nothing.
    return Paginator(ordered, size, orphans=ORPHANS).get_page(wanted)


def kinds_of(centres: Iterable[Centre], chosen: str) -> list[Kind]:
    """How many places there are of each kind, and the address that lists them alone, or all again."""
    counts = Counter(each.kind for each in centres)
    every = Kind(str(_("Все")), counts.total(), "", not chosen)
    found = [Kind(str(HEADINGS[each]), counts[each], each.value, each == chosen) for each in KIND_ORDER if counts[each]]
    return [every, *found] if len(found) > 1 else []


def seek_words() -> dict[str, str]:
    """What portal/static/portal/combobox.js says."""
    return {
        "seek": __("Начните писать город, село или район."),
        "found": __("Найдено: %(n)s"),
        "several": __("Выберите из списка: подходит не одно название."),
        "nothing": __("Такого названия нет. Проверьте буквы или позвоните нам."),
    }


def grouped(shown: list[Row]) -> list[tuple[str, str, list[Row]]]:
    """(kind, heading, rows) of rows that stand by kind already."""
    return [
        (kind, str(HEADINGS[Centre.Kind(kind)]), list(group))
        for kind, group in groupby(shown, key=lambda row: row.centre.kind)
    ]


def _place(centre: Centre) -> tuple[int, str, int]:
    """Where it stands in the list: by kind, then by alphabet."""
    return KIND_ORDER.index(Centre.Kind(centre.kind)), centre.shown_name.casefold(), centre.pk
