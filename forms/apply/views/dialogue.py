"""Answering a question, writing, adding papers: all of it behind the pass of the status page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forms.applications import answering, papers, unsent_files
from forms.applications.contents import Unfit
from forms.applications.corrections import Wrong
from forms.applications.models import Application, Inquiry
from forms.applications.movement import Refused
from forms.apply import carried, correcting, letter, notes, own, ownfiles, rows, uploads

from .pages import WRONG, page, private
from .status import show


@require_POST
@private
@own.required
def answer(request: HttpRequest, application: Application) -> HttpResponse:
    """The answer to the open question; nothing typed or chosen is lost, whatever is wrong with it."""
    number = str(request.POST.get("inquiry", ""))
    known = application.inquiries.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if known is None:
        return HttpResponseRedirect(reverse("apply:status"))
    if known.outcome == Inquiry.Outcome.ANSWERED or answering.is_taken(application, own.key_of(request)):
        return HttpResponseRedirect(reverse("apply:status") + notes.named("answered"))
    open_questions = correcting.of(application, known, data=request.POST)
    refused = _taken(request, application, known, open_questions)
    if changed := open_questions.after_row_action():
        _free_row(request, application, known)
        return _again(request, application, known, refused, data=changed, status=WRONG if refused else 200)
    if refused or _removed(request, application) or carried.is_back(request):
        return _again(request, application, known, refused, status=WRONG if refused else 200)
    try:
        _answer(request, application, known, open_questions)
    except Wrong as wrong:
        return _again(request, application, known, wrong.errors)
    except Refused as refusal:
        return _again(request, application, known, {}, refusal=str(refusal.sentence))
    return HttpResponseRedirect(reverse("apply:status") + notes.named("answered"))


def _taken(
    request: HttpRequest, application: Application, inquiry: Inquiry, open_questions: correcting.Correcting
) -> dict[str, list[str]]:
    """Keep the files of the page; sentences where one is not right. Nobody waits for it any more: they wait with a
    message then."""
    if inquiry.closed_at is None:
        slots = ownfiles.of_answer(open_questions)
        return ownfiles.take(request, application, unsent_files.page_of(inquiry), slots).errors
    unsent_files.hand_over(application, inquiry)
    if answering.may_write(application):
        ownfiles.take(request, application, unsent_files.WRITE, [ownfiles.LOOSE])
    return {}


def _free_row(request: HttpRequest, application: Application, inquiry: Inquiry) -> None:
    if row := str(request.POST.get(rows.REMOVE, "")):
        unsent_files.free_row(application, unsent_files.page_of(inquiry), row)


def _removed(request: HttpRequest, application: Application) -> bool:
    """Whether the button beside a file was pressed."""
    if uploads.REMOVE not in request.POST:
        return False
    unsent_files.remove(application, str(request.POST[uploads.REMOVE]))
    return True


def _answer(
    request: HttpRequest, application: Application, inquiry: Inquiry, open_questions: correcting.Correcting
) -> None:
    same, slots = "same" in request.POST, ownfiles.of_answer(open_questions)
    if same:
        slots = [slot for slot in slots if slot.question.key.partition(".")[0] in {"", *inquiry.asked}]
    waiting = unsent_files.of(application, unsent_files.page_of(inquiry))
    mine, stray = ownfiles.sorted_out(waiting, slots)
    text, raw = str(request.POST.get("text", "")), None if same else open_questions.raw
    answering.answer(application.pk, inquiry.pk, own.key_of(request), text=text, raw=raw, uploads=mine)
    unsent_files.drop(stray)


def _again(
    request: HttpRequest,
    application: Application,
    inquiry: Inquiry,
    errors: dict[str, list[str]],
    *,
    data: MultiValueDict[str, str] | None = None,
    refusal: str = "",
    status: int = WRONG,
) -> HttpResponse:
    """The status page with what was typed and what to do about it."""
    waiting = ownfiles.by_question(unsent_files.of(application, unsent_files.page_of(inquiry)))
    questions = correcting.of(application, inquiry, data=data or request.POST, errors=errors, waiting=waiting)
    loose = letter.LooseForm(waiting, errors)
    typed: dict[str, Any] = {"note": notes.back()} if carried.is_back(request) else {}
    typed |= {
        "inquiry": None if refusal else inquiry,
        "correcting": questions if inquiry.asked else None,
        "problems": [*questions.form.problems(), *loose.problems()],
        "text": str(request.POST.get("text", ""))[: answering.TEXT_LENGTH],
        "key": own.key_of(request),
        "loose": loose,
        "refusal": refusal,
        "left": refusal and unsent_files.of(application, unsent_files.WRITE),
    }
    return show(request, application, status=status, typed=typed)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@own.required
def write(request: HttpRequest, application: Application) -> HttpResponse:
    """A message to staff."""
    if not answering.may_write(application):
        return HttpResponseRedirect(reverse("apply:status"))
    if request.method != "POST":
        return _letter(request, application, letter.LetterForm(), unsent_files.WRITE)
    return _send(request, application, letter.LetterForm(request.POST), unsent_files.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@own.required
def add_papers(request: HttpRequest, application: Application) -> HttpResponse:
    """Papers that were promised, asked for, or found later."""
    if not answering.may_write(application):
        return HttpResponseRedirect(reverse("apply:status"))
    places = papers.places(application)
    if request.method != "POST":
        form = letter.PapersForm(places, initial={"place": places[0].name})
        return _letter(request, application, form, unsent_files.PAPERS)
    return _send(request, application, letter.PapersForm(places, request.POST), unsent_files.PAPERS)


def _send(request: HttpRequest, application: Application, form: Any, name: str) -> HttpResponse:
    """Keep the files first, so that none is lost to another mistake; then send, if all is well."""
    note = notes.named("wrote" if name == unsent_files.WRITE else "papers")
    if answering.is_taken(application, own.key_of(request)):
        return HttpResponseRedirect(reverse("apply:status") + note)
    slot = ownfiles.LOOSE
    if name == unsent_files.PAPERS:
        slot = ownfiles.of_papers(list(form.places.values()), str(request.POST.get("place", "")))
    refused = ownfiles.take(request, application, name, [slot]).errors
    if (_removed(request, application) or carried.is_back(request)) and not refused:
        form.initial, form.is_bound = request.POST.dict(), False
        return _letter(request, application, form, name)
    waiting = unsent_files.of(application, name)
    if form.is_valid() and not refused and name == unsent_files.PAPERS and not waiting:
        form.add_error(letter.FILES, _("Выберите файл"))
    for sentence in refused.get(letter.FILES, ()):
        form.add_error(letter.FILES, sentence)
    if form.is_valid() and _sent(request, application, form, waiting):
        return HttpResponseRedirect(reverse("apply:status") + note)
    return _letter(request, application, form, name, WRONG)


def _sent(request: HttpRequest, application: Application, form: Any, waiting: list[Any]) -> bool:
    """Whether it was taken; if not, the form says why."""
    try:
        if isinstance(form, letter.PapersForm):
            ownfiles.placed(waiting, form.chosen())
        answering.write(application.pk, own.key_of(request), form.cleaned_data["text"], waiting)
    except Unfit as unfit:
        form.add_error(letter.FILES, str(unfit.sentence))
    except Refused as refused:
        form.add_error(letter.FILES if waiting else "text", str(refused.sentence))
    return form.is_valid()


def _letter(request: HttpRequest, application: Application, form: Any, name: str, status: int = 200) -> HttpResponse:
    form.uploads = ownfiles.by_question(unsent_files.of(application, name))
    context = {"form": form, "key": own.key_of(request), "is_papers": name == unsent_files.PAPERS, "page_name": name}
    context["note"] = notes.back() if carried.is_back(request) else ""
    return page(request, "write", context, status=status)
