from itertools import groupby
from typing import Any, ClassVar

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
        centres = Centre.objects.known().child_of(self).with_hours()
        return context | {
            "groups": grouped(rows(centres, now, calendar())),
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


def seek_words() -> dict[str, str]:
    """What portal/static/portal/combobox.js says."""
    return {
        "seek": __("Начните писать город, село или район."),
        "found": __("Найдено: %(n)s"),
        "several": __("Выберите из списка: подходит не одно название."),
        "nothing": __("Такого названия нет. Проверьте буквы или позвоните нам."),
    }


def grouped(shown: list[Row]) -> list[tuple[str, str, list[Row]]]:
    """(kind, heading, rows) by kind, each by alphabet of names."""

    def kind_place(row: Row) -> int:
        return KIND_ORDER.index(Centre.Kind(row.centre.kind))

    ordered = sorted(shown, key=lambda row: (kind_place(row), row.centre.shown_name.casefold()))
    return [
        (KIND_ORDER[place].value, str(HEADINGS[KIND_ORDER[place]]), list(group))
        for place, group in groupby(ordered, key=kind_place)
    ]
