"""The columns of the queue. Each draws its own cell: a template for every cell is two thirds of a page's time."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forms.applications.models import Application, Labelling, PendingMove, Sheet, StaffSheet
from forms.definitions import fields, versions
from forms.definitions.document import Definition, Field
from forms.definitions.models import FormVersion
from home.words import day_month

from . import due, names, presence
from .filters import ANSWER

ICON = '<svg class="icon icon-{0}" aria-hidden="true"><use href="#icon-{0}"></use></svg>'
PICK = (
    '<td class="q-c-pick"><input type="checkbox" form="q-bulk" name="row" value="{}:{}" data-pick aria-label="{}"></td>'
)
MOST = 12


@dataclass(slots=True)
class Beside:
    """What the rows of one page need from other tables, read once a page."""

    answers: dict[int, dict[str, Any]]
    labels: dict[int, list[str]]
    looking: dict[int, list[str]]
    held: set[int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `sort` names the order behind its heading; `narrow` hides it on small screens."""

    name: str
    label: str | Promise
    cell: Callable[[Application, Beside], Any]
    sort: str = ""
    narrow: bool = True
    is_answer: bool = False

    @property
    def look(self) -> str:
        """Its classes; queue.css knows the widths."""
        name = "answer" if self.is_answer else self.name
        return f"q-c-{name}{' q-ans' if self.is_answer else ''}{' q-hide' if self.narrow else ''}"


def _when(row: Application, beside: Beside) -> SafeString | str:
    if row.closed_at:
        return format_html('<span class="q-due">{}</span>', day_month(row.closed_at))
    chip = due.chip_of(row, timezone.localdate())
    icon = format_html(ICON, chip.icon) if chip.icon else ""
    look = f" q-due--{chip.look}" if chip.look else ""
    return format_html('<span class="q-due{}">{}{}</span>', look, icon, chip.words)


def _assignee(row: Application, beside: Beside) -> SafeString | str:
    if row.assignee:
        return row.assignee.short_name
    return format_html('<span class="q-meta">{}</span>', _("не назначен"))


def _news(row: Application, beside: Beside) -> SafeString | str:
    if not row.has_news:
        return ""
    mark = '<span class="q-mark">{}<span class="w-sr-only">{}</span></span>'
    return format_html(mark, format_html(ICON, "mail"), _("Новое от заявителя:"))


def _labels(row: Application, beside: Beside) -> str:
    return ", ".join(sorted(beside.labels.get(row.pk, ())))


def _number(row: Application, beside: Beside) -> str:
    return row.public_number


NEWS = Column("news", _("Сообщения"), _news, narrow=False)
WHO = Column("who", _("Заявитель и просьба"), lambda row, beside: "", sort="name", narrow=False)
COLUMNS: tuple[Column, ...] = (
    Column("number", _("№"), _number, narrow=False),
    Column("due", _("Срок"), _when, sort="due", narrow=False),
    WHO,
    Column("place", _("Муниципалитет"), lambda row, beside: row.territory.name if row.territory else ""),
    Column("team", _("Команда"), lambda row, beside: row.team.name),
    Column("form", _("Форма"), lambda row, beside: row.form.title),
    Column("topic", _("Тема"), lambda row, beside: row.topic.name if row.topic else ""),
    Column("labels", _("Метки"), _labels),
    Column("urgency", _("Срочность"), lambda row, beside: row.get_urgency_display(), sort="urgency"),
    Column("channel", _("Откуда"), lambda row, beside: row.get_channel_display()),
    Column("phone", _("Телефон"), lambda row, beside: row.phone),
    Column("received", _("Получено"), lambda row, beside: day_month(row.received_at), sort="received"),
    Column("state", _("Состояние"), lambda row, beside: row.get_state_display(), narrow=False),
    Column("assignee", _("Исполнитель"), _assignee, narrow=False),
)
BY_NAME = {column.name: column for column in COLUMNS}
USUAL = ("number", "due", "who", "place", "state", "assignee")


def offered(definition: Definition | None) -> list[Column]:
    """All that can be chosen: the fixed ones, then every answer of the one form, those of the staff too."""
    asked = [question for question in definition.fields if _holds(question)] if definition else []
    return [*COLUMNS, *(_of_answer(question.key, question.label) for question in asked)]


def chosen(names: Iterable[str] | None, definition: Definition | None) -> list[Column]:
    """The columns to draw: the chosen ones in their fixed order, always with the applicant."""
    wanted = {*(USUAL if names is None else names), "who"}
    return [NEWS, *[column for column in offered(definition) if column.name in wanted][:MOST]]


