"""Withdrawing the application and withdrawing the consent: a page that says what it means, then the button."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from forms.applications import withdrawal
from forms.applications.models import Application
from forms.applications.movement import Refused
from forms.apply import carried, notes, own
from forms.apply.stepform import PortalForm

from .pages import WRONG, page, private


class ReasonForm(PortalForm):
    """Why, if the applicant likes to say."""

    reason = forms.CharField(
        label=_("Почему отзываете"),
        help_text=_("Это поможет нам, но можно не отвечать."),
        required=False,
        max_length=withdrawal.REASON_LENGTH,
        error_messages={"max_length": _("Сократите текст до 1000 знаков")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private
@own.required
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """«Отозвать заявку»."""
    if not application.is_open:
        return HttpResponseRedirect(reverse("apply:status"))
    acts = request.method == "POST" and not carried.is_back(request)
    form: Any = ReasonForm(request.POST if acts else None, initial=request.POST.dict())
    if acts and form.is_valid():
        try:
            withdrawal.withdraw(application.pk, own.key_of(request), form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", str(refused.sentence))
        else:
            return HttpResponseRedirect(reverse("apply:status") + notes.named("withdrawn"))
    context = {"application": application, "form": form, "key": own.key_of(request)}
    return page(request, "withdraw", context, status=WRONG if acts else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@own.required
def consent(request: HttpRequest, application: Application) -> HttpResponse:
    """«Отозвать согласие на обработку данных»."""
    if application.erase_on:
        return HttpResponseRedirect(reverse("apply:status"))
    if request.method == "POST":
        withdrawal.withdraw_consent(application.pk)
        return HttpResponseRedirect(reverse("apply:status"))
    return page(request, "consent", {"application": application, "days": settings.ERASURE_DAYS})
