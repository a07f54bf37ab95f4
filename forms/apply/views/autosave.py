"""What is being typed, kept while it is typed: nothing is checked, nothing is an answer yet."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms.apply import onpage
from forms.apply.onpage import OnPage
from forms.apply.visit import Typed, Visit, open_visit
from forms.definitions.document import Step

from .pages import private

CONFLICT = 409
TAB_ID = re.compile(r"[A-Za-z0-9]{8,32}", re.ASCII)


@require_POST
@private
def autosave(request: HttpRequest, slug: str, step_key: str) -> HttpResponse:
    """Keep the words of one step. `basis` and `tab` say what the page knows, `same` that it is as it was answered.

    Answers JSON: the new `basis` and the time, or `stop` with a sentence, after which the page asks no more.
    """
    visit = open_visit(request, slug)
    if visit.sent:
        return _no(_("Эта заявка уже отправлена. Что напишете здесь, к ней не добавится."))
    if visit.closed and visit.draft is None:
        return _no(_("Форма больше не принимает заявки. Ответы останутся на этой странице."))
    if step_key not in visit.definition.step_numbers:
        return _no(_("Форма обновилась. Нажмите «Продолжить»: ответы, которые подходят, останутся."))
    here = visit.definition.step(step_key)
    on_page = onpage.of(visit.version.digest, visit.journey, here, request.POST)
    response = _keep(request, visit, here, on_page)
    return visit.remember(response, request)


def _keep(request: HttpRequest, visit: Visit, here: Step, on_page: OnPage) -> HttpResponse:
    typed = _typed(request, visit, on_page)
    if visit.draft is None and not typed:
        return JsonResponse({"basis": "", "saved": ""})
    tab = str(request.POST.get("tab", ""))
    tab = tab if TAB_ID.fullmatch(tab) else ""
    if not visit.keep_typed(here, typed, str(request.POST.get("basis", ""))[:32], tab):
        return _no(
            _("На эти вопросы сейчас отвечают в другой вкладке. Здесь написанное не сохранится, пока не продолжите.")
        )
    saved = timezone.localtime().strftime("%-H:%M")
    return JsonResponse(
        {"basis": visit.basis(here), "saved": _("Ответы сохранены в %s") % saved, "draft": visit.page_pass}
    )


def _typed(request: HttpRequest, visit: Visit, on_page: OnPage) -> Typed:
    """Blank when there is nothing worth a draft yet, or nothing that is not an answer already."""
    if "same" in request.POST:
        return {}
    typed, lists = on_page.typed(request.POST), {group.key for group in on_page.groups}
    if visit.draft is None and not set(typed) - lists:
        return {}
    # Which questions stood on the page: one that an unchecked answer brought there stays when it is drawn again.
    return typed | {"asked": [",".join(sorted(on_page.keys))]}


def _no(sentence: str) -> JsonResponse:
    return JsonResponse({"stop": sentence}, status=CONFLICT)
