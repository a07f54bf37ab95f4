"""Asking the applicant: a question, answers to correct, or a letter that asks for nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.applications import asking, corrections, deadlines, policies, timeline, unsent
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale
from forms.applications.states import BY_ACTION
from forms.definitions import fields as field_types

from .card import ApplicationView, CardView
from .moves import expected_of, require

QUESTION, CORRECT, LETTER = "question", "correct", "letter"
KINDS = (
    (QUESTION, gettext_lazy("Задать вопрос")),
    (CORRECT, gettext_lazy("Попросить исправить ответы")),
    (LETTER, gettext_lazy("Просто написать, ответа не ждём")),
)


@dataclass(frozen=True, slots=True)
class Pick:
    """One question that may be opened again, with what stands there now and what was typed for it."""

    key: str
    label: str
    now: str
    chosen: bool
    why: str


class AskForm(forms.Form):
    """Which row was seen, what is wanted, the words, and until when; the questions are read by `picks`."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect, label=gettext_lazy("Что нужно"), initial=QUESTION)
    text = forms.CharField(
        label=gettext_lazy("Что прочтёт заявитель"),
        help_text=gettext_lazy("Прочтёт на странице заявки, по номеру и коду. В письме будет только приглашение туда."),
        required=False,
        max_length=asking.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    wanted_by = forms.DateField(
        label=gettext_lazy("Ждём ответ до"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Напишите дату, например 30.11.2026")},
    )


def picks(application: Application, data: Any) -> list[Pick]:
    """Every question that was asked, in the order of the form."""
    answers = corrections.journey_of(application).kept()
    chosen = set(data.getlist("ask")) if data else set()
    found = []
    for question in corrections.correctable(application):
        value = answers.get(question.key)
        now = field_types.get(question.type).display(question, value) if value is not None else _("не отвечено")
        why = str(data.get(f"why_{question.key}", ""))[: asking.WHY_LENGTH] if data else ""
        found.append(Pick(question.key, question.label, now, question.key in chosen, why))
    return found


class AskView(ApplicationView):
    """A plain page with the form; the clock stops when it is sent."""

    template_name = "review/ask.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An empty form, or back to the card with the reason why not."""
        application = self.load(pk)
        require(request.user, BY_ACTION["ask"])
        decision = policies.may_write(request.user, application)
        if not decision:
            notices.error(request, str(decision.reason))
            return redirect("form_review:card", pk)
        return self.draw(form=AskForm(initial=self._initial(application)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask or write; a refusal and a stale card keep all that was typed."""
        application = self.load(pk)
        require(request.user, BY_ACTION["ask"])
        form = AskForm(request.POST)
        if not form.is_valid():
            return self.draw(form=form)
        try:
            self._send(form, pk)
        except Refused as refused:
            return self.draw(409, form=form, refusal=refused.sentence)
        except Stale:
            return self._stale(form, pk)
        told = _("Приглашение ответить уйдёт на почту.") if application.email else _("Почты нет: сообщите по телефону.")
        notices.success(request, told)
        return redirect("form_review:card", pk)

    def _send(self, form: AskForm, pk: int) -> None:
        data, user = form.cleaned_data, self.request.user
        if data["kind"] == LETTER:
            asking.write(pk, user, data["expected"], data["text"])
            unsent.forget(pk, user, LETTER)
            return
        asked = {}
        if data["kind"] == CORRECT:
            keys = self.request.POST.getlist("ask")[: asking.MOST_ASKED + 1]
            asked = {key: str(self.request.POST.get(f"why_{key}", "")) for key in keys}
            if not asked:
                raise Refused(_("Отметьте ответы, которые нужно поправить."))
        asking.ask(pk, user, data["expected"], text=data["text"], asked=asked, wanted_by=data["wanted_by"])

    def _stale(self, form: AskForm, pk: int) -> HttpResponse:
        seen = form.cleaned_data["expected"]
        fresh = self.load(pk)
        data = self.request.POST.copy()
        data["expected"] = str(fresh.version)
        return self.draw(409, form=AskForm(data), stale=timeline.changes_since(fresh, seen))

    def _initial(self, application: Application) -> dict[str, Any]:
        wanted: date = deadlines.wanted_by(timezone.localdate())
        kind = LETTER if application.paused_on or self.request.GET.get("kind") == LETTER else QUESTION
        kept = unsent.of(application, self.request.user).get(LETTER) if kind == LETTER else None
        text = kept.text if kept else ""
        return {"expected": application.version, "wanted_by": wanted, "kind": kind, "text": text}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The questions to pick from, and the words the applicant will see."""
        return super().get_context_data(**kwargs) | {
            "application": self.application,
            "move": BY_ACTION["ask"],
            "picks": picks(self.application, self.request.POST if self.request.method == "POST" else None),
        }


class ResumeView(CardView):
    """«Больше не ждать»: a button of the card, so a POST and nothing else."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The clock runs again; a stale card is drawn fresh with what changed."""
        self.load(pk)
        require(request.user, BY_ACTION["resume"])
        expected = expected_of(request)
        try:
            application = asking.resume(pk, request.user, expected)
        except Refused as refused:
            notices.error(request, str(refused.sentence))
        except Stale:
            self.load(pk)
            return self.draw(409, stale=timeline.changes_since(self.application, expected))
        else:
            day = application.due_on.strftime("%d.%m.%Y")
            notices.success(request, _("Срок снова идёт: ответить до %(day)s.") % {"day": day})
        return redirect("form_review:card", pk)
