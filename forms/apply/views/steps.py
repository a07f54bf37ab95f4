"""The steps: show the questions, take the answers, lead on."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from forms.applications import files, funnel
from forms.apply import gate, notes, onpage, rows, uploads
from forms.apply.basis import TAB, may_overwrite
from forms.apply.onpage import OnPage
from forms.apply.visit import Visit, open_visit
from forms.definitions.answers import clean_step
from forms.definitions.document import Step
from forms.definitions.fields.rows import is_given
from services import meetings

from . import steppage
from .pages import closed, private
from .steppage import MEETING


@require_safe
@private
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to where this browser stopped: a step that is not answered yet, the check page, or the receipt."""
    visit = open_visit(request, slug)
    if visit.sent:
        return HttpResponseRedirect(reverse("apply:receipt", args=[slug]))
    if visit.closed:
        return closed(request, visit)
    if visit.draft is None:
        note = notes.named("lost") if visit.lost else _chosen_meeting(request)
        return visit.remember(HttpResponseRedirect(visit.url(visit.journey.steps[0]) + note), request)
    if wanted := _chosen_meeting(request):
        # Somebody who chose a meeting on its page comes to the step that asks for it, whatever was answered before.
        return HttpResponseRedirect(visit.url(visit.journey.steps[0]) + wanted)
    unfinished = next((step for step in visit.journey.steps if visit.typed(step)), None)
    return HttpResponseRedirect(visit.url(unfinished or visit.journey.first_incomplete()))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def step(request: HttpRequest, slug: str, step_key: str) -> HttpResponse:
    """One step of the form."""
    visit = open_visit(request, slug)
    if visit.sent:
        return HttpResponseRedirect(reverse("apply:receipt", args=[slug]) + notes.named("sent"))
    if visit.closed:
        return _closed(request, visit, step_key)
    if step_key not in visit.definition.step_numbers:
        if visit.moved:
            visit.keep_strays(request.POST)
            return HttpResponseRedirect(visit.url(visit.journey.first_incomplete()) + notes.named("moved"))
        raise Http404
    here = visit.definition.step(step_key)
    if elsewhere := _not_yet(visit, here):
        _keep_words(request, visit, here)
        return visit.remember(HttpResponseRedirect(elsewhere), request)
    response = _take(request, visit, here) if request.method == "POST" else steppage.show(request, visit, here)
    return visit.remember(response, request)


def _chosen_meeting(request: HttpRequest) -> str:
    """The query with the meeting that was chosen on the page of a group; blank without one."""
    key = meetings.read(request.GET.get(MEETING))
    return f"?{MEETING}={key}" if key else ""


def _closed(request: HttpRequest, visit: Visit, step_key: str) -> HttpResponse:
    """What was typed while the form closed is kept, on the first page of all too: it may open again."""
    if step_key in visit.definition.step_numbers and (visit.draft or visit.definition.step_numbers[step_key] == 0):
        _keep_words(request, visit, visit.definition.step(step_key))
    return visit.remember(closed(request, visit), request)


def _keep_words(request: HttpRequest, visit: Visit, here: Step) -> None:
    """A page that was sent too early, or after its draft was lost, keeps its words for when its turn comes."""
    typed = _on_page(request, visit, here).typed(request.POST) if request.method == "POST" else {}
    if typed:
        visit.keep(here, visit.answers, typed)


def _not_yet(visit: Visit, here: Step) -> str:
    """Where to go instead, if an earlier step is not answered or this one is not asked now; blank if all is well."""
    journey, numbers = visit.journey, visit.definition.step_numbers
    first = journey.first_incomplete()
    if first and numbers[first.key] < numbers[here.key]:
        return visit.url(first) + notes.named("lost" if visit.lost else "skipped")
    if not journey.shows(here.key):
        return visit.url(journey.next(here.key))
    return gate.barred(visit, here)


