"""One plain page a step: its form, the templates of answers, and beside it exactly what the applicant will read."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from forms.applications import answer_texts, holding, kept, policies, reversing, steps, timeline
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale
from forms.applications.states import APPLICANT_WORDS, BY_ACTION, Move, State
from forms.review.card import ApplicationView, CardView
from forms.review.in_place import InPlace

from . import words
from .inputs import MAIN, StepForm

# What is kept while the person does something else is not told.
QUIETLY = "quietly"
# These have a screen of their own.
ELSEWHERE = frozenset({"ask", "merge"})


class StepView(InPlace, ApplicationView):
    """A step that asks for something: drawn, tried, kept as a draft, taken."""

    template_name = "review/move.html"
    move: Move

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A step of the table that needs a form; a button's own step is only posted."""
        move = BY_ACTION.get(kwargs.pop("action", ""))
        if move is None or move.by_applicant or move.action in ELSEWHERE:
            raise Http404
        if move.is_button:
            return ButtonView.as_view(move=move)(request, *args, **kwargs)
        self.move = move
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An empty form or the draft of it, or back to the card with the reason why not."""
        application = self._loaded(pk)
        decision = policies.may_move(request.user, self.move, application)
        if not decision:
            notices.error(request, str(decision.reason))
            return self.back()
        draft = self.draft_of(self.move.action)
        typed = draft.data if draft else {}
        form = self._form(initial=typed | {"expected": application.version})
        return self.draw(form=form, returned=draft.reason if draft else "", **self._seen(typed))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Fill a template in, keep a draft, show what the applicant will read, or take the step."""
        self._loaded(pk)
        form = self._form(request.POST)
        if "fill" in request.POST or "keep" in request.POST:
            return self._without_checking(form, pk)
        if not form.is_valid():
            return self.draw(form=form, **self._seen(form.typed()))
        try:
            if "go" in request.POST:
                return self._take(form, pk)
            seen = steps.rehearse(self.move.action, pk, request.user, expected_of(request), form.needs())
        except Refused as refused:
            return self._refused(form, refused)
        except Stale:
            return self._stale(form, pk)
        return self.draw(form=form, rehearsal=seen)

    def _loaded(self, pk: int) -> Application:
        """The application, for whom the step is; either address serves «назначить» and «сменить»."""
        application = self.load(pk)
        if self.move.action in ("assign", "reassign"):
            self.move = BY_ACTION["assign" if application.state == State.NEW else "reassign"]
        require(self.request.user, self.move)
        return application

    def _take(self, form: StepForm, pk: int) -> HttpResponse:
        held = holding.hold(self.move.action, pk, self.request.user, expected_of(self.request), form.needs())
        if held is None:
            notices.success(self.request, words.done(self.move, self.application))
        visible = Application.objects.visible_to(self.request.user).filter(pk=pk).exists()
        return self.back() if visible else HttpResponseRedirect(self.near.back)

    def _without_checking(self, form: StepForm, pk: int) -> HttpResponse:
        typed = form.typed()
        if "keep" in self.request.POST:
            known = {name: value for name, value in typed.items() if name != "expected"}
            kept.keep(self.move.action, pk, self.request.user, self.application.version, known)
            if self.request.POST["keep"] != QUIETLY:
                notices.success(self.request, _("Черновик сохранён. Он виден только вам."))
            return self.back()
        number = self.request.POST.get("template", "")
        found = next((each for each in self.templates if str(each.pk) == number), None)
        for name, text in answer_texts.filled(found, self.application).items() if found else ():
            place = form.main if name == "text" else name
            if text and place in typed:
                typed[place] = "\n\n".join(part for part in (typed[place].strip(), text) if part)
        return self.draw(form=self._form(initial=typed), **self._seen(typed))

    def _refused(self, form: StepForm, refused: Refused) -> HttpResponse:
        """The same form with everything in it and the reason beside its field, or above all; its buttons go only where
        this person cannot take the step whatever they write."""
        extra = refusal(form, refused, policies.may_move(self.request.user, self.move, self.application))
        return self.draw(409, form=form, **extra, **self._seen(form.typed()))

    def _stale(self, form: StepForm, pk: int) -> HttpResponse:
        """The same form with everything in it, what changed above it, and the fresh version for a second try."""
        seen = expected_of(self.request)
        fresh = self.load(pk)
        decision = policies.may_move(self.request.user, self.move, fresh)
        typed = form.typed() | {"expected": str(fresh.version)}
        return self.draw(
            409,
            form=self._form(initial=typed),
            stale=timeline.changes_since(fresh, seen),
            refusal=decision.reason,
            **self._seen(typed),
        )

    def _form(self, *args: Any, **kwargs: Any) -> StepForm:
        return StepForm(self.move, self.application, *args, **kwargs)

    @property
    def templates(self) -> list[Any]:
        """The answer templates of this step."""
        return answer_texts.offered(self.application, self.move.action)

    def _seen(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        return {"explanation": next((typed[name] for name in MAIN if name in typed), "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The step, its templates, what it does, and the words that the applicant will see."""
        form = kwargs["form"]
        return super().get_context_data(**kwargs) | {
            "application": self.application,
            "move": self.move,
            "templates": answer_texts.by_tag(self.templates) if form.main else [],
            "effect": words.effect(self.move, self.application),
            "applicant_words": APPLICANT_WORDS[self.move.target] if self.move.target else "",
            "tells": bool(form.main),
            "button": words.button(self.move, self.application),
            "undo_seconds": settings.UNDO_SECONDS,
        }


class ButtonView(CardView):
    """A step that asks for nothing: a button of the card, so a POST and nothing else."""

    http_method_names = ["post"]
    move: Move = BY_ACTION["take"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it and show the card again; a stale card is drawn fresh with what changed."""
        self.load(pk)
        require(request.user, self.move)
        expected = expected_of(request)
        try:
            application = reversing.take(self.move.action, pk, request.user, expected)
        except Refused as refused:
            notices.error(request, str(refused.sentence))
        except Stale:
            self.load(pk)
            return self.draw(409, stale=timeline.changes_since(self.application, expected))
        else:
            notices.success(request, words.done(self.move, application))
        return self.back()


def require(user: Any, move: Move) -> None:
    """Who may never take this step is refused at once, whatever the state."""
    if not user.has_perm(move.permission):
        raise PermissionDenied


def refusal(form: Form, refused: Refused, may: policies.Decision) -> dict[str, Any]:
    """What a form is drawn with after a refusal: the sentence stands beside the field that it is about, else above."""
    if refused.field in form.fields:
        form.add_error(refused.field, str(refused.sentence))
        return {}
    return {"refusal": refused.sentence, "mendable": bool(may)}


def expected_of(request: HttpRequest) -> int:
    """The row version that the card was drawn from; 0, which is always stale, when it is missing."""
    text = request.POST.get("expected", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
