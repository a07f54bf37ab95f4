"""Going on with a draft that was begun on another device: number and code, typed or brought by the letter's link.

The link opens nothing by itself: number and code stand behind its «#», which is sent to no server; the page's script
puts them into the form and takes them out of the address, and the button sends them.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.addresses import client_ip
from forms.applications import codes, draft_pass, drafts, tries
from forms.applications.models import Draft
from forms.apply import proof
from forms.apply.draft_cookie import set_cookie
from forms.apply.resuming import ResumeForm
from forms.apply.visit import Visit, open_visit

from .pages import WRONG, closed, page, private
from .status import TOO_MANY, WAIT_MINUTES, too_many_words


@require_http_methods(["GET", "HEAD", "POST"])
@private
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for number and code; who has a draft on this device and no letter in hand goes straight on with that."""
    visit = open_visit(request, slug)
    if visit.closed:
        return closed(request, visit)
    begin = HttpResponseRedirect(reverse("apply:begin", args=[slug]))
    if visit.trial:
        return begin
    if request.method == "POST":
        return _open(request, visit, begin)
    has_own = visit.draft is not None and not visit.sent
    if has_own and not {"letter", "other"} & request.GET.keys():
        return begin
    return _show(request, visit, ResumeForm())


def _open(request: HttpRequest, visit: Visit, begin: HttpResponse) -> HttpResponse:
    form = ResumeForm(request.POST)
    if not form.is_valid():
        return _show(request, visit, form, status=WRONG)
    typed, form_id, proven = form.cleaned_data, visit.version.form_id, proof.accepted(request)
    try:
        draft = drafts.find(form_id, typed["number"], typed["code"], client_ip(request), proven=proven)
    except tries.TooManyTries as stopped:
        response = _show(request, visit, form, wrong=too_many_words(stopped.minutes), status=TOO_MANY)
        response["Retry-After"] = str(stopped.minutes * 60)
        return response
    except tries.NeedsProof as stopped:
        sentence = _("По этому номеру слишком часто вводили неверный код. Нажмите «Открыть ответы» ещё раз.")
        return _show(request, visit, form, wrong=sentence, status=TOO_MANY, wait=stopped.minutes)
    if draft is None:
        sentence = _("Такой пары номера и кода нет, или заявка уже отправлена, или срок хранения вышел.")
        return _show(request, visit, form, wrong=sentence, status=WRONG, wait=WAIT_MINUTES if proven else 0)
    if visit.draft != draft:
        set_cookie(begin, request, visit.slug, draft_pass.make(draft), settings.DRAFT_DAYS * 86_400)
    return begin


def _show(
    request: HttpRequest, visit: Visit, form: ResumeForm, *, wrong: str = "", status: int = 200, wait: int = 0
) -> HttpResponse:
    """The page. With `wait`, the minutes after which it goes without, a proof of work is asked."""
    own: Draft | None = visit.draft if visit.draft is not None and not visit.sent else None
    context = {
        "visit": visit,
        "form": form,
        "wrong": wrong,
        "challenge": proof.challenge() if wait else "",
        "proof_minutes": wait,
        "own": own,
        "own_number": draft_pass.number_of(own) if own else "",
        "own_code": codes.shown(draft_pass.code_of(own)) if own else "",
    }
    return page(request, "resume", context, status=status)
