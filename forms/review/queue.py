"""The list «Очередь»: folders, a filter, a search, pages by key."""

from typing import Any

import django_filters
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.views import generic

from forms.applications.models import Application
from forms.applications.querysets import ApplicationQuerySet
from forms.applications.states import MOVES, State

from . import folders, search
from .access import QueueAccess
from .columns import COLUMNS
from .paging import KeysetPaginator

# States that exist by now: the start and every end of a move.
REACHABLE = [State.NEW, *dict.fromkeys(move.target for move in MOVES)]


class QueueFilters(WagtailFilterSet):
    """The filters beside the search box."""

    state = django_filters.MultipleChoiceFilter(
        label=_("Состояние"),
        choices=[(state.value, state.label) for state in REACHABLE],
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = Application
        fields = ["state"]


class QueueSearchForm(SearchForm):
    """Wagtail's search box, saying what it finds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, placeholder=_("Номер, имя, телефон"), **kwargs)
        self.fields["q"].label = _("Поиск обращений")


class QueueView(QueueAccess, generic.IndexView):
    """Applications of the user's teams; the whole view of folder, filter, search and page is in the address."""

    model = Application
    page_title = _("Очередь")
    header_icon = "list-ul"
    template_name = "review/queue.html"
    results_template_name = "review/queue_results.html"
    index_url_name = "form_review:queue"
    index_results_url_name = "form_review:queue_results"
    filterset_class = QueueFilters
    paginator_class = KeysetPaginator
    paginate_by = 25
    any_permission_required = None
    is_searchable = True
    show_export_buttons = False
    table_classname = "listing q-table"
    columns = list(COLUMNS)

    @cached_property
    def folder(self) -> folders.Folder:
        """The folder of the address, or the one where staff land."""
        named = folders.BY_KEY.get(self.request.GET.get("folder", ""))
        return named or folders.landing(self.numbers)

    @cached_property
    def rows(self) -> ApplicationQuerySet:
        """Everything this user may see; the one start of list and counters."""
        return Application.objects.visible_to(self.request.user)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The counters of the folders."""
        return folders.counts(self.rows, self.request.user)

    def get_search_form(self) -> SearchForm:
        """The box above the list."""
        return QueueSearchForm(self.request.GET if self.search_kwarg in self.request.GET else None)

    def get_base_queryset(self) -> ApplicationQuerySet:
        """The folder, or everything visible while searching: who looks for a number does not know its folder."""
        rows = self.rows if self.is_searching else self.folder.narrow(self.rows, self.request.user)
        return rows.for_queue()

    def order_queryset(self, queryset: Any) -> Any:
        """The order belongs to the folder; found things are newest first."""
        return queryset.order_by(*(folders.BY_RECEIVED if self.is_searching else self.folder.order))

    def search_queryset(self, queryset: Any) -> Any:
        """By number, phone, e-mail or name."""
        return queryset.filter(search.query(self.search_query)) if self.is_searching else queryset

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """One level: the queue is where staff live."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_table_kwargs(self) -> dict[str, Any]:
        """A caption for those who hear the table."""
        return super().get_table_kwargs() | {"caption": self.caption}

    @property
    def caption(self) -> str:
        """What the list holds."""
        return str(_("Найденные обращения") if self.is_searching else self.folder.label)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Folders with counters and links to the neighbour pages."""
        context = super().get_context_data(*args, **kwargs)
        address = reverse(self.index_url_name)
        context["folders"] = [
            {
                "label": folder.label,
                "url": f"{address}?folder={folder.key}",
                "count": folders.shown(self.numbers[folder.key]),
                "hot": folder.hot and self.numbers[folder.key] > 0,
                "current": folder == self.folder and not self.is_searching,
            }
            for folder in folders.FOLDERS
        ]
        context["folder"] = self.folder
        context["caption"] = self.caption
        page = context["page_obj"]
        context["previous_url"] = self._page_url(page.previous)
        context["following_url"] = self._page_url(page.following)
        return context

    def _page_url(self, token: str | None) -> str:
        if not token:
            return ""
        values = self.request.GET.copy()
        values.pop("_w_filter_fragment", None)
        values[self.page_kwarg] = token
        return f"{reverse(self.index_url_name)}?{values.urlencode()}"
