"""«Моё обращение»: by number and code, for half an hour, without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.addresses import client_ip
from forms.applications import answering, codes, files, papers, timeline, tries, unsent_files
from forms.applications.models import Application, Inquiry, Upload
from forms.apply import carried, correcting, letter, notes, own, ownfiles, proof
from forms.apply.lookup import LookupForm, admitted, let_in, let_out
from forms.registrations import links, shown
from home.words import plural

from .pages import WRONG, page, private

TOO_MANY = 429
WAIT_MINUTES = int(tries.COOL_OFF.total_seconds()) // 60


@require_http_methods(["GET", "HEAD", "POST"])
@private
def requests(request: HttpRequest) -> HttpResponse:
    """Ask for number and code. One answer for every mistake: it never says which of the two is wrong."""
    if request.method != "POST":
        # A pass is not used here: who comes to this address may want another application.
        context = {"form": LookupForm(), "ended": "ended" in request.GET, "open": admitted(request) is not None}
        return page(request, "requests", context)
    kept = carried.of(request)
    if kept and carried.is_fresh(request):
        return page(request, "requests", {"form": LookupForm(), "ended": True, "carried": kept}, status=WRONG)
    form = LookupForm(request.POST)
    if not form.is_valid():
        return page(request, "requests", {"form": form, "carried": kept}, status=WRONG)
    proven = proof.accepted(request)
    try:
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        application = codes.find(number, code, client_ip(request), proven=proven)
    except tries.TooManyTries as stopped:
        return _too_many(request, form, stopped.minutes)
    except tries.NeedsProof as stopped:
        return _prove(request, form, stopped.minutes)
    if application is None:
        sentence = _("Такой пары номера и кода нет. Проверьте обе строки по памятке или письму.")
        again = {"challenge": proof.challenge(), "proof_minutes": WAIT_MINUTES} if proven else {}
        return page(request, "requests", {"form": form, "wrong": sentence, "carried": kept, **again}, status=WRONG)
    onward = kept.onward() if kept else HttpResponseRedirect(reverse("apply:status"))
    return let_in(onward, request, application.pk)


def _prove(request: HttpRequest, form: LookupForm, minutes: int) -> HttpResponse:
    """Others guessed too much: the same form with a proof of work in it, nothing typed is lost."""
    sentence = _("По этой заявке слишком часто вводили неверный код. Нажмите «Посмотреть» ещё раз.")
    told = {"challenge": proof.challenge(), "proof_minutes": minutes, "carried": carried.of(request)}
    return page(request, "requests", {"form": form, "wrong": sentence, **told}, status=TOO_MANY)


def too_many_words(minutes: int) -> str:
    """What to say when a code was guessed too often."""
    sentence = _("Слишком много попыток. Попробуйте через %(minutes)d %(unit)s или позвоните: оператор ответит сразу.")
    return sentence % {"minutes": minutes, "unit": plural(minutes, _("минуту"), _("минуты"), _("минут"))}


def _too_many(request: HttpRequest, form: LookupForm, minutes: int) -> HttpResponse:
    context = {"form": form, "wrong": too_many_words(minutes), "carried": carried.of(request)}
    response = page(request, "requests", context, status=TOO_MANY)
    response["Retry-After"] = str(minutes * 60)
    return response


@require_safe
@private
@own.required
def status(request: HttpRequest, application: Application) -> HttpResponse:
    """Where the application stands, in the applicant's words, and what can be done with it."""
    return show(request, application)


def show(
    request: HttpRequest, application: Application, *, status: int = 200, typed: dict[str, Any] | None = None
) -> HttpResponse:
    """The page; `typed` is what stood in the form of the answer when it could not be taken."""
    view = timeline.for_applicant(application)
    uploads = files.of_application(application)
    inquiry = own.open_inquiry(application)
    waiting = _waiting(application, inquiry) if inquiry and typed is None else {}
    questions = correcting.of(application, inquiry, waiting=waiting) if inquiry and inquiry.asked else None
    context = {
        "view": view,
        "application": application,
        "title": application.form.title,
        "team": application.team.name,
        # Newest first; the first of them is where the application stands now.
        "events": list(reversed(view.events)),
        "talk": own.talk(application, uploads, inquiry),
        "uploads": papers.said_of(application, uploads),
        "inquiry": inquiry,
        "correcting": questions,
        "loose": letter.LooseForm(waiting, {}),
        "page_name": unsent_files.page_of(inquiry) if inquiry else "",
        "question": own.question_text(inquiry) if inquiry else "",
        "key": own.fresh_key(),
        "may_write": answering.may_write(application),
        "promised": [place for place in papers.places(application) if place.promised],
        "note": notes.of(request),
        "seats": shown.blocks_of(application),
        "seats_url": links.path_of(application),
    }
    return page(request, "status", context | (typed or {}), status=status)


def _waiting(application: Application, inquiry: Inquiry) -> dict[str, list[Upload]]:
    return ownfiles.by_question(unsent_files.of(application, unsent_files.page_of(inquiry)))


@require_POST
@private
def leave(request: HttpRequest) -> HttpResponse:
    """«Выйти»: nothing of the application stays on this device."""
    return let_out(HttpResponseRedirect(reverse("apply:requests")))
