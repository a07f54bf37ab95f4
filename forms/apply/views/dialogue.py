"""Answering a question, writing, adding papers, one's own files: all of it behind the pass of the status page."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forms.applications import answering, files, papers
from forms.applications.contents import Unfit
from forms.applications.corrections import Wrong
from forms.applications.models import Application, Inquiry, Upload
from forms.applications.movement import Refused
from forms.apply import correcting, letter, notes, own, uploads

from .pages import WRONG, page, private
from .status import show


@require_POST
@private
@own.required
def answer(request: HttpRequest, application: Application) -> HttpResponse:
    """The answer to the open question; nothing typed is lost, whatever is wrong with it."""
    number = str(request.POST.get("inquiry", ""))
    known = application.inquiries.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if known is None:
        return HttpResponseRedirect(reverse("apply:status"))
    open_questions = correcting.of(application, known, data=request.POST)
    if changed := open_questions.after_row_action():
        return _again(request, application, known, {}, data=changed, status=200)
    kept: list[Upload] = []
    try:
        kept = _files(request, open_questions)
        raw = None if "same" in request.POST else open_questions.raw
        text = str(request.POST.get("text", ""))
        answering.answer(application.pk, known.pk, own.key_of(request), text=text, raw=raw, uploads=kept)
    except Wrong as wrong:
        papers.drop(kept)
        return _again(request, application, known, wrong.errors)
    except _UnfitAt as unfit:
        return _again(request, application, known, {unfit.name: [str(unfit.sentence)]})
    except Refused as refused:
        papers.drop(kept)
        return _again(request, application, known, {}, refusal=str(refused.sentence))
    return HttpResponseRedirect(reverse("apply:status") + notes.named("answered"))


class _UnfitAt(Exception):
    """A file that cannot be taken, and the input it came from."""

    def __init__(self, name: str, sentence: object) -> None:
        super().__init__(name)
        self.name, self.sentence = name, sentence


def _files(request: HttpRequest, open_questions: correcting.Correcting) -> list[Upload]:
    """Every file of the page; none is kept when one is not right."""
    places = [(q, name, paper) for q in open_questions.files for name, paper in uploads.places(q)]
    places.append((papers.LOOSE, letter.FILES, ""))
    done: list[Upload] = []
    for question, name, paper in places:
        try:
            done += letter.prepared(request, question, name, paper)
        except Unfit as unfit:
            papers.drop(done)
            raise _UnfitAt(question.key or letter.FILES, unfit.sentence) from unfit
    return done


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
    questions = correcting.of(application, inquiry, data=data or request.POST, errors=errors)
    typed = {
        "inquiry": None if refusal else inquiry,
        "correcting": questions,
        "text": str(request.POST.get("text", ""))[: answering.TEXT_LENGTH],
        "key": own.key_of(request),
        "file_error": errors.get(letter.FILES, [""])[0],
        "refusal": refusal,
        "with_files": bool(request.FILES),
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
        return _letter(request, letter.LetterForm(), "write")
    form = letter.LetterForm(request.POST)
    return _send(request, application, form, "write")


@require_http_methods(["GET", "HEAD", "POST"])
@private
@own.required
def add_papers(request: HttpRequest, application: Application) -> HttpResponse:
    """Papers that were promised, asked for, or found later."""
    if not answering.may_write(application):
        return HttpResponseRedirect(reverse("apply:status"))
    places = papers.places(application)
    if request.method != "POST":
        return _letter(request, letter.PapersForm(places, initial={"place": places[0].name}), "papers")
    form = letter.PapersForm(places, request.POST)
    if not request.FILES.getlist(letter.FILES) and form.is_valid():
        form.add_error(letter.FILES, _("Выберите файл"))
    return _send(request, application, form, "papers")


def _send(request: HttpRequest, application: Application, form: Any, name: str) -> HttpResponse:
    if not form.is_valid():
        return _letter(request, form, name, WRONG)
    place = form.chosen() if name == "papers" else papers.Place(papers.LOOSE, "", "", promised=False)
    kept: list[Upload] = []
    try:
        kept = letter.prepared(request, place.question, paper=place.paper)
        answering.write(application.pk, own.key_of(request), form.cleaned_data["text"], kept)
    except Unfit as unfit:
        form.add_error(letter.FILES, str(unfit.sentence))
    except Refused as refused:
        papers.drop(kept)
        form.add_error("text" if name == "write" else letter.FILES, str(refused.sentence))
    else:
        return HttpResponseRedirect(reverse("apply:status") + notes.named("wrote" if name == "write" else "papers"))
    return _letter(request, form, name, WRONG)


def _letter(request: HttpRequest, form: Any, name: str, status: int = 200) -> HttpResponse:
    context = {"form": form, "key": own.key_of(request), "is_papers": name == "papers"}
    return page(request, "write", context, status=status)


@require_safe
@private
def file(request: HttpRequest, upload: Any) -> Any:
    """The applicant's own file, to save and never to show: it opens nothing in our address."""

    @own.required
    def give(request: HttpRequest, application: Application) -> Any:
        row = get_object_or_404(Upload, pk=upload, application=application)
        try:
            content = files.opened(row)
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(content, as_attachment=True, filename=row.name, content_type="application/octet-stream")
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    return give(request)
