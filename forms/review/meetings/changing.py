"""Moving a meeting or calling it off: first the letter as everybody will read it, then the act."""

import copy
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications.movement import Refused
from forms.applications.policies import WORK
from forms.registrations import messages, shown, staffing
from forms.registrations.models import Registration, Session
from forms.registrations.states import SessionState, State
from forms.review.access import QueueAccess

from .views import MeetingView, OfMeeting

CALL_OFF, MOVE = "call_off", "move"


class ChangeForm(forms.Form):
    """What happens, when instead, why."""

    what = forms.ChoiceField(
        label=gettext_lazy("Что случилось"),
        choices=[(CALL_OFF, gettext_lazy("Встречи не будет")), (MOVE, gettext_lazy("Встречу переносим"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Выберите, что случилось.")},
    )
    day = forms.DateField(
        label=gettext_lazy("Новый день"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Укажите день, например 30.11.2026.")},
    )
    time = forms.TimeField(
        label=gettext_lazy("Новое начало"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Укажите время, например 16:30.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Причина, её прочитают записанные"),
        max_length=staffing.REASON_LENGTH,
        error_messages={"required": gettext_lazy("Напишите причину: её прочитают все записанные.")},
    )

    def clean(self) -> dict[str, Any]:
        """A moved meeting has a new day and hour."""
        given = super().clean() or {}
        if given.get("what") == MOVE:
            for name, sentence in (("day", _("Выберите новый день.")), ("time", _("Выберите новое время."))):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return given

    def moment(self, session: Session) -> datetime | None:
        """When the meeting is now; of a later slot of a divided meeting, when that whole meeting begins."""
        if self.cleaned_data["what"] == CALL_OFF:
            return None
        zone = shown.zone_of(session)
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], zone)


class ChangeView(OfMeeting, QueueAccess, WagtailAdminTemplateMixin, View):
    """The form, the preview of the letter, the act."""

    header_icon = "calendar-alt"
    page_title = gettext_lazy("Отменить или перенести встречу")
    template_name = "review/meeting_change.html"
    get_breadcrumbs_items = MeetingView.get_breadcrumbs_items

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For who works on applications."""
        if not request.user.has_perm(WORK):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """An empty form."""
        return self._draw(ChangeForm())

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """The preview first; `send` does it."""
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return self._draw(form, status=422)
        moment, why = form.moment(self.session), form.cleaned_data["why"]
        try:
            staffing.check_change(self.session, moment)
            why = staffing.reason(why)
            if "send" in request.POST:
                staffing.change(self.session, request.user, why, moment)
                notices.success(request, _("Встреча изменена, записанные получат письма."))
                return redirect("form_review:meeting", key=key)
        except Refused as refused:
            return self._draw(form, refusal=refused.sentence, status=422)
        return self._draw(form, letter=self._letter(moment, why), told=self._told())

    def _rows(self) -> list[Registration]:
        rows = Registration.objects.filter(session__group=self.session.group_id, session__day=self.session.day)
        return list(rows.active().select_related("application").order_by("pk"))

    def _told(self) -> dict[str, int]:
        rows = self._rows()
        applications = {row.application_id: bool(row.application.email) for row in rows}
        return {
            "people": len(rows),
            "letters": sum(applications.values()),
            "calls": list(applications.values()).count(False),
        }

    def _letter(self, moment: datetime | None, why: str) -> str:
        """The letter of the first of them; with nobody registered there is none to read."""
        rows = self._rows()
        if not rows:
            return ""
        changed = copy.copy(self.session)
        changed.reason, changed.sequence = why, self.session.sequence + 1
        own = [copy.copy(row) for row in rows if row.application_id == rows[0].application_id]
        if moment is None:
            changed.state = SessionState.CANCELLED
            for row in own:
                row.state = State.CANCELLED
        else:
            changed.starts, changed.ends = moment, moment + (self.session.ends - self.session.starts)
        return messages.text_of("called_off" if moment is None else "moved", rows[0].application, changed, own)

    def _draw(self, form: ChangeForm, status: int = 200, **extra: Any) -> HttpResponse:
        context = {
            "session": self.session,
            "form": form,
            "when": shown.when(self.session),
            "key": str(self.session.key),
        }
        return self.render_to_response(self.get_context_data(**context, **extra), status=status)
