"""The office's chain and the nightly seals: what they prove, and what the database refuses by itself."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from forms.applications import office, sealing
from forms.applications.models import Application, JournalEntry, JournalSeal, OfficeEntry
from tests import processes
from tests.factories import applications as make


def _past_guards(*statements: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            cursor.execute(statement)
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.mark.django_db
def test_the_chain_of_the_office(person) -> None:
    user = person("lead")
    entries = [office.write(user, "search", {"shown": [number]}) for number in range(3)]
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert entries[2].previous == entries[1].digest
    assert not list(office.problems())
    with pytest.raises(KeyError):
        office.write(user, "nonsense", {})
    for change in (lambda rows: rows.update(facts={}), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(OfficeEntry.objects.all())
    _past_guards("UPDATE form_applications_officeentry SET facts = '{}' WHERE seq = 2")
    assert list(office.problems()) == ["office, entry 2: its content was changed"]
    _past_guards("DELETE FROM form_applications_officeentry WHERE seq = 2")
    assert list(office.problems()) == ["office, entry 3: expected entry 2, one is missing"]


@pytest.mark.django_db
def test_a_whole_chain_that_is_gone_shows(person) -> None:
    user = person("reviewer")
    make.team("Иркутск", user)
    gone, stays = make.in_work(user), make.new()
    office.write(user, "search", {})
    first = sealing.seal()
    assert first.entries == 4
    make.new()
    second = sealing.seal()
    assert (second.entries, second.previous) == (1, first.digest)
    assert not list(sealing.problems())
    out = StringIO()
    call_command("verify_journal", stdout=out)
    assert f"3 chain(s), sealed {second.sealed_at:%Y-%m-%d %H:%M} {second.digest}" in out.getvalue()
    tables = ("messages", "searchdoc", "answer", "labelling", "sheet", "journalentry")
    known = connection.introspection.table_names()
    _past_guards(
        *(
            f"DELETE FROM form_applications_{table} WHERE application_id = {gone.pk}"
            for table in tables
            if f"form_applications_{table}" in known
        ),
        f"UPDATE form_applications_draft SET application_id = NULL WHERE application_id = {gone.pk}",
        f"DELETE FROM form_applications_application WHERE id = {gone.pk}",
    )
    assert Application.objects.filter(pk=stays.pk).exists()
    assert len(list(sealing.problems())) == 1
    with pytest.raises(CommandError):
        call_command("verify_journal", stdout=out, stderr=out)
    assert "it sealed 4 entries, 2 are there" in out.getvalue()


@pytest.mark.django_db
def test_a_seal_is_never_changed_and_lateness_is_said() -> None:
    made = sealing.seal()
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalSeal.objects.update(entries=7)
    _past_guards("UPDATE form_applications_journalseal SET digest = 'x'")
    assert list(sealing.problems()) == [
        f"seal {made.pk} of {made.sealed_at:%Y-%m-%d %H:%M}: the entries that it sealed were changed"
    ]
    _past_guards(f"UPDATE form_applications_journalseal SET digest = '{made.digest}'")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3)):
        assert "is the worker running?" in next(sealing.problems())


WRITE = """
import sys
from forms.applications import office
print("ready")
sys.stdin.readline()
for number in range(10):
    office.write(None, "search", {"shown": [number]})
print("done")
"""


@pytest.mark.django_db(transaction=True)
def test_four_processes_write_into_one_chain(tmp_path) -> None:
    env = processes.environment(tmp_path)
    assert processes.together([processes.start(WRITE, env=env) for _number in range(4)]) == ["done"] * 4
    assert OfficeEntry.objects.count() == 40
    assert not list(office.problems())
    assert not JournalEntry.objects.exists()
