"""After a call: number, code and date to read out, the slip; and words added to an application that is open already."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.applications import codes, entering, slip
from forms.applications.models import Application, Channel
from forms.applications.models.entry import SPOKEN
from forms.applications.movement import Refused
from home.settings import frame

from .access import EntryAccess
from .card import ApplicationView

PLACE_OF_APPLICANTS = "apply:requests"


class AddForm(forms.Form):
    """What somebody adds, and how they reached us."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    channel = forms.ChoiceField(
        label=gettext_lazy("Как обратились"),
        choices=[(each.value, each.label) for each in Channel if each in SPOKEN],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Словами человека"),
        help_text=gettext_lazy("Не записывайте часть, место службы, позывной и диагноз."),
        max_length=entering.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        error_messages={"required": gettext_lazy("Запишите, что сказал человек.")},
    )
    caller = forms.CharField(
        label=gettext_lazy("Кто обратился вместо человека"),
        help_text=gettext_lazy("Имя и кем приходится, если звонит не сам заявитель."),
        max_length=entering.NAME_LENGTH,
        required=False,
    )


class AddView(EntryAccess, ApplicationView):
    """«Дополнить»: the journal of the application says it, and who leads it sees that there is news."""

    template_name = "review/call_add.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A blank form; the channel is the one that the call began with."""
        self.load(pk)
        channel = request.GET.get("channel", "")
        first = channel if channel in SPOKEN else str(SPOKEN[0])
        return self.draw(form=AddForm(initial={"key": uuid.uuid4().hex, "channel": first}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add the words and show the card."""
        self.load(pk)
        form = AddForm(request.POST)
        if not form.is_valid():
            return self.draw(422, form=form)
        given = form.cleaned_data
        said = entering.Said(given["channel"], given["caller"])
        try:
            application = entering.add(pk, request.user, said, given["text"], given["key"])
        except Refused as refused:
            return self.draw(422, form=form, refusal=refused.sentence)
        notices.success(request, _("Обращение %(number)s дополнено.") % {"number": application.public_number})
        return redirect("form_review:card", pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which application it is."""
        return super().get_context_data(**kwargs) | {"application": self.application}


class OwnEntry(EntryAccess):
    """Views of an application for who wrote it down a moment ago, whatever team it went to."""

    request: HttpRequest

    def own(self, pk: int) -> Application:
        """The application; 404 for anybody else, and after a shift."""
        try:
            return entering.just_entered(self.request.user, pk)
        except Application.DoesNotExist as error:
            raise Http404 from error


class EnteredView(OwnEntry, WagtailAdminTemplateMixin, View):
    """What to read out."""

    template_name = "review/call_done.html"
    page_title = gettext_lazy("Обращение записано")
    header_icon = "check"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the page of calls."""
        return [
            {"url": reverse("form_review:call"), "label": _("Принять звонок")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Number, code and date."""
        application = self.own(pk)
        visible = Application.objects.visible_to(request.user).filter(pk=pk).exists()
        code = codes.shown(codes.code_for(application))
        context = self.get_context_data(application=application, code=code, visible=visible, frame=frame(request))
        return self.render_to_response(context)


class EntrySlipView(OwnEntry, View):
    """The slip in large type, as the applicant gets it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A PDF to print at once."""
        application = self.own(pk)
        site = settings.PUBLIC_URL + reverse(PLACE_OF_APPLICANTS)
        made = slip.pdf(slip.of(application, frame(request), site, codes.shown(codes.code_for(application))))
        response = HttpResponse(made, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{slip.file_name(application)}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
