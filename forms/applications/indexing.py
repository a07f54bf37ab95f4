"""The one writer of what makes an application findable. Called in the transaction of whatever it follows from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from forms.definitions import fields, versions
from forms.definitions.document import Definition, Field
from home.stems import stems, words

from . import person_keys
from .models import Answer, Application, Question, SearchDoc, Sheet, StaffSheet

TEXT_LENGTH = 80
MOST_STEMS = 2000
KEYS = ("choice", "multiple_choice", "territory", "centre", "measure")
NUMBERS = ("whole_number", "decimal", "money")
DATES = ("date", "birth_date")
FILTERABLE = frozenset({*KEYS, *NUMBERS, *DATES, "time", "yes_no", "computed"})
"""Types of questions by which a list can be narrowed."""
WORDY = frozenset({"short_text", "long_text", "address", "full_name"})
Value = tuple[str | None, float | None]


def first(application: Application, definition: Definition, answers: Mapping[str, Any]) -> None:
    """For an application that is just being made."""
    _write_answers(application, definition, answers)
    person_keys.write(application, definition, answers)
    SearchDoc.objects.create(application_id=application.pk, stems=_joined(_texts(definition, answers)))


def again(application: Application) -> None:
    """After its answers changed, or to draw everything anew: from both sheets and the messages."""
    definition = versions.definition_of(application.form_version_id)
    answers = Sheet.objects.only("answers").get(pk=application.pk).answers
    if definition.staff_fields:
        # What staff answered is found by staff as well, in the list of their own screen.
        theirs = StaffSheet.objects.filter(pk=application.pk).values_list("answers", flat=True).first()
        answers = answers | (theirs or {})
    _forget_answers(application)
    _write_answers(application, definition, answers)
    person_keys.forget(application)
    person_keys.write(application, definition, answers)
    said = application.messages.values_list("text").union(application.calls.values_list("text"), all=True)
    found = {"stems": _joined([*_texts(definition, answers), *(text for (text,) in said)])}
    SearchDoc.objects.update_or_create(application_id=application.pk, defaults=found)


def said(application: Application, text: str) -> None:
    """After somebody wrote a message."""
    doc = SearchDoc.objects.filter(application_id=application.pk).first()
    known = doc.stems if doc else " "
    found = _joined([known, text], stemmed=known)
    if found != known:
        SearchDoc.objects.update_or_create(application_id=application.pk, defaults={"stems": found})


def erase(application: Application) -> None:
    """Nothing of the person stays findable."""
    _forget_answers(application)
    person_keys.forget(application)
    SearchDoc.objects.filter(application_id=application.pk).update(stems=" ")


def catch_up(limit: int = 1000, *, everything: bool = False, after: int = 0) -> list[int]:
    """Draw anew what has no words yet (or `everything`), in the order of their numbers; which ones, `limit` at most."""
    rows = Application.objects.filter(pk__gt=after).order_by("pk")
    if not everything:
        rows = rows.filter(~Exists(SearchDoc.objects.filter(pk=OuterRef("pk"))))
    found = list(rows.values_list("pk", flat=True)[:limit])
    for pk in found:
        with transaction.atomic():
            again(Application.objects.select_for_update(of=("self",)).get(pk=pk))
    return found


def values(question: Field, value: Any) -> list[Value]:
    """What is kept of one answer, (text, number) each; empty for what lists are not narrowed by."""
    if question.type not in FILTERABLE or fields.contract.unanswered(value):
        return []
    many = value if isinstance(value, list) else [value]
    return [kept for one in many if (kept := _value(question.type, one)) != (None, None)]


def filterable(definition: Definition) -> list[Field]:
    """The questions of a form by which a list can be narrowed, in the order of the form."""
    return [question for question in definition.all_fields if question.type in FILTERABLE]


def _value(kind: str, value: Any) -> Value:
    if isinstance(value, bool):
        return None, float(value)
    if isinstance(value, int | float):
        return None, float(value)
    if isinstance(value, Mapping):
        # «Другое» with the person's own words, or an age on a day instead of a date.
        value = value.get("choice", "")
    if not isinstance(value, str) or not value:
        return None, None
    if kind in KEYS:
        return value[:TEXT_LENGTH], None
    return None, number(kind, value)


def number(kind: str, text: str) -> float | None:
    """A stored or typed number, date or time as `Answer.num` holds it; None when it is none."""
    try:
        if kind in DATES or (kind == "computed" and text.count("-") == 2):
            return float(date.fromisoformat(text).toordinal())
        if kind == "time":
            hours, minutes = text.split(":")
            return float(int(hours) * 60 + int(minutes))
        found = float(text.replace(",", ".").replace(" ", ""))
    except ValueError:
        return None
    return found if abs(found) < 1e15 else None


def _answers(definition: Definition, answers: Mapping[str, Any]) -> Iterator[tuple[Field, list[Value]]]:
    for question in definition.fields:
        if question.type == "group":
            rows = [row for row in answers.get(question.key) or () if isinstance(row, Mapping)]
            for inner in question.fields:
                yield inner, [kept for row in rows for kept in values(inner, row.get(inner.key))]
        else:
            yield question, values(question, answers.get(question.key))


def _write_answers(application: Application, definition: Definition, answers: Mapping[str, Any]) -> None:
    kept = {question.key: found for question, found in _answers(definition, answers) if found}
    if not kept:
        return
    numbers = _numbers_of(application.form_id, kept)
    Answer.objects.bulk_create(
        Answer(question_id=numbers[key], application_id=application.pk, pos=pos, text=text, num=num)
        for key, found in kept.items()
        for pos, (text, num) in enumerate(found)
    )


def _numbers_of(form_id: int, keys: Iterable[str]) -> dict[str, int]:
    numbers = _known_numbers(form_id)
    missing = [key for key in keys if key not in numbers]
    if missing:
        # Two first applications of a form may come at once: whoever is second finds the rows of the first.
        Question.objects.bulk_create((Question(form_id=form_id, key=key) for key in missing), ignore_conflicts=True)
        numbers = _known_numbers(form_id)
    return numbers


def _known_numbers(form_id: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        # Plain SQL, as every application asks this.
        cursor.execute(f"SELECT key, id FROM {Question._meta.db_table} WHERE form_id = %s", [form_id])  # noqa: S608
        return dict(cursor.fetchall())


def _forget_answers(application: Application) -> None:
    questions = list(Question.objects.filter(form_id=application.form_id).values_list("pk", flat=True))
    Answer.objects.filter(question_id__in=questions, application_id=application.pk).delete()


def _texts(definition: Definition, answers: Mapping[str, Any]) -> Iterator[str]:
    for question in definition.fields:
        value = answers.get(question.key)
        rows = [row for row in value or () if isinstance(row, Mapping)] if question.type == "group" else []
        for inner in question.fields:
            yield from (_text(inner, row.get(inner.key)) for row in rows)
        yield _text(question, value)


def _text(question: Field, value: Any) -> str:
    if isinstance(value, str) and question.type in WORDY:
        return value
    if isinstance(value, Mapping):
        return str(value.get("other") or "") if question.type == "choice" else _lines(question, value)
    return ""


def _lines(question: Field, value: Mapping[str, Any]) -> str:
    return " ".join(str(part) for part in value.values()) if question.type in WORDY else ""


def _joined(texts: Iterable[str], stemmed: str = "") -> str:
    found = dict.fromkeys(stemmed.split())
    for text in texts:
        if text is not stemmed:
            found |= dict.fromkeys(stems(text).split())
    return f" {' '.join(list(found)[:MOST_STEMS])} " if found else " "


def asked(text: str) -> list[str]:
    """The stems of a query, each once; empty when it holds nothing that could be found."""
    return list(dict.fromkeys(stems(text).split())) if words(text) else []
