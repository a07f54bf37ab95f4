"""Conditions that live in another table than the row: answers, labels, words, and a name or number that was searched.

Each can be asked two ways: which ids have it (then it drives the list), or whether one row has it (then the list walks
in its order and looks). Which is faster only their sizes tell; the planner counts them first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
)

from forms.applications import finding_words
from forms.applications.models import Answer, Application, Labelling

Statement = tuple[str, Sequence[Any]]


_OUTPUT: dict[str, Any] = {
    **dict.fromkeys(("due_on",), DateField),
    **dict.fromkeys(("received_at", "closed_at"), DateTimeField),
    **dict.fromkeys(("state", "result", "channel", "name_key"), CharField),
    "has_news": BooleanField,
}


def hidden(column: str) -> Func:
    """A column of the application that SQLite does not take for one: no index of it is chosen."""
    return Func(F(column), template="+%(expressions)s", output_field=_OUTPUT.get(column, IntegerField)())


class Side(Protocol):
    """What the planner asks of a condition."""

    def ids(self) -> Q:
        """True of the applications that have it, found through its own index."""

    def probe(self) -> Q:
        """The same, asked of each row by its id."""

    def statement(self) -> Statement:
        """A statement that gives the ids, to be counted."""


@dataclass(frozen=True, slots=True)
class OfAnswer:
    """An answer to one question: one of these keys, or a number between two limits."""

    question_id: int
    texts: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def _rows(self) -> Any:
        rows = Answer.objects.filter(question_id=self.question_id)
        if self.texts:
            return rows.filter(text=self.texts[0]) if len(self.texts) == 1 else rows.filter(text__in=self.texts)
        if self.low is not None and self.low == self.high:
            # As one value: of a range PostgreSQL guesses four times too few.
            return rows.filter(num__isnull=False, num=self.low)
        limits = {"num__gte": self.low, "num__lte": self.high}
        return rows.filter(num__isnull=False, **{name: value for name, value in limits.items() if value is not None})

    @property
    def is_range(self) -> bool:
        """Whether it is a number between two limits, or beyond one."""
        return not self.texts and self.low != self.high

    def rows(self) -> Any:
        """The ids, for a statement around them."""
        return self._rows().values("application_id")

    def ids(self) -> Q:
        return Q(pk__in=self.rows())

    def probe(self) -> Q:
        return Q(Exists(self._rows().filter(application_id=OuterRef("pk"))))

    def statement(self) -> Statement:
        return self.rows().query.sql_with_params()


@dataclass(frozen=True, slots=True)
class OfLabel:
    """Any of these labels."""

    labels: tuple[int, ...]

    def _rows(self) -> Any:
        return Labelling.objects.filter(label_id__in=self.labels)

    def ids(self) -> Q:
        return Q(pk__in=self._rows().values("application_id"))

    def probe(self) -> Q:
        return Q(Exists(self._rows().filter(application_id=OuterRef("pk"))))

    def statement(self) -> Statement:
        return self._rows().values("application_id").query.sql_with_params()


@dataclass(frozen=True, slots=True)
class OfWords:
    """All of these stems."""

    stems: tuple[str, ...]

    def ids(self) -> Q:
        return finding_words.having(self.stems)

    def probe(self) -> Q:
        return finding_words.probing(self.stems)

    def statement(self) -> Statement:
        return finding_words.matching(self.stems)


@dataclass(frozen=True, slots=True)
class OfRow:
    """A name, number or phone: columns of the row itself that are indexed by their beginning."""

    found: Q
    looked: Q | None = None

    def ids(self) -> Q:
        return self.found

    def probe(self) -> Q:
        return self.looked or self.found

    def statement(self) -> Statement:
        return Application.objects.filter(self.found).values("pk").query.sql_with_params()


def expected(side: Side) -> int:
    """How many rows PostgreSQL guesses that a condition has, without looking for them."""
    sql, values = side.statement()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        (found,) = cursor.fetchone()
    return int(found[0]["Plan"]["Plan Rows"])
