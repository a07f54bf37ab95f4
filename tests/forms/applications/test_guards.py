"""What the database itself refuses, on the engine the suite runs on, and that a broken chain is found."""

from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from forms.applications import journal, states
from forms.applications.models import Application, JournalEntry
from forms.applications.states import State
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
guards = import_module("forms.applications.migrations.0002_guards")


@pytest.fixture
def reviewer(person):
    user = person("reviewer")
    make.team("Иркутск", user)
    return user


def test_the_trigger_knows_the_same_pairs_as_the_table() -> None:
    assert frozenset(guards.PAIRS) == states.PAIRS


@pytest.mark.parametrize(
    "change",
    [
        {"state": "resolved"},
        {"is_open": False},
        {"explanation": "закрыто мимо действий"},
        {"state": "in_work"},
        {"state": "no such state"},
    ],
)
def test_no_half_closed_application(reviewer, change) -> None:
    application = make.new()
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**change)


def test_no_illegal_move_even_with_all_columns_right(reviewer) -> None:
    closed = make.resolved(reviewer)
    with pytest.raises(IntegrityError, match="illegal move"), transaction.atomic():
        Application.objects.filter(pk=closed.pk).update(
            state=State.NEW, is_open=True, closed_at=None, result="", explanation=""
        )
    with pytest.raises(IntegrityError, match="illegal move"), transaction.atomic():
        Application.objects.filter(pk=closed.pk).update(state=State.EXPLAINED, result=State.EXPLAINED)


def test_the_journal_cannot_be_changed_or_deleted(reviewer) -> None:
    application = make.in_work(reviewer)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        JournalEntry.objects.filter(application=application).update(action="read")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        JournalEntry.objects.filter(application=application)._raw_delete("default")
    assert application.journal.count() == 2


def _behind_the_guards(statement: str, *values: object) -> None:
    """What an intruder with the database's password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_no_update")
            cursor.execute("DROP TRIGGER journal_no_delete")
        else:
            # Deferred foreign keys would forbid the ALTER.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE form_applications_journalentry DISABLE TRIGGER journal_no_change")
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE form_applications_journalentry SET action = 'resolve' WHERE application_id = %s AND seq = 2",
        "DELETE FROM form_applications_journalentry WHERE application_id = %s AND seq = 2",
        "DELETE FROM form_applications_journalentry WHERE application_id = %s AND seq = 3",
        "DELETE FROM form_applications_journalentry WHERE application_id = %s",
    ],
)
def test_verify_journal_finds_what_was_done_behind_the_guards(reviewer, statement, capsys) -> None:
    whole, broken = make.resolved(reviewer), make.resolved(reviewer)
    call_command("verify_journal")
    assert "journal whole: 2" in capsys.readouterr().out
    _behind_the_guards(statement, broken.pk)
    with pytest.raises(CommandError):
        call_command("verify_journal")
    told = capsys.readouterr().err
    assert f"application {broken.pk}" in told
    assert f"application {whole.pk}" not in told


def test_verify_journal_pages_through_many(reviewer, monkeypatch) -> None:
    monkeypatch.setattr(journal, "PAGE", 2)
    for _number in range(5):
        make.new()
    _behind_the_guards(
        "UPDATE form_applications_journalentry SET action = 'x' WHERE application_id = %s",
        Application.objects.order_by("-pk").values_list("pk", flat=True)[0],
    )
    assert len(list(journal.problems())) == 1


def test_numbers_are_never_given_again(reviewer) -> None:
    assert Application._meta.pk.get_internal_type() == "BigAutoField"
    first = make.new()
    assert make.new().pk > first.pk
    assert Application.objects.filter(version=F("version")).count() == 2
