"""Check the answers, agree, send."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forms.applications import actions, draft_pass, trials
from forms.applications.opening import Closed
from forms.apply import gate, notes, proof
from forms.apply.answers import drawn, sections
from forms.apply.draft_cookie import set_cookie, token_of
from forms.apply.visit import Visit, open_visit
from forms.definitions import fields as field_types
from services import holidays

from .pages import WRONG, closed, filled_page, private

# How long the receipt stays on this device unless the applicant removes it at once; seconds.
RECEIPT_SECONDS = 2 * 60 * 60
CONSENT = "consent"


@require_http_methods(["GET", "HEAD", "POST"])
@private
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """All answers on one page with a way to change each, the consent, and the button."""
    visit = open_visit(request, slug)
    if visit.sent:
        posted = request.method == "POST"
        receipt = HttpResponseRedirect(reverse("apply:receipt", args=[slug]) + ("" if posted else notes.named("sent")))
        return _keep_receipt(receipt, request, visit) if posted else receipt
    if visit.closed:
        return closed(request, visit)
    if elsewhere := _not_yet(visit):
        return visit.remember(HttpResponseRedirect(elsewhere), request)
    return _send(request, visit) if request.method == "POST" else _show(request, visit)


def _not_yet(visit: Visit) -> str:
    """Where to go instead, if something is left to answer; blank if all is well."""
    if visit.draft is None:
        return visit.url(visit.journey.steps[0]) + notes.named("lost" if visit.lost else "skipped")
    if first := visit.journey.first_incomplete():
        return visit.url(first) + notes.named("moved" if visit.moved else "skipped")
    if typed := next((step for step in visit.journey.steps if visit.typed(step)), None):
        return visit.url(typed) + notes.named("moved" if visit.moved else "unfinished") + "&from=check"
    return gate.barred_from_sending(visit)


def _send(request: HttpRequest, visit: Visit) -> HttpResponse:
    draft = visit.draft
    assert draft is not None
    if visit.moved:
        visit.keep(visit.journey.steps[-1], visit.answers)
        return HttpResponseRedirect(visit.url(None) + notes.named("moved"))
    question = visit.definition.consent_field
    try:
        agreed = field_types.get("consent").clean(question, request.POST.get(CONSENT))
    except ValidationError as error:
        return _show(request, visit, wrong=error.messages[0], status=WRONG)
    if not visit.trial and proof.needed_to_send(request) and not proof.accepted(request):
        sentence = _("С этого адреса отправили много заявок. Нажмите «Отправить заявку» ещё раз.")
        return _show(request, visit, wrong=sentence, status=WRONG, challenge=proof.challenge())
    try:
        if visit.trial:
            trials.finish(visit.trial, draft, visit.definition, agreed["version"], request.user)
        else:
            actions.submit(draft, consent_version=agreed["version"])
            proof.note_sent(request)
    except Closed as refused:
        visit.opening = refused.opening
        return closed(request, visit)
    except actions.Refused as refused:
        return _show(request, visit, wrong=str(refused.sentence), status=WRONG)
    response = HttpResponseRedirect(reverse("apply:receipt", args=[visit.slug]))
    return _keep_receipt(response, request, visit)


def _keep_receipt(response: HttpResponse, request: HttpRequest, visit: Visit) -> HttpResponse:
    """This browser sent it, so it may see the receipt; another one on which it was continued may not."""
    token = visit.new_token or token_of(request, visit.slug)
    if visit.draft and draft_pass.draft_named(token):
        token = draft_pass.make(visit.draft, sent=True)
    set_cookie(response, request, visit.slug, token, RECEIPT_SECONDS)
    return response


def _show(request: HttpRequest, visit: Visit, wrong: str = "", status: int = 200, challenge: str = "") -> HttpResponse:
    promise = holidays.answer_by(timezone.localdate(), visit.answer_days)
    context: dict[str, Any] = {
        "visit": visit,
        "consent": visit.definition.consent,
        "consent_dated": visit.consent_dated,
        "wrong": wrong,
        "challenge": challenge,
        "proof_minutes": int(proof.COUNTED.total_seconds()) // 60,
        "promise": promise,
        "back": visit.url(visit.journey.steps[-1]),
        "last": len(visit.journey.steps),
        "note": notes.beside(request, visit),
        "news": visit.news,
    }
    fresh = {"answers": drawn(sections(visit)), "page_pass": visit.page_pass}
    unusual = wrong or challenge or visit.trial or visit.news or context["note"]
    key = None if unusual else (visit.slug, visit.version.digest, context["back"], context["last"], promise)
    return filled_page(request, "check", context, fresh=fresh, key=key, status=status)
