"""Moving a meeting or calling it off: first the letter as everybody will read it, then the act."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications.movement import Refused
from forms.applications.policies import WORK
from forms.registrations import shown, staffing
from forms.registrations.models import Session
from forms.review.access import QueueAccess

from . import letters, lists
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

    day: date | None = None
    """Which meeting of a course, by its rule."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For who works on applications."""
        if not request.user.has_perm(WORK):
            raise PermissionDenied
        if "day" in kwargs:
            self.day = _day(kwargs["day"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """An empty form."""
        self._check_day()
        return self._draw(ChangeForm())

    def post(self, request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        """The preview first; `send` does it."""
        self._check_day()
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return self._draw(form, status=422)
        moment, why = form.moment(self.session), form.cleaned_data["why"]
        try:
            staffing.check_change(self.session, moment, self.day)
            why = staffing.reason(why)
            if "send" in request.POST:
                staffing.change(self.session, request.user, why, moment, self.day)
                notices.success(request, _("Встреча изменена, записанные получат письма."))
                return redirect("form_review:meeting", key=key)
        except Refused as refused:
            return self._draw(form, refusal=refused.sentence, status=422)
        letter = letters.of_change(self.session, moment, why, self.day)
        return self._draw(form, letter=letter, told=letters.told(self.session))

    def _check_day(self) -> None:
        """A course is changed day by day, another meeting as a whole."""
        if self.session.is_course != (self.day is not None):
            raise Http404
        if self.day and self.day not in staffing.days_of(self.session).days:
            raise Http404

    def _draw(self, form: ChangeForm, status: int = 200, **extra: Any) -> HttpResponse:
        session, day = self.session, self.day
        context = {
            "session": session,
            "form": form,
            "when": lists.day_words(session, day, staffing.days_of(session).days[day]) if day else shown.when(session),
            "key": str(session.key),
        }
        return self.render_to_response(self.get_context_data(**context, **extra), status=status)


def _day(number: int) -> date:
    """20261205; Http404 for what is no day."""
    try:
        return datetime.strptime(str(number), "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Http404 from None
