"""Notes for colleagues, letters to the applicant, and what staff fill in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Router, Status

from forms.api.body import read_object
from forms.api.problems import Problem
from forms.api.schemas import ProblemOut
from forms.applications import notes, policies, staffing
from forms.applications.models import Application, Label, Note, Urgency
from forms.applications.states import BY_ACTION
from forms.applications.texts import cleaned
from forms.review.composing import address_of, may_ever_note

from . import moves, once, steps_in
from .found import found
from .schemas_of_card import FilledOut, LabelOut, NoteOut, TakenOut

router = Router(tags=[str(_("Действия"))])
PROBLEMS = {frozenset({400, 401, 403, 404, 409, 413, 422, 429}): ProblemOut}
MOST_LABELS = 500
TEXT = {"type": "string", "maxLength": notes.TEXT_LENGTH}
VERSION = {"type": "integer", "description": str(_("version карточки, которую вы видели"))}


def _takes(required: list[str], *, keyed: bool = True, **properties: Any) -> dict[str, Any]:
    """A body of these fields, with a key that is needed or, with `keyed` False, may be sent."""
    schema = {"type": "object", "required": required, "properties": properties}
    body = {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
    return body | {"parameters": [once.header(required=keyed)]}


@router.post(
    "/applications/{int:pk}/notes",
    response={200: NoteOut, 201: NoteOut, **PROBLEMS},
    summary=str(_("Оставить заметку для коллег")),
    openapi_extra=_takes(["text"], text=TEXT),
)
def note(request: HttpRequest, pk: Path[int]) -> Any:
    """Заявитель её не увидит. Коллег зовут через @, как на карточке."""
    user: Any = request.user
    key, given = once.key_of(request, pk), read_object(request)
    application, _waiting = found(user, pk)
    if not may_ever_note(user):
        raise PermissionDenied
    text = _text(given, ("text",))
    known = Note.objects.filter(application=application, key=key).first()
    with steps_in.told(user, application.pk, application.version):
        if known is not None and known.text != cleaned(text, notes.TEXT_LENGTH):
            raise once.used()
        added = notes.add(application.pk, user, text, key, address_of)
    called = [person.short_name for person in added.called]
    return Status(200 if known else 201, {"id": added.note.pk, "called": called, "unknown": list(added.unknown)})


@router.post(
    "/applications/{int:pk}/letters",
    response={200: TakenOut, 202: TakenOut, **PROBLEMS},
    summary=str(_("Написать заявителю")),
    openapi_extra=_takes(["version", "text"], version=VERSION, text=TEXT),
)
def letter(request: HttpRequest, pk: Path[int]) -> Any:
    """Сообщение, на которое ответ не нужен; срок идёт дальше. Вопрос заявителю: шаг ask. Уходит через несколько секунд,
    до этого его можно отменить."""
    user: Any = request.user
    key, given = once.key_of(request, pk), read_object(request)
    return once.once(user, pk, key, given, lambda: _send(user, pk, dict(given)))


def _send(user: Any, pk: int, given: dict[str, Any]) -> Any:
    application, _waiting = found(user, pk)
    if not user.has_perm(policies.WORK):
        raise PermissionDenied
    version = steps_in.version_of(given)
    # The table has no move for it: a letter changes no state.
    step = steps_in.Step(BY_ACTION["ask"], application, version, {"text": _text(given, ("text",))})
    return moves.hold(user, step, "write")


@router.post(
    "/applications/{int:pk}/staff",
    response={200: FilledOut, **PROBLEMS},
    summary=str(_("Заполнить поля сотрудников, метки, тему, срочность")),
    openapi_extra=_takes(
        ["version"],
        keyed=False,
        version=VERSION,
        answers={
            "type": "object",
            "description": str(_("Ключ вопроса и ответ; null стирает, прочие останутся")),
        },
        labels={"type": "array", "items": {"type": "integer"}, "description": str(_("Все метки, какими им быть"))},
        new_label={"type": "string"},
        topic={"type": "integer", "description": str(_("id метки; 0: без темы"))},
        urgency={"type": "integer", "enum": list(Urgency.values)},
        reason={"type": "string", "description": str(_("Почему меняете тему или срочность"))},
    ),
)
def fill(request: HttpRequest, pk: Path[int]) -> Any:
    """Меняется только то, что прислано."""
    user: Any = request.user
    key, given = once.key_of(request, pk, required=False), read_object(request)
    return once.once(user, pk, key, ["staff", given], lambda: _fill(user, pk, dict(given)))


def _fill(user: Any, pk: int, given: dict[str, Any]) -> Any:
    application, _waiting = found(user, pk)
    if not user.has_perm(policies.WORK):
        raise PermissionDenied
    version = steps_in.version_of(given)
    wanted = _wanted(application, given)
    try:
        with steps_in.told(user, application.pk, version):
            saved = staffing.save(application.pk, user, version, wanted)
    except Problem as problem:
        if isinstance(problem.__cause__, staffing.Wrong):
            raise Problem(422, problem.detail, problem.__cause__.errors) from problem
        raise
    return {"version": saved.version, "changed": saved.version != version}


@router.get("/labels", response=list[LabelOut], summary=str(_("Метки")))
def labels(request: HttpRequest) -> Any:
    """Все метки: из них же выбирают тему."""
    return Label.objects.order_by("name").values("id", "name")[:MOST_LABELS]


def _wanted(application: Application, given: dict[str, Any]) -> staffing.Wanted:
    steps_in.only(given, ("answers", "labels", "new_label", "topic", "urgency", "reason"))
    chosen = given.get("labels")
    if chosen is not None and not (isinstance(chosen, list) and all(_is_id(each) for each in chosen)):
        raise steps_in.wrong("labels", _("Пришлите список id меток"))
    for name in ("topic", "urgency"):
        if given.get(name) is not None and not _is_id(given[name]):
            raise steps_in.wrong(name, _("Пришлите целое число"))
    for name in ("new_label", "reason"):
        if not isinstance(given.get(name, ""), str):
            raise steps_in.wrong(name, _("Пришлите текст"))
    return staffing.Wanted(
        raw=_raw(application, given.get("answers")),
        labels=frozenset(chosen) if chosen is not None else None,
        new_label=given.get("new_label", ""),
        topic=given.get("topic"),
        urgency=given.get("urgency"),
        reason=given.get("reason", ""),
    )


def _raw(application: Application, answers: Any) -> dict[str, Any] | None:
    """The answers that stand, with those that were sent in their place."""
    if answers is None:
        return None
    if not isinstance(answers, dict):
        raise steps_in.wrong("answers", _("Пришлите объект: ключ вопроса и ответ"))
    stand = staffing.answers_of(application)
    known = {question.key for question in staffing.questions_of(application, stand)}
    for name in sorted(set(answers) - known):
        raise steps_in.wrong(name, _("Такого вопроса для сотрудников у этой формы нет"))
    return stand | answers


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _text(given: dict[str, Any], names: tuple[str, ...]) -> str:
    steps_in.only(given, names)
    text = given.get("text", "")
    if not isinstance(text, str):
        raise steps_in.wrong("text", _("Пришлите текст"))
    return text
