"""The list of applications: the very parameters of the screen's address, read by the very functions of the screen."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from forms.api.problems import Problem
from forms.api.schemas import ProblemOut
from forms.applications import office
from forms.applications.models import Application
from forms.review import columns, due, filters, folders, paging, planner
from forms.review.queue import PASSING, Look

from .schemas import QueueOut

router = Router(tags=[str(_("Очередь"))])
PARAMETERS = {
    "folder": _("Папка: %s") % ", ".join(folders.BY_KEY),
    "q": _("Поиск во всех папках: номер, имя, телефон, почта или слова"),
    "by": _("Как искать: number, name или words"),
    "sort": _("Порядок: due, received, name, urgency, closed; с «-» впереди обратный"),
    "p": _("Страница: next, previous или last из прежнего ответа"),
    "columns": _("Ответы на вопросы одной формы (с параметром form): «a.ключ», можно повторить"),
    **{kind.key: f"{_('Фильтр')}: {kind.label}" for kind in filters.KINDS},
    **{
        f"{name}_{end}": f"{_('Фильтр')}: {label}, {words}"
        for name, (_column, label) in filters.RANGES.items()
        for end, words in (("from", _("с даты")), ("to", _("по дату")))
    },
    "unread": _("Фильтр: 1, только с новыми сообщениями"),
    "a.{key}": _("Фильтр по ответу одной формы; у чисел и дат «a.ключ.from» и «a.ключ.to»"),
}
PROBLEMS = {frozenset({401, 403, 422, 429}): ProblemOut}


def _described() -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "description": str(words), "schema": {"type": "string"}}
        for name, words in PARAMETERS.items()
    ]


@router.get(
    "/queue",
    response={200: QueueOut, **PROBLEMS},
    summary=str(_("Список обращений")),
    openapi_extra={"parameters": _described()},
)
def listed(request: HttpRequest) -> Any:
    """Папка или поиск с фильтрами, как на экране очереди: параметры те же, что в адресе экрана. Поиск записывается в
    журнал."""
    look = Look(request.user, request.GET)
    if errors := dict(_errors(look)):
        raise Problem(422, _("Проверьте параметры запроса"), errors)
    try:
        page = planner.page(look.wanted)
    except planner.TooBroad as broad:
        raise Problem(422, broad.sentence) from broad
    if look.text:
        office.note_search(look.user, look.found_by[0], [row.pk for row in page.object_list])
    return {
        "folder": "" if look.text else look.folder.key,
        "sort": f"-{look.sort.key}" if look.sort.descending else look.sort.key,
        "searched_by": look.found_by[0] if look.text else None,
        "filters": look.filters.pills,
        "folders": [
            {"key": each.key, "label": each.label, "count": folders.shown(look.numbers[each.key])}
            for each in folders.FOLDERS
        ],
        "total": look.total(page) or look.total() or None,
        "items": _rows(request, look, page.object_list),
        "next": page.following,
        "previous": page.previous,
        "last": paging.token(paging.LAST) if page.following else None,
    }


def _errors(look: Look) -> Iterator[tuple[str, list[str]]]:
    """The screen passes over what it does not know, so that an old link opens; a program must hear of it instead of
    taking all applications for the few it asked for."""
    query = look.query
    for name in query:
        if name not in PARAMETERS and name not in PASSING and not filters.is_filter(name):
            yield name[:64], [_("Такого параметра нет. Уберите его")]
    if (folder := query.get("folder")) and folder not in folders.BY_KEY:
        yield "folder", [_("Такой папки нет. Папки: %s") % ", ".join(folders.BY_KEY)]
    if (sort := query.get("sort")) and folders.sort_of(look.sorts, sort) is None:
        yield "sort", [_("Такого порядка здесь нет. Есть: %s") % ", ".join(each.key for each in look.sorts)]
    if query.get("p") and look.wanted.place == paging.Place():
        yield "p", [_("Такой страницы в этом порядке нет. Начните с первой, без параметра p")]
    in_force = {name for pill in look.filters.pills for name in pill.names}
    for name in query:
        if filters.is_filter(name) and any(query.getlist(name)) and name not in in_force:
            yield name[:64], [_("Такого значения нет. Фильтр по ответу работает только вместе с одной формой (form)")]
    known = {column.name for column in columns.offered(look.definition) if column.is_answer}
    if wrong := [name for name in query.getlist("columns") if name not in known]:
        yield "columns", [_("Таких ответов у формы нет: %s") % ", ".join(name[:64] for name in wrong[:5])]


def _rows(request: HttpRequest, look: Look, rows: Sequence[Application]) -> list[dict[str, Any]]:
    wanted = set(look.query.getlist("columns"))
    asked = [column for column in columns.offered(look.definition) if column.is_answer and column.name in wanted]
    near = columns.beside(rows, [columns.BY_NAME["labels"], *asked], look.user)
    return [_row(request, row, near, asked) for row in rows]


def _row(
    request: HttpRequest, row: Application, near: columns.Beside, asked: Sequence[columns.Column]
) -> dict[str, Any]:
    names = ("id", "version", "state", "summary", "phone", "has_news", "is_open", "received_at", "closed_at")
    return {name: getattr(row, name) for name in (*names, "due_on", "contact_on", "paused_on")} | {
        "number": row.public_number,
        "url": request.build_absolute_uri(reverse("form_review:card", args=[row.pk])),
        "state_words": row.get_state_display(),
        "name": row.short_name,
        "territory": row.territory.name if row.territory else "",
        "team": row.team.name,
        "form": row.form.title,
        "topic": row.topic.name if row.topic else "",
        "labels": sorted(near.labels.get(row.pk, ())),
        "urgency": row.get_urgency_display(),
        "channel": row.get_channel_display(),
        "assignee": row.assignee.short_name if row.assignee else "",
        "due_words": due.chip_of(row, timezone.localdate()).words if row.is_open else "",
        "is_held": row.pk in near.held,
        "looking": near.looking.get(row.pk, []),
        "answers": {column.name: str(column.cell(row, near)) for column in asked},
    }
