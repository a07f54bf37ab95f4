"""The columns for answers: every question that any version of a form ever had, once, under its newest words.

A column is known by the key of the question and of its part (a choice, a line of an address), never by its title: so
renaming a choice moves nothing, and what an older version asked keeps its column.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions import fields, versions, wording
from forms.definitions.document import Definition, Field
from forms.definitions.fields.contract import unanswered
from forms.definitions.models import FormVersion
from home.words import phone

from .cells import Cell, number

Key = tuple[int, str, str]
"""Form, question, part."""
Reader = Callable[[Any, Mapping[str, Any]], Iterable[tuple[int, Cell]]]
"""Cells of an answer, given all the answers that it stands among."""


class Columns:
    """Columns in order; a key that is new is put behind the one that stood before it in its version."""

    def __init__(self) -> None:
        self.titles: dict[Key, str] = {}

    def add(self, found: Iterable[tuple[Key, str]]) -> None:
        """Add the columns of one version; those that are there keep place and title."""
        order, before = list(self.titles), None
        for key, title in found:
            if key not in self.titles:
                order.insert(order.index(before) + 1 if before else 0, key)
                self.titles[key] = title
            before = key
        self.titles = {key: self.titles[key] for key in order}

    def places(self, first: int) -> dict[Key, int]:
        """The place of each key."""
        return {key: place for place, key in enumerate(self.titles, start=first)}


class Group:
    """The sheet of one repeating group of one form."""

    def __init__(self, title: str) -> None:
        self.title, self.columns = title, Columns()

    @property
    def headings(self) -> list[str]:
        """The titles of its columns."""
        return distinct(self.columns.titles.values())


class Layout:
    """The answers of these forms as columns; where there are several, the form's name stands before each title.

    `beside`: how many columns of another kind stand before them, in the main table and in those of groups.
    """

    def __init__(self, form_ids: Iterable[int], beside: tuple[int, int] = (0, 0)) -> None:
        rows = FormVersion.objects.filter(form__in=set(form_ids)).order_by("form__title", "form", "-number")
        found = list(rows.values_list("form_id", "form__title", "pk"))
        several = len({form_id for form_id, _title, _pk in found}) > 1
        by_form: dict[int, Columns] = {}
        self.groups: dict[Key, Group] = {}
        for form_id, title, pk in found:
            definition, prefix = versions.definition_of(pk), f"{title}: " if several else ""
            columns = by_form.setdefault(form_id, Columns())
            columns.add(_columns(form_id, definition, definition.fields, prefix))
            for question in definition.fields:
                if question.type == "group":
                    name = wording.render(question.label, definition, {})
                    group = self.groups.setdefault((form_id, question.key, ""), Group(prefix + name))
                    group.columns.add(_columns(form_id, definition, question.fields, ""))
        self.titles = {key: title for columns in by_form.values() for key, title in columns.titles.items()}
        self._form_of = {pk: form_id for form_id, _title, pk in found}
        self._places = {key: place for place, key in enumerate(self.titles, start=beside[0])}
        self._inner = {key: group.columns.places(beside[1]) for key, group in self.groups.items()}
        self._readers: dict[int, dict[str, Reader]] = {}
        self._rows: dict[int, dict[Key, dict[str, Reader]]] = {}

    @property
    def headings(self) -> list[str]:
        """The titles of the columns; those that read the same are numbered."""
        return distinct(self.titles.values())

    def cells(self, version_id: int, answers: Mapping[str, Any]) -> Iterator[tuple[int, Cell]]:
        """(place, cell) of what was answered, the rest is blank."""
        readers = self._readers.get(version_id) or self._read(version_id)
        for key, value in answers.items():
            reader = readers.get(key)
            if reader is not None and not unanswered(value):
                yield from reader(value, answers)

    def rows(self, version_id: int, answers: Mapping[str, Any]) -> Iterator[tuple[Key, int, list[tuple[int, Cell]]]]:
        """(group, number of the row, its cells) of every row of every group."""
        if version_id not in self._rows:
            self._read(version_id)
        for key, readers in self._rows[version_id].items():
            value = answers.get(key[1])
            for place, row in enumerate(value if isinstance(value, list) else (), start=1):
                given = {name: answer for name, answer in row.items() if name in readers and not unanswered(answer)}
                found = [cell for name, answer in given.items() for cell in readers[name](answer, row)]
                yield key, place, found

    def _read(self, version_id: int) -> dict[str, Reader]:
        form_id, definition = self._form_of[version_id], versions.definition_of(version_id)
        made = {each.key: reader(form_id, each, self._places) for each in definition.fields if each.holds_answer}
        self._readers[version_id] = made
        groups = [each for each in definition.fields if each.type == "group"]
        self._rows[version_id] = {
            key: {each.key: reader(form_id, each, self._inner[key]) for each in group.fields if each.holds_answer}
            for group in groups
            if (key := (form_id, group.key, ""))
        }
        return made


def _day(text: str) -> Cell:
    """A whole date as a day, a part of one as it is read: «11.2026»."""
    return datetime.date.fromisoformat(text) if len(text) == 10 else ".".join(reversed(text.split("-")))


# What a text becomes; the other shapes of such an answer go the long way.
_PLAIN: dict[str, Callable[[str], Cell]] = {
    **dict.fromkeys(("short_text", "long_text", "email"), str),
    **dict.fromkeys(("date", "birth_date"), _day),
    "phone": lambda text: phone(text).replace("\u00a0", " "),
}
# Answers of which there are few: what each becomes is worked out once.
_FEW = frozenset({"territory", "centre", "measure", "yes_no"})
MOST_KNOWN = 5000
MOST_WHOLE = 10**15
"""A spreadsheet keeps fifteen digits."""


def _remembered(read: Reader) -> Reader:
    known: dict[str, list[tuple[int, Cell]]] = {}

    def remembering(value: Any, answers: Mapping[str, Any]) -> Iterable[tuple[int, Cell]]:
        if not isinstance(value, str | bool):
            return read(value, answers)
        found = known.get(repr(value))
        if found is None:
            found = list(read(value, answers))
            if len(known) < MOST_KNOWN:
                known[repr(value)] = found
        return found

    return remembering


def _numeral(read: Reader, place: int, *, whole: bool) -> Reader:
    """A number as a number; a `whole` one is stored as what it is, without the way through its words."""

    def reading(value: Any, answers: Mapping[str, Any]) -> Iterable[tuple[int, Cell]]:
        if whole and type(value) is int and abs(value) < MOST_WHOLE:
            return [(place, value)]
        return [(at, number(str(cell))) for at, cell in read(value, answers)]

    return reading


def reader(form_id: int, question: Field, places: Mapping[Key, int]) -> Reader:
    """How the answers to one question of one version become cells; worked out once, used for every row."""
    kind, parts = fields.get(question.type), _parts(question)
    own = [places[form_id, question.key, part] for part in parts]

    def general(value: Any, answers: Mapping[str, Any]) -> Iterator[tuple[int, Cell]]:
        pairs = kind.export(kind.settle(question, answers), value)
        return ((place, text) for place, (_title, text) in zip(own, pairs, strict=False) if text)

    def plain(make: Callable[[Any], Cell]) -> Reader:
        return lambda value, answers: [(own[0], make(value))] if isinstance(value, str) else general(value, answers)

    if question.type in _PLAIN:
        return plain(_PLAIN[question.type])
    if question.type in _FEW:
        return _remembered(general)
    if question.type == "group":
        return lambda value, answers: [(own[0], len(value))]
    if kind.is_number:
        return _numeral(general, own[0], whole=question.type == "whole_number")
    if question.type in ("choice", "multiple_choice") and "choices_from_rows" not in question.options:
        if question.type == "choice":
            labels = dict(kind.choices(question))
            return plain(lambda value: labels.get(value, value))
        by_choice, yes = dict(zip(parts, own, strict=True)), _("да")
        return lambda value, answers: [(by_choice[key], yes) for key in value if key in by_choice]
    return general


def _parts(question: Field) -> list[str]:
    return [""] if question.type == "group" else fields.get(question.type).export_keys(question)


def _columns(form_id: int, definition: Definition, asked: Iterable[Field], prefix: str) -> Iterator[tuple[Key, str]]:
    for question in asked:
        if not question.holds_answer or question.type == "consent":
            continue
        mark = prefix + (_("Служебное: ") if question.staff else "")
        titles = [title for title, _text in fields.get(question.type).export(question, None)]
        for part, title in zip(_parts(question), titles, strict=False):
            yield (form_id, question.key, part), mark + wording.render(title, definition, {})


def distinct(titles: Iterable[str]) -> list[str]:
    """The titles; one that was there before is numbered: «Телефон», «Телефон (2)»."""
    seen: dict[str, int] = {}
    found = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        found.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return found
