"""Questions without a card: one press counts one, a slip is taken back, the report adds up what it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications import tallies
from forms.applications.models import Channel, TallyKind
from forms.applications.movement import Refused

from .access import EntryAccess, QueueAccess

LONGEST = timedelta(days=366)
LABELS = {channel.value: channel.label for channel in Channel}


def pressed(user: Any, data: QueryDict) -> dict[str, Any]:
    """Do what the button says; what to tell of it: `counted` with its undo, `undone`, or `refusal`."""
    try:
        if "untally" in data:
            return {"undone": tallies.undo(_number(data["untally"]), user)}
        if "tally" in data:
            kind = _number(data["tally"])
            # Without script one page may press several times: how many there were makes each press another one.
            key = data.get("press") or f"{data.get('key', '')}:{kind}:{data.get('pressed', '')}"
            return {"counted": tallies.count(kind, user, data.get("channel", ""), key)}
    except TallyKind.DoesNotExist:
        return {"refusal": _("Этот вопрос больше не отмечают. Обновите страницу.")}
    except Refused as refused:
        return {"refusal": refused.sentence}
    return {}


today = tallies.today


def box(user: Any, said: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the box with the buttons shows."""
    return {"tallies": tallies.today(user), **(said or {})}


class TallyView(EntryAccess, View):
    """The box alone, for a page whose script has pressed a button of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Count or take back."""
        return render(request, "review/call_tallies.html", box(request.user, pressed(request.user, request.POST)))


class PeriodForm(forms.Form):
    """From a day to a day, both counted."""

    first = forms.DateField(label=_("С"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("По"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        """A period of at most a year that does not end before it begins."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and not first <= last <= first + LONGEST:
            raise forms.ValidationError(_("Выберите период не длиннее года, конец не раньше начала."))
        return given


@dataclass(frozen=True, slots=True)
class Group:
    """One kind with the rows that its total is the sum of."""

    name: str
    total: int
    rows: tuple[dict[str, Any], ...]


def grouped(rows: Iterable[dict[str, Any]]) -> list[Group]:
    """By kind; nothing is counted twice: a total is the sum of the rows below it."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        kinds.setdefault(row["kind__name"], []).append(row | {"channel": LABELS[row["channel"]]})
    return [Group(name, sum(row["n"] for row in each), tuple(each)) for name, each in kinds.items()]


class TallyReportView(QueueAccess, WagtailAdminTemplateMixin, View):
    """How many, by kind; each with its days, channels and teams."""

    page_title = _("Вопросы без карточки")
    header_icon = "list-ol"
    template_name = "review/call_report.html"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the queue."""
        return [{"url": reverse("form_review:queue"), "label": _("Очередь")}, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """This month, or the period asked for."""
        today = timezone.localdate()
        usual = {"first": today.replace(day=1), "last": today}
        form = PeriodForm(request.GET if "first" in request.GET else None, initial=usual)
        period = form.cleaned_data if form.is_bound and form.is_valid() else usual
        groups = grouped(tallies.table(request.user, period["first"], period["last"]))
        context = self.get_context_data(form=form, groups=groups, total=sum(each.total for each in groups), **period)
        return self.render_to_response(context)


def _number(text: Any) -> int:
    text = str(text)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
