"""The steps of the table: rehearsed, taken with the seconds for undo, undone."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Router, Status

from forms.api.body import read_object
from forms.api.schemas import ProblemOut
from forms.applications import holding, reversing

from . import once, steps_in
from .found import found
from .schemas_of_card import ReadOut, TakenOut

router = Router(tags=[str(_("Действия"))])
PROBLEMS = {frozenset({400, 401, 403, 404, 409, 413, 422, 429}): ProblemOut}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["version"],
                    "properties": {
                        "version": {"type": "integer", "description": str(_("version карточки, которую вы видели"))}
                    },
                    "additionalProperties": {"description": str(_("Поля шага: имена и пределы в moves карточки"))},
                }
            }
        },
    }
}


@router.post(
    "/applications/{int:pk}/moves/{slug:action}",
    response={200: TakenOut, 202: TakenOut, **PROBLEMS},
    summary=str(_("Сделать шаг")),
    openapi_extra=BODY | {"parameters": [once.header(required=False)]},
)
def take(request: HttpRequest, pk: Path[int], action: Path[str]) -> Any:
    """Шаги и их поля названы в moves карточки. Шаг с текстом уходит через несколько секунд (202, leaves_at): до этого
    его можно отменить. Шаг без текста делается сразу (200). Если обращение изменили, ответ 409 скажет, что. Если ответ
    потерялся, повторите с тем же ключом: шаг не будет сделан дважды, ответ придёт тот же, но без applicant_reads."""
    user: Any = request.user
    key, given = once.key_of(request, pk, required=False), read_object(request)
    return once.once(user, pk, key, [action, given], lambda: _take(user, pk, action, given))


def _take(user: Any, pk: int, action: str, given: dict[str, Any]) -> Any:
    step = steps_in.read(user, pk, action, given)
    application, name = step.application, step.move.action
    if step.move.is_button:
        with steps_in.told(user, application.pk, step.version):
            application = reversing.take(name, application.pk, user, step.version)
        until = timezone.now() + timedelta(seconds=settings.UNDO_SECONDS) if settings.UNDO_SECONDS else None
        return answered(application, name, "done", version=application.version, undo_until=until)
    return hold(user, step, name)


def hold(user: Any, step: steps_in.Step, name: str) -> Any:
    """Rehearse and hold; what is answered."""
    reads = steps_in.rehearsed(step, user, name)
    with steps_in.told(user, step.application.pk, step.version):
        held = holding.hold(name, step.application.pk, user, step.version, step.needs)
    if held is None:
        return answered(step.application, name, "done", applicant_reads=reads)
    answer = answered(step.application, name, "held", applicant_reads=reads, version=step.version)
    return Status(202, answer | {"leaves_at": held.due_at, "undo_until": held.due_at})


@router.post(
    "/applications/{int:pk}/moves/{slug:action}/rehearsal",
    response={200: ReadOut, **PROBLEMS},
    summary=str(_("Посмотреть, что прочтёт заявитель")),
    openapi_extra=BODY,
)
def rehearse(request: HttpRequest, pk: Path[int], action: Path[str]) -> Any:
    """То же тело, что у шага. Ничего не меняется и не уходит."""
    user: Any = request.user
    return steps_in.rehearsed(steps_in.read(user, pk, action, read_object(request)), user)


@router.delete(
    "/applications/{int:pk}/pending",
    response={200: TakenOut, **PROBLEMS},
    summary=str(_("Отменить шаг")),
)
def undo(request: HttpRequest, pk: Path[int]) -> Any:
    """Свой шаг, пока идут секунды отмены. Набранное остаётся у сотрудника черновиком."""
    user: Any = request.user
    application, waiting = found(user, pk)
    step = waiting.held if waiting.is_mine else waiting.taken
    with steps_in.told(user, application.pk, application.version):
        holding.undo(application.pk, user)
    now, _waiting = found(user, pk)
    return answered(now, step.action if step else "", "undone", version=now.version)


def answered(application: Any, action: str, state: str, **more: Any) -> dict[str, Any]:
    """What is told of a step."""
    names = ("version", "leaves_at", "undo_until", "applicant_reads")
    plain = {"state": state, "action": action, "number": application.public_number}
    return plain | {name: more.get(name) for name in names}
