"""The filters of the queue: read from the address, named for the pills, turned into conditions for the planner."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.applications import absences, indexing
from forms.applications.models import Channel, Urgency
from forms.applications.states import CLOSED, State
from forms.definitions import fields
from forms.definitions.document import Definition, Field
from home.words import day_month
from services import territories

from .catalogue import Catalogue
from .sides import OfAnswer, OfLabel, Side
from .wanting import Plain

ME, NOBODY, AWAY = "me", "none", "away"
ANSWER = "a."
MOST_VALUES = 50
Choice = tuple[str, str | Promise]


@dataclass(frozen=True, slots=True)
class Kind:
    """A filter with a list of values; `column` of the row, or blank for a side table."""

    key: str
    label: str | Promise
    column: str = ""
    kind: str = ""
    ticks: bool = False


KINDS: tuple[Kind, ...] = (
    Kind("form", gettext_lazy("Форма"), "form_id", "form"),
    Kind("version", gettext_lazy("Версия формы"), "form_version_id", "version"),
    Kind("team", gettext_lazy("Команда"), "team_id", "team"),
    Kind("territory", gettext_lazy("Муниципалитет"), "territory_id"),
    Kind("assignee", gettext_lazy("Исполнитель"), "assignee_id", "person"),
    Kind("topic", gettext_lazy("Тема"), "topic_id", "label"),
    Kind("label", gettext_lazy("Метка"), "", "label"),
    Kind("state", gettext_lazy("Состояние"), "state", ticks=True),
    Kind("result", gettext_lazy("Результат"), "result", ticks=True),
    Kind("channel", gettext_lazy("Откуда пришло"), "channel", ticks=True),
    Kind("urgency", gettext_lazy("Срочность"), "urgency", ticks=True),
)
BY_KEY = {kind.key: kind for kind in KINDS}
RANGES: dict[str, tuple[str, str | Promise]] = {
    "due": ("due_on", gettext_lazy("Срок")),
    "received": ("received_at", gettext_lazy("Получено")),
}
_FIXED: dict[str, list[Choice]] = {
    "state": [(str(state), state.label) for state in State],
    "result": [(str(state), state.label) for state in State if state in CLOSED],
    "channel": [(str(value), label) for value, label in Channel.choices],
    "urgency": [(str(value), label) for value, label in Urgency.choices],
}


@dataclass(frozen=True, slots=True)
class Pill:
    """One filter in force, in words, with the parameters of the address that make it."""

    label: str
    value: str
    names: tuple[str, ...]


@dataclass(slots=True)
class Filters:
    """What the address asks for. Unknown names and values are passed over, so an old link still opens."""

    plain: list[Plain] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    pills: list[Pill] = field(default_factory=list)


def one_form(query: QueryDict) -> int | None:
    """The form that the list is narrowed to; None for none or several."""
    values = [value for value in query.getlist("form") if value.isascii() and value.isdecimal()]
    return int(values[0]) if len(values) == 1 and len(values[0]) < 18 else None


def is_filter(name: str) -> bool:
    """Whether a parameter of the address is a filter."""
    ends = {f"{key}_{end}" for key in RANGES for end in ("from", "to")}
    return name in BY_KEY or name in ends or name == "unread" or name.startswith(ANSWER)


def choices(kind: Kind, known: Catalogue) -> list[Choice]:
    """The values that the filter offers."""
    if kind.key == "territory":
        return [*territories.choices()]
    if kind.kind == "version":
        return [(str(pk), _("версия %s") % number) for pk, number, _more in known.of("version")]
    named: list[Choice] = [(str(pk), name) for pk, name, _more in known.of(kind.kind)]
    if kind.key == "assignee":
        return [(ME, _("я")), (NOBODY, _("не назначен")), (AWAY, _("у отсутствующих")), *named]
    return _FIXED.get(kind.key, named)


def read(query: QueryDict, known: Catalogue, definition: Definition | None, user: Any) -> Filters:
    """The filters of an address; `definition` is that of the one form, whose answers may be asked for."""
    found = Filters()
    for kind in KINDS:
        _add_listed(found, kind, query.getlist(kind.key)[:MOST_VALUES], known, user)
    for name, (column, label) in RANGES.items():
        low, high = _day(query.get(f"{name}_from")), _day(query.get(f"{name}_to"))
        if low or high:
            found.plain.append(_between(column, low, high))
            found.pills.append(Pill(str(label), _period(low, high), (f"{name}_from", f"{name}_to")))
    if query.get("unread"):
        found.plain.append(Plain("has_news", (True,)))
        found.pills.append(Pill(_("Сообщения"), _("есть новые"), ("unread",)))
    if definition is not None:
        numbers = {key: pk for pk, key, _more in known.of("question")}
        for question in indexing.filterable(definition):
            _add_answer(found, question, query, numbers.get(question.key, 0))
    return found


def _add_listed(found: Filters, kind: Kind, asked: list[str], known: Catalogue, user: Any) -> None:
    offered = dict(choices(kind, known)) if asked else {}
    values = [value for value in dict.fromkeys(asked) if value in offered]
    if not values:
        return
    stored = tuple(one for value in values for one in _stored(kind, value, user))
    if kind.column:
        found.plain.append(Plain(kind.column, stored))
    else:
        found.sides.append(OfLabel(stored))
    words = ", ".join(str(offered[value]) for value in values)
    found.pills.append(Pill(str(kind.label), words, (kind.key,)))


def _stored(kind: Kind, value: str, user: Any) -> tuple[Any, ...]:
    if kind.key == "territory":
        return (territories.ids()[value],)
    if value == AWAY:
        # Nobody has the number 0: with everybody there the list is empty.
        return tuple(absences.on(timezone.localdate())) or (0,)
    if value in (ME, NOBODY):
        return (user.pk if value == ME else None,)
    return (int(value) if value.isdecimal() else value,)


def _between(column: str, low: datetime.date | None, high: datetime.date | None) -> Plain:
    after = high + datetime.timedelta(days=1) if high else None
    if column != "received_at":
        return Plain(column, low=low, high=after)
    return Plain(column, low=_midnight(low), high=_midnight(after))


def _midnight(day: datetime.date | None) -> datetime.datetime | None:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time())) if day else None


def _day(text: str | None) -> datetime.date | None:
    try:
        found = datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def _period(low: Any, high: Any) -> str:
    words = [_("с %s") % day_month(low) if low else "", _("по %s") % day_month(high) if high else ""]
    return " ".join(word for word in words if word)


def ranged(question: Field) -> bool:
    """Whether its answers are numbers, dates or times, asked for by two limits."""
    return question.type not in (*indexing.KEYS, "yes_no")


def answer_choices(question: Field) -> list[Choice]:
    """The values that an answer's filter offers."""
    if question.type == "yes_no":
        return [("1", _("да")), ("0", _("нет"))]
    return [*fields.get(question.type).listed(question)]


