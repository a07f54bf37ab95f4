"""The screen «Журнал»: filters in the address, pinned questions, pages by key."""

import base64
import binascii
import datetime
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from forms.applications.models import Application
from forms.applications.numbers import parse
from forms.review.access import QueueAccess

from . import entries, words

JOURNAL = "form_applications.view_journal"
# What an auditor asks most often, by one click.
PINNED: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("reads", gettext_lazy("Чтение персональных данных"), ("read", "read_file", "search", "export_given")),
    ("exports", gettext_lazy("Выгрузки"), tuple(name for name in words.OF_OFFICE if name.startswith("export_"))),
    ("batches", gettext_lazy("Действия с несколькими"), ("batch_started", "batch_ended")),
    ("closed", gettext_lazy("Закрытия"), ("resolve", "explain", "refuse", "redirect", "merge", "mark_spam")),
    (
        "consent",
        gettext_lazy("Отзыв согласия и удаление"),
        ("withdraw_consent", "consent_withdrawn", "erase", "data_given"),
    ),
)
_PINNED = {key: actions for key, _label, actions in PINNED}


class JournalView(QueueAccess, WagtailAdminTemplateMixin, View):
    """All that was done and read, for who may see the journal."""

    http_method_names = ["get"]
    header_icon = "history"
    page_title = gettext_lazy("Журнал действий")
    template_name = "review/journal.html"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if not request.user.has_perm(JOURNAL):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the queue."""
        return [
            {"url": reverse("form_review:queue"), "label": _("Очередь")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of the list."""
        query = request.GET
        wanted, unknown = _wanted(query)
        lines, following = ([], None) if unknown else entries.page(request.user, wanted)
        people = User.objects.filter(is_staff=True) | User.objects.filter(groups__isnull=False)
        context = self.get_context_data(
            lines=lines,
            unknown=unknown,
            query=query,
            pinned=_pinned(query),
            people=[(str(user.pk), user.short_name) for user in people.distinct().order_by("last_name", "username")],
            actions=_actions(),
            older=f"?{_with(query, p=_token(following))}" if following else "",
            newest=f"?{_with(query)}" if query.get("p") else "",
        )
        return self.render_to_response(context)


def _wanted(query: QueryDict) -> tuple[entries.Wanted, bool]:
    """What the address asks for, and whether it names an application that there is not."""
    number, application = query.get("number", "").strip(), None
    if number:
        found = parse(number)
        prefix = {"number_prefix": found.prefix} if found and found.prefix else {}
        known = found is not None and Application.objects.filter(pk=found.value, **prefix).exists()
        if not known or found is None:
            return entries.Wanted(), True
        application = found.value
    who, action, until = query.get("who", ""), query.get("action", ""), _midnight(query.get("to"))
    wanted = entries.Wanted(
        actor=int(who) if who.isascii() and who.isdecimal() and len(who) < 18 else None,
        actions=_PINNED.get(query.get("pinned", "")) or ((action,) if action else ()),
        application=application,
        since=_midnight(query.get("from")),
        before=until + datetime.timedelta(days=1) if until else None,
        place=_place(query.get("p", "")),
    )
    return wanted, False


def _pinned(query: QueryDict) -> list[tuple[str, str | Promise, bool]]:
    chosen = query.get("pinned", "")
    everything = ("?", _("Всё"), not chosen)
    return [everything, *((f"?pinned={key}", label, key == chosen) for key, label, _actions in PINNED)]


def _actions() -> list[tuple[str, str]]:
    named = {**words.OF_APPLICATIONS, **words.OF_OFFICE}
    return sorted(((name, str(label)) for name, label in named.items()), key=lambda each: each[1])


def _midnight(text: str | None) -> datetime.datetime | None:
    try:
        day = datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
    if not 1900 <= day.year <= 2200:
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _with(query: QueryDict, **changes: str) -> str:
    kept = query.copy()
    kept.pop("p", None)
    for name, value in changes.items():
        kept[name] = value
    return kept.urlencode()


def _token(place: entries.Place) -> str:
    text = json.dumps([place[0].isoformat(), place[1], place[2]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(text: str) -> entries.Place | None:
    """The place behind a token; None, the newest, when it is blank or not one of ours."""
    if not text or len(text) > 200:
        return None
    try:
        at, kind, pk = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        moment = datetime.datetime.fromisoformat(at)
        if moment.tzinfo is None or kind not in (0, 1) or not 0 <= int(pk) < 2**63:
            return None
        return moment, int(kind), int(pk)
    except (binascii.Error, ValueError, TypeError):
        return None
