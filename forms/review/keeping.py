"""What staff keep of the queue for next time: columns and saved views. Plain forms, so they work without script."""

from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from forms.applications.models import Team
from forms.applications.policies import ASSIGN
from forms.applications.querysets import VIEW_ALL
from forms.definitions.models import Form

from . import columns
from .access import QueueAccess
from .models import ColumnChoice, SavedView
from .queue import PASSING

MOST_VIEWS = 50
MOST_NAMES = 40
QUERY_LENGTH = 2000


class ColumnsView(QueueAccess, View):
    """Which columns to show: for one form, or for all lists."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice; «usual» forgets it."""
        form = _form(request.POST.get("form", ""))
        rows = ColumnChoice.objects.filter(owner=_owner(request), form=form)
        if request.POST.get("usual"):
            rows.delete()
        else:
            names = [name[:80] for name in request.POST.getlist("column") if _is_column(name)][:MOST_NAMES]
            ColumnChoice.objects.update_or_create(owner=_owner(request), form=form, defaults={"names": names})
        return _back(request)


class KeepView(QueueAccess, View):
    """Save the view that is shown, under a name; the same name again replaces it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """One's own, or shared with one of one's teams by who assigns work."""
        name = " ".join(request.POST.get("name", "").replace("\x00", "").split())[:60]
        query = _query(request.POST.get("query", ""))
        team = _team(request.user, request.POST.get("team", ""))
        if not name or len(query) > QUERY_LENGTH:
            notices.error(request, _("Назовите подборку, чтобы сохранить её."))
            return _back(request)
        if SavedView.objects.filter(owner=_owner(request)).count() >= MOST_VIEWS:
            notices.error(request, _("Подборок уже %d. Удалите те, что не нужны.") % MOST_VIEWS)
            return _back(request)
        key: dict[str, Any] = {"team": team} if team else {"owner": _owner(request), "team": None}
        SavedView.objects.update_or_create(name=name, **key, defaults={"query": query, "owner": _owner(request)})
        notices.success(request, _("Подборка «%s» сохранена.") % name)
        return _back(request)


class DropView(QueueAccess, View):
    """Delete a saved view: one's own, or a shared one of one's team by who assigns work."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """404 for what this user does not see."""
        view = SavedView.objects.filter(pk=pk).first()
        mine = view is not None and view.owner_id == request.user.pk
        if view is None or not (mine or _may_share(request.user, view.team)):
            raise Http404
        view.delete()
        notices.success(request, _("Подборка «%s» удалена.") % view.name)
        return _back(request)


def _owner(request: HttpRequest) -> Any:
    """Who is signed in: QueueAccess lets nobody else through."""
    return request.user


def _is_column(name: str) -> bool:
    return name in columns.BY_NAME or name.startswith(columns.ANSWER)


def _form(text: str) -> Form | None:
    if not text:
        return None
    form = Form.objects.filter(pk=int(text)).first() if text.isascii() and text.isdecimal() and len(text) < 18 else None
    if form is None:
        raise Http404
    return form


def _team(user: Any, text: str) -> Team | None:
    if not text:
        return None
    team = Team.objects.filter(pk=int(text)).first() if text.isascii() and text.isdecimal() and len(text) < 18 else None
    if not _may_share(user, team):
        raise PermissionDenied
    return team


def _may_share(user: Any, team: Team | None) -> bool:
    if team is None or not user.has_perm(ASSIGN):
        return False
    return user.has_perm(VIEW_ALL) or team.members.filter(pk=user.pk).exists()


def _query(text: str) -> str:
    """The parameters of a view, in our own writing: never an address of somewhere else."""
    query = QueryDict(text[: 2 * QUERY_LENGTH], mutable=True)
    for name in PASSING:
        query.pop(name, None)
    return query.urlencode()


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('form_review:queue')}?{_query(request.POST.get('query', ''))}")
