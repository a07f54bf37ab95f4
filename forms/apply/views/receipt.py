"""The receipt: number, code, the promised date, what happens next."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import time_format
from django.views.decorators.http import require_http_methods, require_POST

from forms.applications import codes, drafts
from forms.applications.models import Application, Trial
from forms.apply import notes
from forms.apply.draft_cookie import forget as forget_draft
from forms.apply.lookup import let_in
from forms.apply.visit import Visit, open_visit
from forms.definitions import rules
from forms.definitions.document import Definition
from forms.registrations import links, shown
from services import zones

from .pages import filled_page, page, private


@require_http_methods(["GET", "HEAD", "POST"])
@private
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """For the browser that sent the application and nobody else; others are led to number and code.

    A POST opens the status page from here without typing the code.
    """
    visit = open_visit(request, slug)
    if visit.trial and visit.sent:
        return _of_trial(request, visit, visit.trial)
    if visit.draft is not None and not visit.sent:
        return HttpResponseRedirect(reverse("apply:begin", args=[slug]))
    if visit.draft is None or visit.draft.application_id is None:
        response = page(request, "receipt_gone", {"visit": visit, "removed": "removed" in request.GET})
        return visit.remember(response, request)
    if request.method == "POST":
        return let_in(HttpResponseRedirect(reverse("apply:status")), request, visit.draft.application_id)
    return _show(request, visit, visit.draft.application_id)


def _show(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    # The answers are asked for only where they decide on the words.
    related = ["team", "sheet"] if _has_texts(visit.definition) else ["team"]
    application = Application.objects.select_related(*related).get(pk=number)
    context = {
        "visit": visit,
        "due_on": application.due_on,
        "received_on": timezone.localdate(application.received_at),
        "team_name": application.team.name,
        "seats": shown.blocks_of(application),
        "seats_url": links.path_of(application),
        "receipt_text": _receipt_text(visit, application),
        "place_of_time": zones.by_city_time(timezone.get_default_timezone()),
        "note": notes.of(request),
    }
    fresh = {
        "number": application.public_number,
        "code": codes.shown(codes.code_for(application)),
        "received_time": time_format(timezone.localtime(application.received_at), "G:i"),
        "email": application.email,
    }
    said = (context[name] for name in ("due_on", "received_on", "team_name", "receipt_text"))
    key = None if context["note"] or context["seats"] else (visit.slug, visit.version.digest, *said)
    return filled_page(request, "receipt", context, fresh=fresh, key=key)


def _of_trial(request: HttpRequest, visit: Visit, trial: Trial) -> HttpResponse:
    """What the receipt would say; there is no application behind it."""
    due_on = date.fromisoformat(trial.facts["due_on"])
    return page(request, "trial_receipt", {"visit": visit, "facts": trial.facts, "due_on": due_on})


def _has_texts(definition: Definition) -> bool:
    return any(rule.kind == "text" for rule in definition.rules)


def _receipt_text(visit: Visit, application: Application) -> str:
    definition = visit.definition
    return rules.receipt_text(definition, application.sheet.answers) if _has_texts(definition) else definition.receipt


@require_POST
@private
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove the receipt from this device, or an unsent draft for good; with `again` begin a new one at once.

    With `device` an unsent draft stays, to be continued by number and code.
    """
    visit = open_visit(request, slug)
    if "device" in request.POST:
        away = HttpResponseRedirect(reverse("apply:resume", args=[slug]))
        forget_draft(away, slug)
        return away
    unsent = visit.draft is not None and drafts.discard(visit.draft)
    name = "apply:begin" if "again" in request.POST else "apply:receipt"
    response = HttpResponseRedirect(reverse(name, args=[slug]) + ("?removed" if unsent else ""))
    forget_draft(response, slug)
    return response
