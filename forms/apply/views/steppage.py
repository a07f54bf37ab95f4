"""A step as a page: with stored answers, as it was typed, with what is wrong."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.html import json_script
from django.utils.safestring import mark_safe

from forms.applications import files
from forms.apply import gate, notes, onpage, pagedata, uploads
from forms.apply.layout import Layout, lay_out
from forms.apply.onpage import OnPage
from forms.apply.stepform import StepForm
from forms.apply.taking import parts_at_fault
from forms.apply.visit import Visit
from forms.definitions import attached
from forms.definitions import fields as field_types
from forms.definitions.document import Step
from forms.definitions.journey import Journey
from forms.definitions.onpage import is_live
from forms.definitions.wording import render

from .pages import WRONG, filled_page, saved_time

# Types whose list may be too long to look through: they are searched by typing.
# In the address: the meeting that was chosen on the page of its group.
MEETING = "meeting"
LONG_LISTS = frozenset({"territory", "measure", "centre", "meeting"})


def show_wrong(
    request: HttpRequest,
    visit: Visit,
    here: Step,
    answers: Mapping[str, Any],
    wrong: Mapping[str, list[str]],
    *,
    on_page: OnPage,
) -> HttpResponse:
    """The same page with what was typed and what to do about it."""
    # Every question that was on the page stays on it: a wrong answer must not hide what was typed after it.
    flat = uploads.answered(visit, on_page, on_page.flat(request.POST))
    journey = on_page.reading(visit.definition, answers, flat)
    layout = _laid_out(visit, here, journey, on_page)
    form = StepForm(
        visit.version.digest,
        layout.parts,
        typed=request.POST,
        errors=wrong,
        wrong_parts=parts_at_fault(on_page.inputs, flat),
    )
    return _drawn(request, _context(request, visit, here, form, unsaved=visit.draft is None), status=WRONG)


def show_typed(request: HttpRequest, visit: Visit, here: Step, *, status: int, no_cookies: bool) -> HttpResponse:
    """The step as it was typed, unchecked and unsaved, to be sent again.

    Nothing of it may be saved by the page's script either: another site may have written it.
    """
    form = _typed_form(visit, here, request.POST)
    context = _context(request, visit, here, form) | {"again": True, "no_cookies": no_cookies}
    return _drawn(request, context, status=status)


def show_conflict(request: HttpRequest, visit: Visit, here: Step) -> HttpResponse:
    """What was sent, not taken yet: another tab has answered the step since this page was drawn. Sent again, it is."""
    context = _context(request, visit, here, _typed_form(visit, here, request.POST)) | {"elsewhere": True}
    old = {"basis": str(request.POST.get("basis", ""))[:32], "confirmed": visit.basis(here)}
    return _drawn(request, context | {"data": context["data"] | old}, status=WRONG)


def _typed_form(visit: Visit, here: Step, typed: MultiValueDict[str, str]) -> StepForm:
    on_page = onpage.of(visit.version.digest, visit.journey, here, typed)
    flat = uploads.answered(visit, on_page, on_page.flat(typed))
    journey = on_page.reading(visit.definition, visit.answers, flat)
    layout = _laid_out(visit, here, journey, on_page)
    return StepForm(visit.version.digest, layout.parts, typed=typed)


def show(request: HttpRequest, visit: Visit, here: Step) -> HttpResponse:
    """The step with what is known of its answers."""
    typed = visit.typed(here)
    form = (
        _typed_form(visit, here, MultiValueDict(typed))
        if typed
        else _known_form(visit, here, str(request.GET.get(MEETING, "")))
    )
    return _drawn(request, _context(request, visit, here, form))


def _drawn(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    visit, here, form = context["visit"], context["step"], context["form"]
    drawn = form.drawn()
    fresh = {
        "questions": mark_safe("".join(drawn)),  # noqa: S308 - each is safe
        "known": json_script(context["data"], "step-data"),
        "page_pass": visit.page_pass,
        "saved_time": saved_time(visit),
    }
    unusual = form.errors or visit.trial or visit.news or context["note"] or "{" in here.title + here.lead
    if unusual:
        return filled_page(request, "step", context, fresh=fresh, key=None, status=status)
    # Questions that nobody has answered are the same objects each time and need not be put in.
    blank = form.blank
    holds = tuple(drawn) if blank else None
    if blank:
        context["questions"] = fresh.pop("questions")
    key: tuple[Any, ...] = (
        visit.slug,
        visit.version.digest,
        here.key,
        form.keys,
        context["number"],
        context["total"],
        context["back"],
    )
    key = (*key, holds and tuple(map(id, holds)))
    return filled_page(request, "step", context, fresh=fresh, key=key, status=status, holds=holds)


def _known_form(visit: Visit, here: Step, meeting: str = "") -> StepForm:
    """The stored answers, and where they disagree since another step was changed."""
    journey = visit.journey
    layout = _laid_out(visit, here, journey)
    layout.answers |= _chosen(visit, here, meeting)
    wrong = {}
    if visit.definition.rules and visit.draft and not journey.missing(here):
        on_page = OnPage(visit.version.digest, tuple(each for each in journey.fields(here) if each.is_sent))
        wrong = gate.disagreements(visit.definition, visit.answers, here, on_page)
    return StepForm(visit.version.digest, layout.parts, answers=layout.answers, errors=wrong)


def _chosen(visit: Visit, here: Step, meeting: str) -> dict[str, str]:
    """The meeting that was chosen on the page of a group, where this step asks for it and there still is room."""
    asked = (each for each in visit.journey.fields(here) if each.type == "meeting") if meeting else ()
    return {each.key: meeting for each in asked if meeting in dict(field_types.get("meeting").choices(each))}


def _laid_out(visit: Visit, here: Step, journey: Journey, on_page: OnPage | None = None) -> Layout:
    given = visit.answers if is_live(here) else None
    return lay_out(visit.definition, journey, here, on_page, given=given)


def _context(
    request: HttpRequest, visit: Visit, here: Step, form: StepForm, *, unsaved: bool = False
) -> dict[str, Any]:
    journey = visit.journey
    with_files = attached.takes_files(here.fields)
    if with_files:
        form.uploads = files.of_draft(visit.draft)
    number, total = journey.position(here.key) if journey.shows(here.key) else (1, len(journey.steps) or 1)
    previous = journey.previous(here.key)
    from_check = request.GET.get("from") == "check"
    return {
        "visit": visit,
        "step": here,
        "title": render(here.title, visit.definition, journey.kept()),
        "lead": render(here.lead, visit.definition, journey.kept()),
        "with_files": with_files,
        "with_seek": any(each.type in LONG_LISTS for field in here.fields for each in (field, *field.fields)),
        "form": form,
        "data": pagedata.of_step(visit, here, journey, number, unsaved=unsaved),
        "number": number,
        "track": [index < number for index in range(total)],
        "total": total,
        "back": visit.url(previous) if previous else "",
        "from_check": from_check,
        "note": notes.beside(request, visit),
        "news": visit.news,
    }
