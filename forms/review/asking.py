"""Asking the applicant: a question, answers to correct, or a letter that asks for nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.applications import (
    answer_texts,
    asking,
    corrections,
    deadlines,
    holding,
    kept,
    policies,
    steps,
    timeline,
    unsent,
)
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale
from forms.applications.states import BY_ACTION
from forms.definitions import fields as field_types

from .card import ApplicationView
from .in_place import InPlace
from .moves.inputs import LONG, NOT_THERE
from .moves.page import QUIETLY, expected_of, refusal, require

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

    expected = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        choices=KINDS,
        widget=forms.RadioSelect,
        label=gettext_lazy("Что нужно"),
        initial=QUESTION,
        error_messages={"required": NOT_THERE, "invalid_choice": NOT_THERE},
    )
    text = forms.CharField(
        label=gettext_lazy("Что прочтёт заявитель"),
        help_text=gettext_lazy("Прочтёт на странице заявки, по номеру и коду. В письме будет только приглашение туда."),
        required=False,
        max_length=asking.TEXT_LENGTH,
        error_messages={"max_length": LONG},
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


class AskView(InPlace, ApplicationView):
    """A plain page with the form; the clock stops when it is sent."""

    template_name = "review/ask.html"
    picked: QueryDict | None = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An empty form, or back to the card with the reason why not."""
        application = self.load(pk)
        require(request.user, BY_ACTION["ask"])
        decision = policies.may_write(request.user, application)
        if not decision:
            notices.error(request, str(decision.reason))
            return self.back()
        draft = self.draft_of("ask") or self.draft_of("write")
        if draft is None:
            return self.draw(form=AskForm(initial=self._initial(application)))
        asked = draft.data.get("asked") or {}
        kind = LETTER if draft.action == "write" else CORRECT if asked else QUESTION
        again = QueryDict(mutable=True)
        again.update({"expected": str(application.version), "kind": kind, "text": draft.data.get("text") or ""})
        again["wanted_by"] = draft.data.get("wanted_by") or ""
        again.setlist("ask", list(asked))
        again.update({f"why_{key}": why for key, why in asked.items()})
        self.picked = again
        return self.draw(form=AskForm(initial=again.dict()), returned=draft.reason)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask or write; a refusal and a stale card keep all that was typed."""
        application = self.load(pk)
        require(request.user, BY_ACTION["ask"])
        form = AskForm(request.POST)
        if "fill" in request.POST:
            return self._filled(application)
        if "keep" in request.POST:
            return self._kept(application)
        if not form.is_valid():
            return self.draw(form=form)
        try:
            action, data = self._wanted(form)
            expected = expected_of(request)
            if "look" in request.POST:
                return self.draw(form=form, rehearsal=steps.rehearse(action, pk, request.user, expected, data))
            held = holding.hold(action, pk, request.user, expected, data)
            # The other kind may have been begun before.
            kept.forget("ask" if action == "write" else "write", pk, request.user)
            if action == "write":
                unsent.forget(pk, request.user, LETTER)
        except Refused as refused:
            return self._refused(form, refused)
        except Stale:
            return self._stale(form, pk)
        if held is None:
            told = _("Приглашение ответить уйдёт на почту.")
            notices.success(request, told if application.email else _("Почты нет: сообщите по телефону."))
        return self.back()

    def _wanted(self, form: AskForm) -> tuple[str, dict[str, Any]]:
        """The step and what it takes."""
        data = form.cleaned_data
        if data["kind"] == LETTER:
            return "write", {"text": data["text"]}
        asked = self._asked() if data["kind"] == CORRECT else {}
        if data["kind"] == CORRECT and not asked:
            raise Refused(_("Отметьте ответы, которые нужно поправить."), "asked")
        return "ask", {"text": data["text"], "asked": asked, "wanted_by": data["wanted_by"]}

    def _asked(self) -> dict[str, str]:
        keys = self.request.POST.getlist("ask")[: asking.MOST_ASKED + 1]
        return {key: str(self.request.POST.get(f"why_{key}", "")) for key in keys}

    def _kept(self, application: Application) -> HttpResponse:
        """A draft of what was typed, right or wrong."""
        said, user = self.request.POST, self.request.user
        data: dict[str, Any] = {"text": said.get("text", "")[: asking.TEXT_LENGTH]}
        action, other = ("write", "ask") if said.get("kind") == LETTER else ("ask", "write")
        if action == "ask":
            asked = self._asked() if said.get("kind") == CORRECT else {}
            data["asked"] = {key: why[: asking.WHY_LENGTH] for key, why in asked.items()}
            data["wanted_by"] = said.get("wanted_by", "")[:10]
        kept.forget(other, application.pk, user)
        kept.keep(action, application.pk, user, application.version, data)
        if said["keep"] != QUIETLY:
            notices.success(self.request, _("Черновик сохранён. Он виден только вам."))
        return self.back()

    def _filled(self, application: Application) -> HttpResponse:
        """The form with a template's text put under what was typed."""
        data = self.request.POST.copy()
        number = data.get("template", "")
        for template in answer_texts.offered(application, "ask"):
            if str(template.pk) == number:
                text = answer_texts.filled(template, application)["text"]
                data["text"] = "\n\n".join(part for part in (data.get("text", "").strip(), text) if part)
        return self.draw(form=AskForm(initial=data.dict()))

    def _refused(self, form: AskForm, refused: Refused) -> HttpResponse:
        """All that was typed, with the reason beside what it is about; a letter may go where no question may."""
        if refused.field == "asked":
            return self.draw(409, form=form, asked_error=refused.sentence)
        return self.draw(
            409, form=form, **refusal(form, refused, policies.may_write(self.request.user, self.application))
        )

    def _stale(self, form: AskForm, pk: int) -> HttpResponse:
        seen = expected_of(self.request)
        fresh = self.load(pk)
        data = self.request.POST.copy()
        data["expected"] = str(fresh.version)
        decision = policies.may_write(self.request.user, fresh)
        stale = timeline.changes_since(fresh, seen)
        return self.draw(409, form=AskForm(data), stale=stale, refusal=decision.reason)

    def _initial(self, application: Application) -> dict[str, Any]:
        wanted: date = deadlines.wanted_by(timezone.localdate())
        kind = LETTER if application.paused_on or self.request.GET.get("kind") == LETTER else QUESTION
        typed = unsent.of(application, self.request.user).get(LETTER) if kind == LETTER else None
        text = typed.text if typed else ""
        return {"expected": application.version, "wanted_by": wanted, "kind": kind, "text": text}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The questions to pick from, and the words the applicant will see."""
        return super().get_context_data(**kwargs) | {
            "application": self.application,
            "move": BY_ACTION["ask"],
            "picks": picks(self.application, self.request.POST if self.request.method == "POST" else self.picked),
            "templates": answer_texts.by_tag(answer_texts.offered(self.application, "ask")),
            "tells": True,
            "button": _("Отправить"),
            "undo_seconds": settings.UNDO_SECONDS,
        }
