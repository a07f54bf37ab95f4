"""Forms for other systems: what is asked, sending an application, and how it stands."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Status
from ninja.throttling import AnonRateThrottle
from wagtail.models import Page

from accounts.addresses import client_ip
from forms.applications import actions, codes, opening, timeline, tries
from forms.applications.models import Application
from forms.definitions import versions
from forms.definitions.answers import clean_all
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from forms.definitions.models import Form, FormVersion
from forms.definitions.schema import answers_schema

from . import schemas
from .body import read_object
from .paging import Portion, portion_of
from .problems import Problem

router = Router(tags=["Заявки"])
KEY = re.compile(r"[!-~]{8,200}")
# Generous: a whole office or a partner system stands behind one address. Codes have a throttle of their own.
OFTEN = "600/m"
BODY = {
    "type": "object",
    "required": ["consent", "answers"],
    "properties": {
        "answers": {"type": "object", "description": "Ключ вопроса и ответ, как в answers_schema формы"},
        "consent": {
            "type": "object",
            "required": ["version"],
            "properties": {"version": {"type": "integer", "description": "Прочитанная редакция согласия"}},
        },
        "version": {"type": "integer", "description": "Версия формы, если её нужно сверить"},
    },
}
PROBLEMS = {frozenset({400, 404, 409, 413, 422, 429}): schemas.ProblemOut}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _public_forms() -> Any:
    """Forms whose start page everybody may see; restricted and unpublished ones do not exist here."""
    pages = Page.objects.live().public().filter(content_type__app_label="form_build", content_type__model="formpage")
    return Form.objects.filter(slug__in=pages.values("slug"), versions__isnull=False).distinct().order_by("title")


def _form(request: HttpRequest, form: Form, version: FormVersion, definition: Definition) -> dict[str, Any]:
    return {
        "slug": form.slug,
        "title": definition.title,
        "purpose": definition.purpose,
        "minutes": definition.minutes,
        "version": version.number,
        "is_open": opening.of(form).is_open,
        "url": request.build_absolute_uri(f"/forms/{form.slug}/"),
    }


@router.get("/forms", response=schemas.FormsOut, summary="Формы")
def form_list(request: HttpRequest, portion: Query[Portion]) -> Any:
    """Формы, которые можно заполнить."""

    def shape(form: Form) -> dict[str, Any]:
        version = newest[form.pk]
        return _form(request, form, version, versions.compiled(version))

    forms = _public_forms()
    newest: dict[int, FormVersion] = {}
    for version in FormVersion.objects.without_document().filter(form__in=forms).order_by("number"):
        newest[version.form_id] = version
    return portion_of(forms, portion, shape)


@router.get("/forms/{slug:slug}", response=schemas.FormWhole, summary="Форма целиком")
def form_whole(request: HttpRequest, slug: Path[str]) -> Any:
    """Шаги, вопросы и условия формы, JSON Schema ответов и действующая редакция согласия. Описание формы: по схеме
    /api/schemas/form, без вопросов, которые заполняют сотрудники, и без правил, по которым заявку направляют."""
    version, definition = _found(slug)
    document = definition.public_json()
    document.pop("team")
    return _form(request, version.form, version, definition) | {
        "definition": document,
        "answers_schema": answers_schema(definition),
    }


def _found(slug: str) -> tuple[FormVersion, Definition]:
    version = versions.latest(slug) if _public_forms().filter(slug=slug).exists() else None
    if version is None:
        raise Http404
    return version, versions.compiled(version)


@router.post(
    "/forms/{slug:slug}/applications",
    response={200: schemas.Sent, 201: schemas.Sent, **PROBLEMS},
    summary="Отправить заявку",
    throttle=AnonRateThrottle(OFTEN),
    openapi_extra=_json(BODY)
    | {
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "description": "Ваш ключ отправки, 8–200 знаков. Повтор с ним вернёт ту же заявку",
                "schema": {"type": "string", "minLength": 8, "maxLength": 200},
            }
        ]
    },
)
def send(request: HttpRequest, slug: Path[str], response: HttpResponse) -> Any:
    """Это заявка о помощи, а не официальное обращение. В ответе номер и код: передайте их заявителю."""
    version, definition = _found(slug)
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        errors = {"Idempotency-Key": [_("Пришлите в заголовке ключ из 8–200 латинских знаков без пробелов")]}
        raise Problem(400, _("Нужен ключ отправки"), errors)
    data = read_object(request)
    response["Cache-Control"] = "no-store"
    known = actions.sent_before(version.form_id, key)
    if known:
        return Status(200, _again(request, known, data))
    now = opening.of(version.form)
    if not now.is_open:
        raise Problem(409, f"{now.title}. {now.sentence}")
    if data.get("version", version.number) != version.number:
        raise Problem(409, _("Форма обновилась. Получите её заново и сверьте ответы"))
    answers = _cleaned(definition, data)
    try:
        application = actions.submit_answers(version, answers, definition.consent.version, "api", key)
    except actions.Refused as refused:
        raise Problem(409, refused.sentence) from refused
    return Status(201, _sent(request, application))


def _cleaned(definition: Definition, data: dict[str, Any]) -> dict[str, Any]:
    """The answers when all of the body is right; Problem 422 with a sentence for each thing that is not."""
    answers, errors = clean_all(definition, data.get("answers"))
    consent = data.get("consent")
    agreed = consent.get("version") if isinstance(consent, dict) else None
    if isinstance(agreed, bool) or agreed != definition.consent.version:
        errors["consent"] = [
            _("Нужно согласие на редакцию %d. Покажите её человеку и спросите согласие") % definition.consent.version
        ]
    for name in sorted(set(data) - set(BODY["properties"]))[:20]:
        errors[name[:64]] = [_("Такого поля нет. Уберите его")]
    if errors:
        raise Problem(422, _("Исправьте ответы и отправьте ещё раз"), errors)
    return answers


def _again(request: HttpRequest, known: Application, data: dict[str, Any]) -> dict[str, Any]:
    definition = versions.definition_of(known.form_version_id)
    used = Problem(409, _("Этот ключ уже использован для другой заявки. Возьмите новый ключ"))
    try:
        answers = _cleaned(definition, data)
    except Problem as problem:
        raise used from problem
    if Journey(definition, answers).kept() != known.sheet.answers:
        raise used
    return _sent(request, known)


def _sent(request: HttpRequest, application: Application) -> dict[str, Any]:
    view = timeline.for_applicant(application)
    return {
        "number": view.number,
        "code": codes.shown(codes.code_for(application)),
        "answer_by": view.due_on,
        "status_words": str(view.state_words),
        "status_url": request.build_absolute_uri(reverse("apply:requests")),
    }


@router.post(
    "/requests/status",
    response={200: schemas.StatusOut, **PROBLEMS},
    summary="Что с заявкой",
    throttle=AnonRateThrottle(OFTEN),
    openapi_extra=_json(
        {
            "type": "object",
            "required": ["number", "code"],
            "properties": {"number": {"type": "string"}, "code": {"type": "string"}},
        }
    ),
)
def status(request: HttpRequest, response: HttpResponse) -> Any:
    """Состояние заявки по номеру и коду: то же, что видит заявитель на портале."""
    data = read_object(request)
    response["Cache-Control"] = "no-store"
    number, code = data.get("number"), data.get("code")
    if not (isinstance(number, str) and isinstance(code, str) and len(number) < 40 and len(code) < 40):
        raise Problem(422, _("Пришлите номер заявки и код строками"))
    try:
        application = codes.find(number, code, client_ip(request))
    except (tries.TooManyTries, tries.NeedsProof) as error:
        detail = _("Код вводили слишком много раз. Повторите через %d мин.") % error.minutes
        raise Problem(429, detail, wait=error.minutes * 60) from error
    if application is None:
        raise Problem(404, _("Заявки с таким номером и кодом нет. Проверьте цифры"))
    view = timeline.for_applicant(application)
    return {
        "number": view.number,
        "status_words": str(view.state_words),
        "promise": str(view.promise),
        "is_open": view.is_open,
        "received_at": view.received_at,
        "answer_by": view.due_on,
        "explanation": view.explanation,
        "norm": view.norm,
        "next_step": view.next_step,
        "events": [{"at": event.at, "words": str(event.words)} for event in view.events],
    }
