"""Saving what staff filled in on the card."""

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from forms.applications import policies, staffing
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale

from .card import CardView
from .moves.page import expected_of
from .staff_form import StaffForm, number, numbers


class StaffView(CardView):
    """«Сохранить» under the part. A stale or wrong form is drawn again with all that was chosen and typed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write what differs and show the card."""
        application = self.load(pk)
        if not request.user.has_perm(policies.WORK):
            raise PermissionDenied
        expected, data = expected_of(request), request.POST
        try:
            saved = staffing.save(pk, request.user, expected, self._wanted(application))
        except staffing.Wrong as wrong:
            return self.draw(409, staff_data=data, staff_errors=wrong.errors, staff_error=wrong.sentence)
        except Refused as refused:
            return self.draw(409, staff_data=data, staff_error=refused.sentence)
        except Stale:
            self.load(pk)
            return self.draw(409, staff_data=data, stale_since=expected)
        told = _("Сохранено.") if saved.version != expected else _("Ничего не изменилось.")
        notices.success(request, told)
        return self.back()

    def _wanted(self, application: Application) -> staffing.Wanted:
        """Only the parts that this person was shown: who does not lead it was shown the labels alone."""
        data, user = self.request.POST, self.request.user
        labels, new_label = frozenset(numbers(data)), data.get("new_label", "")
        if not policies.may_fill(user, application):
            return staffing.Wanted(labels=labels, new_label=new_label)
        questions = staffing.questions_of(application, staffing.answers_of(application))
        form = StaffForm(questions, {}, data, {})
        raw = {name: form[name].data for name in form.fields}
        return staffing.Wanted(
            raw=raw if raw else None,
            labels=labels,
            new_label=new_label,
            topic=number(data.get("topic")),
            urgency=number(data.get("urgency"), none=application.urgency),
            reason=data.get("reason", ""),
        )
