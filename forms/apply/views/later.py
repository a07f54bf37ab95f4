"""«Продолжить позже»: what is kept and for how long, and how to go on from another device."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forms.applications import codes, draft_letter, draft_pass, drafts
from forms.apply import notes
from forms.apply.resuming import LetterForm
from forms.apply.visit import Visit, open_visit

from .pages import WRONG, page, private


@require_http_methods(["GET", "HEAD", "POST"])
@private
def later(request: HttpRequest, slug: str) -> HttpResponse:
    """Number, code and the last day; a POST sends the link to an address."""
    visit = open_visit(request, slug)
    if visit.draft is None:
        return visit.remember(
            HttpResponseRedirect(reverse("apply:begin", args=[slug]) + (notes.named("lost") if visit.lost else "")),
            request,
        )
    if visit.sent:
        return HttpResponseRedirect(reverse("apply:receipt", args=[slug]) + notes.named("sent"))
    if request.method != "POST" or visit.trial:
        return _show(request, visit, LetterForm())
    return _send(request, visit)


def _send(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _show(request, visit, form, status=WRONG)
    assert visit.draft is not None
    link = reverse("apply:resume", args=[visit.slug])
    try:
        draft_letter.send(visit.draft, visit.definition.title, form.cleaned_data["email"], link)
    except draft_letter.TooManyLetters:
        form.add_error("email", _("На этот адрес сегодня уже много писем. Запишите номер и код: они стоят выше"))
        return _show(request, visit, form, status=WRONG)
    return HttpResponseRedirect(request.path + "?sent")


def _show(request: HttpRequest, visit: Visit, form: LetterForm, status: int = 200) -> HttpResponse:
    draft = visit.draft
    assert draft is not None
    context = {
        "visit": visit,
        "until": drafts.kept_until(draft),
        "form": form,
        "sent": "sent" in request.GET and status != WRONG,
        "number": "" if visit.trial else draft_pass.number_of(draft),
        "code": codes.shown(draft_pass.code_of(draft)),
    }
    return page(request, "later", context, status=status)
