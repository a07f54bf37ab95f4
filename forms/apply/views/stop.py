"""Why the form may not help, and what may: shown after the step whose answers decide it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from forms.apply import gate, notes
from forms.apply.visit import open_visit
from forms.definitions import rules
from forms.definitions.wording import render

from .pages import closed, page, private, saved_time

SAFE_LINKS = ("/", "https://", "http://", "tel:", "mailto:")


@require_safe
@private
def stop(request: HttpRequest, slug: str, step_key: str) -> HttpResponse:
    """The message of the stop. A soft one leads on, a hard one only back to the answers."""
    visit = open_visit(request, slug)
    if visit.sent:
        return HttpResponseRedirect(reverse("apply:receipt", args=[slug]) + notes.named("sent"))
    if visit.closed:
        return closed(request, visit)
    if step_key not in visit.definition.step_numbers:
        raise Http404
    here, journey = visit.definition.step(step_key), visit.journey
    rule = gate.stop_at(visit, here)
    if rule is None:
        return HttpResponseRedirect(visit.url(journey.next(step_key)))
    decided = rules.due_step(visit.definition, rule)
    context = {
        "visit": visit,
        "rule": rule,
        "message": render(rule.message, visit.definition, journey.kept()),
        "link": rule.link if rule.link.startswith(SAFE_LINKS) else "",
        "back": visit.url(decided if decided and journey.shows(decided.key) else here),
        "onward": "" if rule.hard else _onward(request, visit.url(journey.next(step_key)), visit.url(None)),
        "saved_time": saved_time(visit),
    }
    return page(request, "stop", context)


def _onward(request: HttpRequest, following: str, check: str) -> str:
    return check if request.GET.get("from") == "check" else following
