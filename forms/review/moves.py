"""The steps that staff take: one address a move, one form that asks exactly what the move needs."""

from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.applications import actions, policies, timeline
from forms.applications.models import Application
from forms.applications.states import APPLICANT_WORDS, BY_ACTION, Move

from .card import ApplicationView, CardView


class CloseForm(forms.Form):
    """Which row was seen, and what the applicant will read."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    explanation = forms.CharField(
        label=gettext_lazy("Объяснение простыми словами"),
        help_text=gettext_lazy("Это прочтёт заявитель: что сделано, почему так и что делать дальше."),
        max_length=actions.EXPLANATION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Напишите, что сделано или почему помочь нельзя.")},
    )


class TakeView(CardView):
    """«Взять в работу»: a button of the card, so a POST and nothing else."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take and show the card again; a stale card is drawn fresh with what changed."""
        application = self.load(pk)
        require(request.user, BY_ACTION["take"])
        expected = expected_of(request)
        try:
            actions.take(pk, request.user, expected)
        except actions.Refused as refused:
            notices.error(request, str(refused.sentence))
        except actions.Stale:
            self.load(pk)
            return self.draw(409, stale=timeline.changes_since(self.application, expected))
        else:
            notices.success(request, _("Обращение %(number)s теперь ваше.") % {"number": application.public_number})
        return redirect("form_review:card", pk)


class CloseView(ApplicationView):
    """Closing with an explanation, beside what the applicant will read."""

    template_name = "review/close.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only the moves that close."""
        move = BY_ACTION.get(kwargs.pop("action", ""))
        if move is None or move.action not in ("resolve", "explain"):
            raise Http404
        self.move = move
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An empty form, or back to the card with the reason why not."""
        application = self.load(pk)
        require(request.user, self.move)
        decision = policies.may_move(request.user, self.move, application)
        if not decision:
            notices.error(request, str(decision.reason))
            return redirect("form_review:card", pk)
        return self.draw(form=CloseForm(initial={"expected": application.version}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the preview again, or close."""
        application = self.load(pk)
        require(request.user, self.move)
        form = CloseForm(request.POST)
        if "close" not in request.POST or not form.is_valid():
            return self.draw(form=form, explanation=_typed(form))
        text, expected = form.cleaned_data["explanation"], form.cleaned_data["expected"]
        try:
            getattr(actions, self.move.action)(pk, request.user, expected, text)
        except actions.Refused as refused:
            return self.draw(409, form=form, explanation=text, refusal=refused.sentence)
        except actions.Stale:
            return self._stale(form, pk)
        notices.success(request, _closed_words(application))
        return redirect("form_review:card", pk)

    def _stale(self, form: CloseForm, pk: int) -> HttpResponse:
        """The same form with the text in it, what changed above it, and the fresh version for a second try."""
        expected, text = form.cleaned_data["expected"], form.cleaned_data["explanation"]
        fresh = self.load(pk)
        decision = policies.may_move(self.request.user, self.move, fresh)
        return self.draw(
            409,
            form=CloseForm(initial={"expected": fresh.version, "explanation": text}),
            explanation=text,
            stale=timeline.changes_since(fresh, expected),
            refusal=decision.reason,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The move and the words that the applicant will see above the explanation."""
        return super().get_context_data(**kwargs) | {
            "application": self.application,
            "move": self.move,
            "applicant_words": APPLICANT_WORDS[str(self.move.target)],
        }


def require(user: Any, move: Move) -> None:
    """Who may never take this step is refused at once, whatever the state."""
    if not user.has_perm(move.permission):
        raise PermissionDenied


def expected_of(request: HttpRequest) -> int:
    """The row version that the card was drawn from; 0, which is always stale, when it is missing."""
    text = request.POST.get("expected", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _typed(form: CloseForm) -> str:
    return str(form.data.get("explanation", ""))[: actions.EXPLANATION_LENGTH]


def _closed_words(application: Application) -> str:
    told = _("Ответ уйдёт на почту.") if application.email else _("Почты нет: ответ виден по номеру и коду.")
    return format_html("{} {}", _("Обращение %(number)s закрыто.") % {"number": application.public_number}, told)
