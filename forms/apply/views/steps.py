"""The steps: show the questions, take the answers, lead on."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_safe

from forms.applications import files
from forms.apply import notes, uploads
from forms.apply.stepform import StepForm, asked, parts_at_fault, raw_answers, typed_text
from forms.apply.visit import Visit, open_visit
from forms.definitions.answers import clean_step
from forms.definitions.document import Field, Step
from forms.definitions.journey import Journey

from .pages import WRONG, page, private


@require_safe
@private
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to where this browser stopped: a step that is not answered yet, the check page, or the receipt."""
    visit = open_visit(request, slug)
    if visit.sent:
        return HttpResponseRedirect(reverse("apply:receipt", args=[slug]))
    if visit.draft is None:
        note = notes.named("lost") if visit.lost else ""
        return visit.remember(HttpResponseRedirect(visit.url(visit.journey.steps[0]) + note), request)
    unfinished = next((step for step in visit.journey.steps if visit.typed(step)), None)
    return HttpResponseRedirect(visit.url(unfinished or visit.journey.first_incomplete()))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def step(request: HttpRequest, slug: str, step_key: str) -> HttpResponse:
    """One step of the form."""
    visit = open_visit(request, slug)
    if visit.sent:
        return HttpResponseRedirect(reverse("apply:receipt", args=[slug]) + notes.named("sent"))
    if step_key not in visit.definition.step_numbers:
        if visit.moved:
            return HttpResponseRedirect(visit.url(visit.journey.first_incomplete()) + notes.named("moved"))
        raise Http404
    here = visit.definition.step(step_key)
    if elsewhere := _not_yet(visit, here):
        return visit.remember(HttpResponseRedirect(elsewhere), request)
    response = _take(request, visit, here) if request.method == "POST" else _show(request, visit, here)
    return visit.remember(response, request)


def _not_yet(visit: Visit, here: Step) -> str:
    """Where to go instead, if an earlier step is not answered or this one is not asked now; blank if all is well."""
    journey, numbers = visit.journey, visit.definition.step_numbers
    first = journey.first_incomplete()
    if first and numbers[first.key] < numbers[here.key]:
        return visit.url(first) + notes.named("lost" if visit.lost else "skipped")
    if not journey.shows(here.key):
        return visit.url(journey.next(here.key))
    return ""


def _take(request: HttpRequest, visit: Visit, here: Step) -> HttpResponse:
    """Take the answers of a step. Nothing typed is lost, whatever is wrong with it."""
    digest, shown = visit.version.digest, _on_page(request, visit, here)
    on_page = {question.key for question in shown}
    taken = uploads.take(request, visit, here, shown)
    if "later" in request.POST:
        visit.keep(here, visit.answers, typed_text(digest, shown, request.POST))
        return HttpResponseRedirect(reverse("apply:later", args=[visit.slug]))
    if uploads.REMOVE in request.POST and visit.draft:
        files.remove(visit.draft, str(request.POST[uploads.REMOVE]))
        visit.keep(here, visit.answers, typed_text(digest, shown, request.POST))
        return HttpResponseRedirect(visit.url(here) + ("?from=check" if request.GET.get("from") == "check" else ""))
    raw = uploads.answered(visit, shown, raw_answers(digest, shown, request.POST))
    cleaned, errors = clean_step(visit.definition, here, visit.answers, raw)
    answers = {key: value for key, value in visit.answers.items() if key not in on_page} | cleaned
    wrong = {key: messages for key, messages in errors.items() if key in on_page} | taken.errors
    if wrong:
        if visit.draft:
            visit.keep(here, visit.answers, typed_text(digest, shown, request.POST))
        return _show_wrong(request, visit, here, answers, wrong, shown=shown)
    visit.keep(here, answers)
    return HttpResponseRedirect(_onward(request, visit, here, more=bool(errors.keys() - on_page)))


def _onward(request: HttpRequest, visit: Visit, here: Step, *, more: bool) -> str:
    """The next address after a step that was taken. `more`: answers on the page made further questions appear."""
    if visit.sent:
        return reverse("apply:receipt", args=[visit.slug]) + notes.named("sent")
    from_check = request.GET.get("from") == "check"
    if more:
        return visit.url(here) + notes.named("moved" if visit.moved else "more") + ("&from=check" if from_check else "")
    journey = visit.journey
    if from_check:
        first = journey.first_incomplete()
        return visit.url(first) + (notes.named("more") if first else "")
    return visit.url(journey.next(here.key)) + (notes.named("moved") if visit.moved else "")


def _on_page(request: HttpRequest, visit: Visit, here: Step) -> list[Field]:
    return asked(visit.version.digest, here.fields, request.POST, visit.journey.fields(here))


def _show_wrong(
    request: HttpRequest,
    visit: Visit,
    here: Step,
    answers: Mapping[str, Any],
    wrong: Mapping[str, list[str]],
    *,
    shown: list[Field],
) -> HttpResponse:
    """The same page with what was typed and what to do about it."""
    # Every question that was on the page stays on it: a wrong answer must not hide what was typed after it.
    settled = {question.key: question for question in Journey(visit.definition, answers).fields(here)}
    questions = [settled.get(question.key, question) for question in shown]
    digest = visit.version.digest
    form = StepForm(
        digest,
        questions,
        typed=request.POST,
        errors=wrong,
        wrong_parts=parts_at_fault(questions, raw_answers(digest, questions, request.POST)),
    )
    return page(request, "step", _context(request, visit, here, form), status=WRONG)


def show_typed(request: HttpRequest, visit: Visit, here: Step, *, status: int, no_cookies: bool) -> HttpResponse:
    """The step as it was typed, unchecked and unsaved, to be sent again."""
    form = StepForm(visit.version.digest, _on_page(request, visit, here), typed=request.POST)
    context = _context(request, visit, here, form) | {"again": True, "no_cookies": no_cookies}
    return page(request, "step", context, status=status)


def _show(request: HttpRequest, visit: Visit, here: Step) -> HttpResponse:
    """The step with what is known of its answers."""
    typed, journey = visit.typed(here), visit.journey
    form = StepForm(
        visit.version.digest,
        journey.fields(here),
        answers=journey.kept(),
        typed=MultiValueDict(typed) if typed else None,
    )
    return page(request, "step", _context(request, visit, here, form))


def _context(request: HttpRequest, visit: Visit, here: Step, form: StepForm) -> dict[str, Any]:
    journey = visit.journey
    if uploads.of_step(here.fields):
        form.uploads = files.of_draft(visit.draft)
    number, total = journey.position(here.key) if journey.shows(here.key) else (1, len(journey.steps) or 1)
    previous = journey.previous(here.key)
    from_check = request.GET.get("from") == "check"
    return {
        "visit": visit,
        "step": here,
        "with_files": bool(uploads.of_step(here.fields)),
        "form": form,
        "number": number,
        "track": [index < number for index in range(total)],
        "total": total,
        "back": visit.url(previous) if previous else "",
        "from_check": from_check,
        "note": notes.of(request) or (notes.NOTES["moved"] if visit.moved else ""),
        "saved_at": visit.draft.updated_at if visit.draft else None,
    }
