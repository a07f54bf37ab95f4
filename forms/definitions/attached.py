"""Answers that are files, wherever they stand: questions of the form itself, and those in the rows of its groups."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .document import Definition
from .fields import rows
from .fields.file import uploads_in
from .question import Field


@dataclass(frozen=True, slots=True)
class Attached:
    """One answer; `address` is the key of the question, in a row `qGROUP.<row id>.qFIELD`."""

    address: str
    question: Field
    value: Any


def questions(asked: Iterable[Field]) -> Iterator[Field]:
    """The questions that applicants answer with files, those inside of groups too."""
    for question in asked:
        if question.staff:
            continue
        if question.type == "file":
            yield question
        yield from questions(question.fields)


def takes_files(asked: Iterable[Field]) -> bool:
    """Whether any of these questions, or one inside of them, is answered with files."""
    return next(questions(asked), None) is not None


def found(definition: Definition, answers: Mapping[str, Any]) -> Iterator[Attached]:
    """Every answer that is files, in the order of the form."""
    for question in definition.fields:
        if question.type == "file" and question.key in answers:
            yield Attached(question.key, question, answers[question.key])
        elif question.type == "group" and takes_files(question.fields):
            for row in _rows(answers.get(question.key)):
                for inner in question.fields:
                    if inner.type == "file" and inner.key in row:
                        yield Attached(rows.address(question.key, row["id"], inner.key), inner, row[inner.key])


def named(definition: Definition, answers: Mapping[str, Any]) -> set[str]:
    """The id of every upload that the answers name."""
    return {one for each in found(definition, answers) for one in uploads_in(each.value)}


def without(definition: Definition, answers: Mapping[str, Any], unwanted: Collection[str]) -> dict[str, Any]:
    """The answers without those at these addresses. Nothing that is given is changed."""
    kept = {key: value for key, value in answers.items() if key not in unwanted}
    for group_key in {address.partition(".")[0] for address in unwanted if "." in address}:
        kept[group_key] = [
            {key: value for key, value in row.items() if rows.address(group_key, row["id"], key) not in unwanted}
            for row in _rows(answers.get(group_key))
        ]
    return kept


def in_row(group: Field, row_id: str, question: Field) -> Field:
    """The question as it stands in one row: its key is its address there, by which its files are kept."""
    return replace(question, key=rows.address(group.key, row_id, question.key))


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping) and "id" in row] if isinstance(value, list) else []
