"""Writing on the card: a note for colleagues, whom it can call, and what is typed and not sent yet."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from forms.applications import mentions, notes, policies, unsent
from forms.applications.models import Application, UnsentText
from forms.applications.movement import Refused

from .access import QueueAccess
from .card import CardView
from .in_place import InPlace

MOST_OFFERED = 8


class NoteView(CardView):
    """«Сохранить заметку»: a form of the card. What cannot be saved is drawn again with the text in it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the note and show the card."""
        application = self.load(pk)
        if not may_ever_note(request.user):
            raise PermissionDenied
        text, key = request.POST.get("text", ""), request.POST.get("key", "") or secrets.token_hex(16)
        try:
            added = notes.add(application.pk, request.user, text, key, address_of)
        except Refused as refused:
            return self.draw(409, note_text=text, note_key=key, note_error=refused.sentence)
        if added.called:
            names = ", ".join(person.short_name for person in added.called)
            notices.success(request, _("Заметка сохранена. Позвали: %(names)s") % {"names": names})
        for word in added.unknown:
            told = _("«@%(word)s» никого не позвало: так не зовут никого из тех, кто видит это обращение.")
            notices.warning(request, told % {"word": word})
        return self.back()


class LetterView(InPlace, QueueAccess, View):
    """«Проверить и отправить…»: what is typed on the card is kept and read over on the screen that sends it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep the text and lead on; 404 for a foreign application."""
        application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
        decision = policies.may_write(request.user, application)
        if not decision:
            notices.error(request, str(decision.reason))
            return redirect("form_review:card", pk)
        try:
            unsent.keep(application, request.user, UnsentText.Kind.LETTER, request.POST.get("text", ""))
        except Refused as refused:
            notices.error(request, str(refused.sentence))
        query = request.GET.copy()
        query["kind"] = UnsentText.Kind.LETTER
        return HttpResponseRedirect(f"{reverse('form_review:ask', args=[pk])}?{query.urlencode()}")


class PeopleView(QueueAccess, View):
    """Whom a note can call, for the list under the text while it is typed."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        """`q`: the beginning of a name; 404 for a foreign application."""
        application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
        begun = request.GET.get("q", "").lower().replace("ё", "е")
        everybody = list(mentions.people_of(application))
        found = [
            {"handle": mentions.handle(person, everybody), "name": person.get_full_name(), "job": person.job_title}
            for person in everybody
            if person.pk != request.user.pk and _begins(person, begun)
        ]
        return JsonResponse({"people": found[:MOST_OFFERED]})


class UnsentView(QueueAccess, View):
    """What is typed on a card and not sent: kept while it is typed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """`kind` and `text`; 404 for a foreign application, 400 for what cannot be kept."""
        application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
        kind = request.POST.get("kind", "")
        if kind not in UnsentText.Kind.values or application.erase_on:
            return JsonResponse({}, status=400)
        if not policies.may_note(request.user, application):
            raise PermissionDenied
        try:
            unsent.keep(application, request.user, kind, request.POST.get("text", ""))
        except Refused as refused:
            return JsonResponse({"why": str(refused.sentence)}, status=400)
        return JsonResponse({"kept": True})


def may_ever_note(user: Any) -> bool:
    """Whether this role writes notes at all."""
    return bool(user.has_perm(policies.WORK) or user.has_perm(policies.ENTER))


def address_of(application: Application) -> str:
    """The card's whole address, for a letter."""
    return f"{settings.PUBLIC_URL}{reverse('form_review:card', args=[application.pk])}"


def _begins(person: Any, begun: str) -> bool:
    names = (person.last_name, person.first_name, person.username)
    return any(name.lower().replace("ё", "е").startswith(begun) for name in names if name)
