"""Taking a step from a program's words: the form of the screen reads them, the action decides."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.api.problems import Problem
from forms.applications import policies, steps
from forms.applications.models import Application
from forms.applications.movement import Refused, Stale
from forms.applications.states import BY_ACTION, Move, State
from forms.review.asking import CORRECT, QUESTION, AskForm
from forms.review.moves.inputs import StepForm

from .fields import OF_QUESTION
from .found import found, stale

LARGEST = 2**31 - 1
MEND = gettext_lazy("Исправьте данные и отправьте ещё раз")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was read: of which application, from which version, with what."""

    move: Move
    application: Application
    version: int
    needs: dict[str, Any]


def read(user: Any, pk: int, action: str, body: dict[str, Any]) -> Step:
    """The step of a request. Raises Http404, PermissionDenied, or Problem: 409 stale or not now, 422 by field."""
    move = BY_ACTION.get(action)
    if move is None or move.by_applicant:
        raise Http404
    application, _waiting = found(user, pk)
    if move.action in ("assign", "reassign"):
        move = BY_ACTION["assign" if application.state == State.NEW else "reassign"]
    if not user.has_perm(move.permission):
        raise PermissionDenied
    given = dict(body)
    version = version_of(given)
    if version != application.version:
        raise stale(application, version)
    decision = policies.may_move(user, move, application)
    if not decision:
        raise Problem(409, decision.reason)
    return Step(move, application, version, _needs(move, application, given))


def version_of(given: dict[str, Any]) -> int:
    """The version that was seen, taken out of the body; Problem 422 without one."""
    version = given.pop("version", None)
    if not isinstance(version, int) or isinstance(version, bool) or not 0 < version <= LARGEST:
        raise wrong("version", _("Пришлите version карточки, которую вы видели: целое число"))
    return version


def rehearsed(step: Step, user: Any, name: str = "") -> dict[str, Any]:
    """What the applicant will read; raises as `told` says."""
    action = name or step.move.action
    with told(user, step.application.pk, step.version):
        seen = steps.rehearse(action, step.application.pk, user, step.version, step.needs)
    view = seen.view
    parts = {name: getattr(view, name) for name in ("state_words", "promise", "explanation", "norm", "next_step")}
    return parts | {"message": seen.message, "subject": seen.subject, "letter": seen.letter}


@contextmanager
def told(user: Any, pk: int, version: int) -> Iterator[None]:
    """An action's refusal becomes the problem that tells it: 422 where a field would have to be other, else 409, and
    404 for what is not theirs to see."""
    try:
        yield
    except Refused as refused:
        if refused.field:
            raise wrong(refused.field, str(refused.sentence)) from refused
        raise Problem(409, refused.sentence) from refused
    except Stale as error:
        raise stale(found(user, pk)[0], version) from error
    except Application.DoesNotExist as error:
        raise Http404 from error


def _needs(move: Move, application: Application, given: dict[str, Any]) -> dict[str, Any]:
    if move.action == "merge":
        only(given, ("into",))
        return {"into_id": whole(given, "into")}
    if move.is_button:
        only(given, ())
        return {}
    if move.action == "ask":
        return _question(given)
    form = StepForm(move, application)
    names = [name for name in form.fields if name != "expected"]
    only(given, names)
    form = StepForm(move, application, _typed(given))
    _valid(form)
    return form.needs()


def _question(given: dict[str, Any]) -> dict[str, Any]:
    only(given, (*OF_QUESTION, "asked"))
    asked = given.pop("asked", None) or {}
    if not isinstance(asked, dict) or not all(isinstance(why, str) for why in asked.values()):
        raise wrong("asked", _("Пришлите объект: ключ вопроса и что в нём поправить, словами"))
    form = AskForm(_typed(given) | {"kind": CORRECT if asked else QUESTION})
    _valid(form)
    return {name: form.cleaned_data[name] for name in OF_QUESTION} | {"asked": asked}


def _typed(given: dict[str, Any]) -> dict[str, str]:
    """As a form is sent: texts. Anything but a text or a whole number is refused, not guessed at."""
    for name, value in given.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
            raise wrong(name, _("Пришлите текст или целое число"))
    return {name: str(value) for name, value in given.items() if value is not None}


def whole(given: dict[str, Any], name: str) -> int:
    """An id out of the body."""
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 2**53:
        raise wrong(name, _("Пришлите id обращения: целое число"))
    return value


def only(given: dict[str, Any], names: Any) -> None:
    """Refuse a field that is not asked for: a slip of the pen would be lost silently."""
    for name in sorted(set(given) - set(names)):
        raise wrong(name, _("Такого поля здесь нет. Уберите его"))


def _valid(form: Any) -> None:
    if not form.is_valid():
        errors = {name: [str(each) for each in found] for name, found in form.errors.items()}
        raise Problem(422, MEND, errors)


def wrong(name: str, sentence: str) -> Problem:
    """One field is wrong."""
    return Problem(422, MEND, {name[:64]: [sentence]})