def _take(request: HttpRequest, visit: Visit, here: Step) -> HttpResponse:
    """Take the answers of a step. Nothing typed is lost, whatever is wrong with it."""
    on_page = _on_page(request, visit, here)
    taken = uploads.take(request, visit, here, on_page)
    if elsewhere := _without_checking(request, visit, here, on_page):
        return HttpResponseRedirect(elsewhere)
    raw = on_page.folded(uploads.answered(visit, on_page, on_page.flat(request.POST)))
    cleaned, errors = clean_step(visit.definition, here, visit.answers, raw)
    asked = {question.key for question in on_page.questions}
    answers = {key: value for key, value in visit.answers.items() if key not in asked}
    answers |= {key: value for key, value in cleaned.items() if key in asked}
    wrong = {key: messages for key, messages in errors.items() if key in on_page.keys} | taken.errors
    check = not wrong and not errors
    if check:
        wrong = gate.disagreements(visit.definition, answers, here, on_page)
    if wrong:
        if not visit.trial:
            funnel.note_wrong(visit.version.form, visit.definition, wrong, check=check)
        if visit.draft:
            visit.keep(here, visit.answers, on_page.typed(request.POST))
        return steppage.show_wrong(request, visit, here, answers, wrong, on_page=on_page)
    if _changed_elsewhere(request, visit, here, answers, on_page):
        return steppage.show_conflict(request, visit, here)
    visit.settle(here, answers, told=request.POST.get("version") == visit.version.digest[:12])
    uploads.tidy(visit, here, visit.answers)
    more = bool(errors.keys() - on_page.keys) or _has_new_rows(visit, here, on_page)
    return HttpResponseRedirect(_onward(request, visit, here, more=more))


def _changed_elsewhere(
    request: HttpRequest, visit: Visit, here: Step, answers: Mapping[str, Any], on_page: OnPage
) -> bool:
    """Whether another tab answered this step otherwise after this page was drawn. Only a page with script can tell."""
    if visit.draft is None or "basis" not in request.POST:
        return False
    basis, tab = str(request.POST["basis"]), str(request.POST.get("tab", ""))
    if may_overwrite(visit.draft, here, basis, tab):
        return False
    typed, mine = visit.typed(here), on_page.typed(request.POST)
    if typed and {name: values for name, values in typed.items() if name not in (TAB, "asked")} != mine:
        return True
    return any(visit.answers.get(key) != answers.get(key) for key in on_page.keys if key in visit.answers)


def _without_checking(request: HttpRequest, visit: Visit, here: Step, on_page: OnPage) -> str:
    """Where a button leads that only keeps what was typed; blank for «Продолжить»."""
    from_check = "?from=check" if request.GET.get("from") == "check" else ""
    if "later" in request.POST:
        visit.keep(here, visit.answers, on_page.typed(request.POST))
        return reverse("apply:later", args=[visit.slug])
    if uploads.REMOVE in request.POST and visit.draft:
        files.remove(visit.draft, str(request.POST[uploads.REMOVE]))
        visit.keep(here, visit.answers, on_page.typed(request.POST))
        return visit.url(here) + from_check
    action = next((name for name in (rows.ADD, rows.COPY, rows.REMOVE) if name in request.POST), "")
    if not action:
        return ""
    typed = on_page.typed(request.POST)
    key, _dot, row_id = str(request.POST[action]).partition(".")
    group = next((each for each in on_page.groups if each.key == key), None)
    place = ""
    if group:
        if action == rows.REMOVE:
            uploads.row_removed(visit, group, row_id)
        typed, row_id = rows.change(group, typed, action, row_id)
        place = f"#{rows.anchor(group, row_id)}"
    visit.keep(here, visit.answers, typed)
    return visit.url(here) + from_check + place


def _has_new_rows(visit: Visit, here: Step, on_page: OnPage) -> bool:
    """Whether an answer of the page decides on rows that were not on it."""
    if not any(question.type == "group" and is_given(question) for question in here.fields):
        return False
    journey = visit.journey
    return any(
        row.id not in on_page.cards.get(group.key, {})
        for group in journey.fields(here)
        if group.type == "group" and is_given(group)
        for row in journey.rows(group.key)
    )


def _onward(request: HttpRequest, visit: Visit, here: Step, *, more: bool) -> str:
    """The next address after a step that was taken. `more`: answers on the page made further questions appear."""
    if visit.sent:
        return reverse("apply:receipt", args=[visit.slug]) + notes.named("sent")
    from_check = request.GET.get("from") == "check"
    if more:
        return visit.url(here) + notes.named("moved" if visit.news else "more") + ("&from=check" if from_check else "")
    if gate.stop_at(visit, here):
        return visit.stop_url(here) + ("?from=check" if from_check else "")
    journey = visit.journey
    if from_check:
        first = journey.first_incomplete()
        return visit.url(first) + (notes.named("more") if first else "")
    return visit.url(journey.next(here.key)) + (notes.named("moved") if visit.news else "")


def _on_page(request: HttpRequest, visit: Visit, here: Step) -> OnPage:
    return onpage.of(visit.version.digest, visit.journey, here, request.POST)