def input_type(question: Field) -> str:
    """The kind of input for the limits of an answer."""
    kinds = dict.fromkeys(indexing.DATES, "date") | {"time": "time"}
    return kinds.get(question.type, "number")


def _add_answer(found: Filters, question: Field, query: QueryDict, question_id: int) -> None:
    name = ANSWER + question.key
    if ranged(question):
        texts = [query.get(f"{name}.{end}", "")[:20] for end in ("from", "to")]
        low, high = (indexing.number(question.type, text) if text else None for text in texts)
        if low is not None or high is not None:
            found.sides.append(OfAnswer(question_id, low=low, high=high))
            found.pills.append(Pill(question.label, " … ".join(_typed(texts)), (f"{name}.from", f"{name}.to")))
        return
    offered = dict(answer_choices(question))
    values = [value for value in dict.fromkeys(query.getlist(name)[:MOST_VALUES]) if value in offered]
    if not values:
        return
    if question.type == "yes_no":
        numbers = [float(value) for value in values]
        found.sides.append(OfAnswer(question_id, low=min(numbers), high=max(numbers)))
    else:
        found.sides.append(OfAnswer(question_id, texts=tuple(values)))
    found.pills.append(Pill(question.label, ", ".join(str(offered[value]) for value in values), (name,)))


def _typed(texts: list[str]) -> Iterator[str]:
    for text, word in zip(texts, (_("от"), _("до")), strict=True):
        if text:
            day = _day(text)
            yield f"{word} {day.strftime('%d.%m.%Y') if day else text}"
