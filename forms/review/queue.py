"""The list «Очередь»: folders, filters, search, order, pages by key. All of it is in the address, so it can be sent."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications import office
from forms.applications.models import Application
from forms.applications.querysets import VIEW_ALL, ApplicationQuerySet
from forms.definitions import versions
from forms.definitions.document import Definition

from . import budget, catalogue, columns, filters, folders, keyboard, paging, planner, search, table, wanting
from .access import QueueAccess
from .batches.acts import offered
from .search_form import QueueSearchForm

PAGE = 25
# What belongs to one look at the list and not to the view that a link or a saved view keeps.
PASSING = ("p", "_w_filter_fragment", "since")


class Look:
    """What one address shows to one user; every part is worked out once, when it is asked for."""

    def __init__(self, user: Any, query: QueryDict) -> None:
        self.user, self.query = user, query
        self.text = query.get("q", "").replace("\x00", "").strip()

    @cached_property
    def rows(self) -> ApplicationQuerySet:
        """Everything this user may see; the one start of every list."""
        return Application.objects.visible_to(self.user)

    @cached_property
    def _at_once(self) -> tuple[dict[str, int], bool]:
        """The counters, and whether somebody has the name that is searched (if that can be told in time)."""
        rows = Application.objects.visible_to(self.user, counting=True)
        name = search.name_in(self._asked) if self.text and not self.query.get("by") else None
        if name is None:
            return folders.counts(rows, self.user), False
        try:
            with budget.spending(planner.COUNTING):
                return folders.counts_and(rows, self.user, self.rows.filter(name.ids()))
        except budget.Spent:
            return folders.counts(rows, self.user), True

    @property
    def numbers(self) -> dict[str, int]:
        """The counters of the folders."""
        return self._at_once[0]

    @cached_property
    def _asked(self) -> search.Asked:
        return search.ask(self.text)

    @cached_property
    def folder(self) -> folders.Folder:
        """The folder of the address, or the one where staff land."""
        named = folders.BY_KEY.get(self.query.get("folder", ""))
        return named or folders.landing(self.numbers)

    @cached_property
    def known(self) -> catalogue.Catalogue:
        """The names that the screen needs."""
        return catalogue.read(self.user, filters.one_form(self.query), searching=bool(self.text))

    @cached_property
    def definition(self) -> Definition | None:
        """The newest version of the one form that the list is narrowed to."""
        newest = self.known.of("version")
        return versions.definition_of(newest[0][0]) if newest else None

    @cached_property
    def filters(self) -> filters.Filters:
        """The filters in force."""
        if not any(filters.is_filter(name) for name in self.query):
            return filters.Filters()
        return filters.read(self.query, self.known, self.definition, self.user)

    @cached_property
    def found_by(self) -> tuple[str, Any]:
        """The way in which the text is searched."""
        return search.way(self._asked, self.query.get("by", ""), lambda: self._at_once[1])

    @cached_property
    def sorts(self) -> tuple[wanting.Sort, ...]:
        """The orders that this list can have."""
        return folders.SEARCH_SORTS if self.text else self.folder.sorts

    @cached_property
    def sort(self) -> wanting.Sort:
        """The order; found things are newest first."""
        asked = self.query.get("sort", "")
        if self.text:
            return folders.sort_of(self.sorts, asked) or folders.RECEIVED.turned()
        return self.folder.sort(asked, {plain.column for plain in self.filters.plain if plain.is_range})

    @cached_property
    def narrowed(self) -> ApplicationQuerySet:
        """The rows of the folder; while searching, those of all folders."""
        return self.rows if self.text else self.folder.narrow(self.rows, self.user)

    @cached_property
    def wanted(self) -> wanting.Wanted:
        """The page for the planner; while searching in all folders: who looks for a number does not know its folder."""
        sides = [*self.filters.sides, *([self.found_by[1]] if self.text else [])]
        return wanting.Wanted(
            rows=self.narrowed if self._may_hold else self.narrowed.none(),
            sort=self.sort,
            plain=tuple(self._implied()),
            sides=tuple(sides),
            place=paging.read(self.query.get("p"), self.sort.fields),
            size=PAGE,
            few=self.folder.shy and not self.text,
            teams=None if self.user.has_perm(VIEW_ALL) else self.user.teams.order_by().values("pk"),
            drawn=Application.objects.for_queue(),
            is_open=None if self.text else self.folder.is_open,
        )

    @property
    def _may_hold(self) -> bool:
        """Whether any row of the folder can pass the filters: to walk all of it for nothing is the slowest list."""
        named = {each.column: {*each.values} for each in self.filters.plain if each.column in ("state", "result")}
        return bool(self.text) or self.folder.may_hold(named.get("state", set()), named.get("result", set()))

    def _implied(self) -> list[wanting.Plain]:
        """What was received from a day on was closed from that day on: the bound that the order of closing needs."""
        plain = list(self.filters.plain)
        if self.sort.columns == ("closed_at",):
            bounds = [each.low for each in plain if each.column == "received_at" and each.low]
            plain += [wanting.Plain("closed_at", low=low) for low in bounds]
        return plain

    def total(self, page: paging.Page | None = None) -> str:
        """How many there are in all, as a counter: of a folder its own; of a filtered or searched list what its only
        page holds. Others take up to a second, so they are counted without a `page`; blank where it is not told."""
        if not self.text and not self.filters.pills:
            return folders.shown(self.numbers[self.folder.key])
        if page is None:
            found = planner.count(self.wanted, folders.CAP)
            return "" if found is None else folders.shown(found)
        return "" if page.previous or page.following else str(len(page.object_list))

    def address(self, without: tuple[str, ...] = (), **changes: str) -> str:
        """The address of this view with some parameters changed or left out; always from its first page."""
        query = self.query.copy()
        empty = [name for name, values in query.lists() if not any(values)]
        for name in (*PASSING, *without, *changes, *empty):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"{reverse('form_review:queue')}?{query.urlencode()}"


class QueueView(QueueAccess, WagtailAdminTemplateMixin, View):
    """Applications of the user's teams."""

    page_title = _("Очередь")
    header_icon = "list-ul"
    template_name = "review/queue.html"
    results_template_name = "review/queue_results.html"
    results_only = False
    _show_breadcrumbs = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The whole screen, or its list alone for a refresh in place."""
        self.look = Look(request.user, request.GET)
        return self.render_to_response(self.get_context_data())

    def get_template_names(self) -> list[str]:
        """The fragment has no frame."""
        return [self.results_template_name if self.results_only else self.template_name]

    @property
    def folder(self) -> folders.Folder:
        """The folder that is shown."""
        return self.look.folder

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """One level: the queue is where staff live."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Rows first: what they cost decides what else is shown."""
        look = self.look
        try:
            page, too_broad = planner.page(look.wanted), ""
        except planner.TooBroad as broad:
            page, too_broad = paging.Page([], None, None), str(broad.sentence)
        if look.text:
            ids = [row.pk for row in page.object_list]
            office.note_search(look.user, look.found_by[0], ids, look.known.last_entry)
        acts = offered(look.user)
        drawn = columns.chosen(look.known.columns(filters.one_form(look.query)), look.definition)
        context = super().get_context_data(**kwargs)
        return context | {
            "look": look,
            "object_list": page.object_list,
            "table": table.draw(look, drawn, page.object_list, self.caption, picks=bool(acts))
            if page.object_list
            else "",
            "bulk_acts": acts,
            "folders": self._folders(),
            "folder": look.folder,
            "caption": self.caption,
            "too_broad": too_broad,
            "is_searching": bool(look.text),
            "query_string": look.text,
            "other_way": look.found_by[0] == search.BY_NAME if look.text else False,
            "results_url": reverse("form_review:queue_results"),
            "search_form": QueueSearchForm(look.query if "q" in look.query else None),
            "kept": table.hidden_inputs(look, ("q", "by")),
            "total": look.total(page),
            "previous_url": look.address(p=page.previous) if page.previous else "",
            "following_url": look.address(p=page.following) if page.following else "",
            "last_url": look.address(p=paging.token(paging.LAST)) if page.following else "",
            "newest": max((row.pk for row in page.object_list), default=0),
            **table.menus(look, drawn),
            **keyboard.context(keyboard.QUEUE),
        }

    @property
    def caption(self) -> str:
        """What the list holds."""
        return str(_("Найденные обращения") if self.look.text else self.look.folder.label)

    def _folders(self) -> list[dict[str, Any]]:
        address, numbers = reverse("form_review:queue"), self.look.numbers
        return [
            {
                "key": folder.key,
                "label": folder.label,
                "url": f"{address}?folder={folder.key}",
                "count": folders.shown(numbers[folder.key]),
                "is_hot": folder.hot,
                "hot": folder.hot and numbers[folder.key] > 0,
                "current": folder == self.look.folder and not self.look.text,
            }
            for folder in folders.FOLDERS
            if not folder.shy or numbers[folder.key] or folder == self.look.folder
        ]