def beside(rows: Sequence[Application], columns: Iterable[Column], user: Any) -> Beside:
    """Read what the rows need besides themselves, by one statement: answers, labels, who has them open, held steps."""
    wanted = {column.name for column in columns}
    ids = [row.pk for row in rows]
    parts: list[Any] = []
    if any(name.startswith(ANSWER) for name in wanted):
        parts.append(_texts(Sheet.objects.filter(pk__in=ids), "answers", "pk", "answers"))
        parts.append(_texts(StaffSheet.objects.filter(pk__in=ids), "answers", "pk", "answers"))
        # The versions that were answered, where this process has not met them: not one by one as the cells are drawn.
        if unknown := versions.unknown(row.form_version_id for row in rows):
            parts.append(_texts(FormVersion.objects.filter(pk__in=unknown), "version", "pk", versions.whole()))
    if "labels" in wanted:
        parts.append(_texts(Labelling.objects.filter(application__in=ids), "label", "application_id", "label__name"))
    return _read([*parts, *_moving(ids, user)] if ids else [])


def astir(ids: Sequence[int], user: Any) -> Beside:
    """What comes and goes by itself on rows that stand open: who has them open, held steps; one statement."""
    return _read(_moving(ids, user) if ids else [])


def _moving(ids: Sequence[int], user: Any) -> list[Any]:
    looking = presence.looking(ids, user).order_by()
    held = PendingMove.objects.filter(application__in=ids, state=PendingMove.State.HELD, due_at__gt=timezone.now())
    return [
        _texts(looking, "looking", "application_id", names.written("user__")),
        _texts(held.order_by(), "held", "application_id", "action"),
    ]


def _read(parts: Sequence[Any]) -> Beside:
    near = Beside({}, {}, {}, set())
    for kind, pk, text in parts[0].union(*parts[1:], all=True) if parts else ():
        if kind == "answers":
            near.answers.setdefault(pk, {}).update(json.loads(text))
        elif kind == "version":
            versions.learn(pk, text)
        elif kind == "held":
            near.held.add(pk)
        elif kind == "looking":
            near.looking.setdefault(pk, []).append(names.short(text))
        else:
            near.labels.setdefault(pk, []).append(text)
    return near


def _texts(rows: Any, kind: str, pk: str, text: Any) -> Any:
    columns = {"c_kind": Value(kind, output_field=CharField()), "c_pk": F(pk), "c_text": Cast(text, TextField())}
    return rows.annotate(**columns).values_list(*columns)


def line(row: Application, columns: Iterable[Column], near: Beside, query: str, *, picks: bool = False) -> SafeString:
    """One row of the table; its card is opened with the `query` of the list. `picks`: with a box to choose it."""
    cells = format_html_join("", "{}", ((_cell(row, column, near, query),) for column in columns))
    if picks:
        cells = format_html(PICK + "{}", row.pk, row.version, _("Выбрать № %s") % row.public_number, cells)
    look = ' class="is-unread"' if row.has_news else ""
    return format_html('<tr data-row="{}" data-version="{}"{}>{}</tr>', row.pk, row.version, SafeString(look), cells)


def _cell(row: Application, column: Column, near: Beside, query: str) -> SafeString:
    if column is WHO:
        return format_html(
            '<th scope="row" class="q-who"><a href="{}?{}">{}</a><span data-eye>{}</span>'
            "<span data-way>{}</span><small>{}</small></th>",
            *(reverse("form_review:card", args=[row.pk]), query, row.short_name or _("без имени")),
            *(_eye(near.looking.get(row.pk, [])), _on_its_way(row.pk in near.held), row.summary),
        )
    return format_html('<td class="{}">{}</td>', column.look, column.cell(row, near))


def _on_its_way(held: bool) -> SafeString | str:
    if not held:
        return ""
    return format_html('<span class="q-way">{} {}</span>', format_html(ICON, "time"), _("шаг уходит"))


def _eye(people: Sequence[str]) -> SafeString | str:
    if not people:
        return ""
    told = ngettext("%(names)s смотрит", "%(names)s смотрят", len(people)) % {"names": ", ".join(people)}
    return format_html('<span class="q-eye">{} {}</span>', format_html(ICON, "view"), told)


def _of_answer(key: str, label: str) -> Column:
    def cell(row: Application, near: Beside) -> str:
        value = near.answers.get(row.pk, {}).get(key)
        if value is None:
            return ""
        # The words of the version that was answered; another version may call the choice otherwise.
        question = versions.definition_of(row.form_version_id).field(key)
        return fields.get(question.type).column(question, value)

    return Column(f"{ANSWER}{key}", label, cell, is_answer=True)


def _holds(question: Field) -> bool:
    return fields.get(question.type).holds_answer and question.type != "consent"
