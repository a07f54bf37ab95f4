"""The screens that begin a batch: what to do and to how many, what the first applicant would read; putting one back."""

from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from forms.applications import answer_texts
from forms.applications.movement import Refused
from forms.review.in_place import InPlace
from forms.review.queue import Look

from . import choosing, restoring, starting, told
from .acts import BY_KEY, BatchAct, offered
from .inputs import ActForm
from .views import BatchScreen


class NewBatchView(InPlace, BatchScreen):
    """The form of an act for what was chosen. A POST, since five hundred numbers do not fit into an address."""

    http_method_names = ["post"]
    template_name = "review/batch_new.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Draw the form, or start when it is filled in and sent."""
        self.act = _act(request)
        query = request.POST.get("query", "")[:2000]
        self.chosen = choosing.choose(request.user, request.POST)
        if not self.chosen.rows:
            notices.error(request, _("Отметьте обращения в списке, потом выберите действие."))
            return HttpResponseRedirect(f"{reverse('form_review:queue')}?{QueryDict(query).urlencode()}")
        if "fill" in request.POST:
            return self._draw(self.act.form(request.user, initial=self._filled()))
        if not {"go", "look"} & request.POST.keys():
            return self._draw(self.act.form(request.user))
        form = self.act.form(request.user, request.POST)
        if "look" in request.POST and form.is_valid():
            return self._look(form)
        wrong = self._wrong_number()
        if not form.is_valid() or wrong:
            return self._draw(form, wrong, status=400)
        try:
            asked = starting.Asked(self.act, form.title(), form.given(), self.chosen.rows, query)
            batch = starting.start(request.user, asked)
        except Refused as refused:
            return self._draw(form, refusal=refused.sentence, status=409)
        return redirect("form_review:batch", batch.pk)

    def _look(self, form: ActForm) -> HttpResponse:
        """What the first of them would read; nothing is kept of the try."""
        shown = told.show(self.act.key, self.chosen.rows, self.request.user, form.given())
        refusal = "" if shown else _("Этого нельзя сделать ни с одним из первых выбранных обращений.")
        return self._draw(form, shown=shown, refusal=refusal)

    def _filled(self) -> dict[str, str]:
        """What was typed, with a template's texts under it; their places are filled in for each applicant later."""
        typed = {name: self.request.POST.get(name, "") for name in self.act.form.base_fields}
        number = self.request.POST.get("template", "")
        found = next((each for each in told.templates(self.act.key, self.request.user) if str(each.pk) == number), None)
        for name, text in ((told.MAIN[self.act.key], "text"), ("next_step", "next_step")) if found else ():
            if name in typed:
                parts = (typed[name].strip(), getattr(found, text))
                typed[name] = "\n\n".join(part for part in parts if part)
        return typed

    def _wrong_number(self) -> str:
        if not self.act.asks_number or self.request.POST.get("number", "").strip() == str(len(self.chosen.rows)):
            return ""
        return _("Впишите число обращений: %d.") % len(self.chosen.rows)

    def _draw(self, form: Any, wrong: str = "", status: int = 200, **extra: Any) -> HttpResponse:
        query = QueryDict(self.request.POST.get("query", "")[:2000])
        context = self.get_context_data(
            form=form,
            act=self.act,
            chosen=self.chosen,
            count=len(self.chosen.rows),
            wrong=wrong,
            templates=answer_texts.by_tag(told.templates(self.act.key, self.request.user)),
            tells=self.act.key in told.MAIN,
            undo_seconds=settings.UNDO_SECONDS,
            number=self.request.POST.get("number", "")[:10],
            query=query.urlencode(),
            back=Look(self.request.user, query).address(),
            **extra,
        )
        return self.render_to_response(context, status=status)

    def get_page_title(self) -> str:
        """The act."""
        return str(self.act.label)


class RestoreBatchView(BatchScreen):
    """«Вернуть как было»: another batch, so that it too has a result for each."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Begin it once; a second press leads to where the first one led."""
        batch = get_object_or_404(self.own(), pk=pk)
        if not restoring.can(batch):
            notices.error(request, _("Вернуть уже нельзя: это сделано, или менять было нечего."))
            return redirect("form_review:batch", pk)
        title = _("Возвращаем как было: %s") % batch.title
        act, given = BY_KEY[restoring.RESTORE], {"of": str(batch.pk)}
        try:
            again = starting.start(request.user, starting.Asked(act, title, given, restoring.rows(batch), batch.query))
        except Refused as refused:
            notices.error(request, str(refused.sentence))
            return redirect("form_review:batch", pk)
        return redirect("form_review:batch", again.pk)


def _act(request: HttpRequest) -> BatchAct:
    act = BY_KEY.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    if act not in offered(request.user):
        raise PermissionDenied
    return act
