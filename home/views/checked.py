"""The report of what was checked longest ago, with «Проверено сегодня» for one page or for many."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home import checking

PER_PAGE = 50


class CheckedPagesView(WagtailAdminTemplateMixin, View):
    """GET lists, the oldest first; POST says that the chosen pages were checked today."""

    page_title = gettext_lazy("Давно не проверяли")
    header_icon = "time"
    template_name = "home/admin/checked.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever may publish anything."""
        if not checking.may_check(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        """One page by its own button, or all that are ticked."""
        asked = [request.POST["one"]] if "one" in request.POST else request.POST.getlist("pages")
        keys = [int(key) for key in asked if key.isdecimal() and len(key) < 10][:PER_PAGE]
        done = checking.mark_checked(keys, request.user, timezone.localdate())
        if done:
            words = ngettext("Отмечена %d страница.", "Отмечено страниц: %d.", done) % done
            messages.success(request, _("Проверено сегодня. {words}").format(words=words))
        else:
            messages.warning(request, _("Ничего не отмечено. Выберите страницы, которые вы вправе публиковать."))
        query = {name: value for name in ("kind", "due", "p") if (value := request.POST.get(name, ""))}
        return HttpResponseRedirect(f"{reverse('checked_pages')}?{urlencode(query)}")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The report alone."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Two queries for the list, however long it is."""
        kinds = checking.kinds()
        asked = self.request.GET.get("kind", "")
        kind = asked if asked in kinds else ""
        due = bool(self.request.GET.get("due"))
        listed = checking.published_for(self.request.user, kind, timezone.localdate() if due else None)
        part = Paginator(listed, PER_PAGE).get_page(self.request.GET.get("p"))
        rows = [_shown(row, kinds[row["of_kind"]]) for row in part.object_list]
        named = sorted((str(model._meta.verbose_name_plural), label) for label, model in kinds.items())
        return super().get_context_data(**kwargs) | {
            "part": part,
            "rows": rows,
            "kinds": named,
            "kind": kind,
            "due": due,
        }


def _shown(row: dict[str, Any], model: Any) -> dict[str, Any]:
    """A row in words; a date of the year 1 stands for none."""
    return {**row, "kind": model._meta.verbose_name, "since": row["since"] if row["since"].year > 1 else None}
