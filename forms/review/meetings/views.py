"""«Встречи»: the groups of one's teams, the people of a meeting, attendance, moving and calling off."""

import csv
from collections.abc import Callable
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications import office
from forms.applications.models import Application
from forms.applications.movement import Refused
from forms.applications.policies import WORK
from forms.registrations import shown, staffing
from forms.registrations.models import Session
from forms.review.access import QueueAccess
from forms.review.exporting.access import EXPORT, ExportAccess
from forms.review.exporting.cells import as_text
from services import meetings

from . import lists

MOST = 300


class MeetingsView(QueueAccess, WagtailAdminTemplateMixin, View):
    """Every group of one's teams with its meetings."""

    page_title = gettext_lazy("Встречи")
    header_icon = "calendar-alt"
    template_name = "review/meetings.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Coming ones, and those of the last weeks to be ticked."""
        groups = lists.meetings_of(staffing.groups_of(request.user), timezone.now())
        return self.render_to_response(self.get_context_data(groups=groups))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the queue."""
        return [{"url": reverse("form_review:queue"), "label": _("Очередь")}, {"url": "", "label": self.page_title}]


class OfMeeting:
    """For views of one meeting: found by its key among those of the user's teams."""

    session: Session

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 for what is not theirs to see; who may not see the queue is refused before."""
        key = meetings.read(kwargs["key"])
        try:
            if key is None:
                raise Session.DoesNotExist
            self.session = staffing.find(request.user, key)
        except Session.DoesNotExist:
            if not request.user.has_perm("form_applications.view_queue"):
                return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def people(self, user: Any) -> list[lists.Person]:
        """Who is registered."""
        return lists.people_of(self.session, Application.objects.visible_to(user))


class MeetingView(OfMeeting, QueueAccess, WagtailAdminTemplateMixin, View):
    """Who is registered and who waits; ticks, and what can be done with the chosen ones."""

    header_icon = "calendar-alt"
    template_name = "review/meeting.html"

    def get_page_title(self) -> str:
        """The group."""
        return self.session.group.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the meetings."""
        meetings_item = {"url": reverse("form_review:meetings"), "label": _("Встречи")}
        return [meetings_item, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The page; `print` asks for the bare list."""
        self.template_name = "review/meeting_print.html" if "print" in request.GET else self.template_name
        return self._draw()

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """One act with the chosen people; a refusal keeps what was chosen."""
        ids = [int(text) for text in request.POST.getlist("row")[:MOST] if text.isascii() and text.isdecimal()]
        try:
            if not ids:
                raise Refused(_("Отметьте людей в списке."))
            count = self._act(str(request.POST.get("act", "")), ids)
        except Refused as refused:
            return self._draw(refusal=refused.sentence, chosen=ids, status=422)
        notices.success(request, _("Готово. Изменено записей: %(count)d.") % {"count": count})
        return redirect("form_review:meeting", key=key)

    def _act(self, act: str, ids: list[int]) -> int:
        user, session = self.request.user, self.session
        if act in staffing.MARKS:
            return staffing.mark(session, user, ids, act)
        if act == "transfer":
            key = meetings.read(self.request.POST.get("to"))
            if key is None:
                raise Refused(_("Выберите, на какую встречу перенести."))
            try:
                return staffing.transfer(session, user, ids, staffing.find(user, key))
            except Session.DoesNotExist:
                raise Refused(_("Такой встречи больше нет.")) from None
        plain: dict[str, Callable[..., int]] = {"give": staffing.give, "take_off": staffing.take_off}
        if act not in plain:
            raise Refused(_("Выберите, что сделать."))
        return plain[act](session, user, ids)

    def _draw(self, status: int = 200, **extra: Any) -> HttpResponse:
        user, session = self.request.user, self.session
        session.refresh_from_db()
        people = self.people(user)
        context = {
            "session": session,
            "when": shown.when(session),
            "where": shown.where(session),
            "people": people,
            "expected": [person for person in people if person.is_seated],
            "days": lists.days_of(session),
            "others": lists.others(session) if user.has_perm(WORK) else [],
            "may_work": user.has_perm(WORK),
            "may_export": user.has_perm(EXPORT),
            "may_mark": staffing.may_mark(session),
            "key": str(session.key),
        }
        return self.render_to_response(self.get_context_data(**context, **extra), status=status)


class MeetingFileView(OfMeeting, ExportAccess, View):
    """The list as a file; that it was taken stays in the journal of the office."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Semicolons and a mark of the order of bytes, as Russian spreadsheets open it."""
        people = self.people(request.user)
        office.write(request.user, "attendance_given", {"session": self.session.pk, "rows": len(people)})
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="meeting-{self.session.key}.csv"'
        response.write("\ufeff")
        table = csv.writer(response, delimiter=";")
        table.writerow([_("Кто"), _("Возраст"), _("Состояние"), _("Номер заявки"), _("Телефон")])
        for person in people:
            row = person.row
            phone = row.application.phone if person.card else ""
            cells = (row.name, person.age, person.words, row.application.public_number, phone)
            table.writerow([as_text(cell) for cell in cells])
        return response
