"""The guards with every move of the table: 0012 altered a guarded table, and SQLite drops its triggers then.

Whoever alters `application` or adds a move writes a migration that calls `install` of this one, or of a newer one with
the new pairs. tests/forms/applications/test_guards.py fails when a guard is missing or the pairs differ from states.MOVES.
"""

from importlib import import_module

from django.db import migrations

before = import_module("forms.applications.migrations.0008_words_and_guards")

APPLICATION = "form_applications_application"
REASON = "form_applications_staffreason"
OPEN = ("new", "in_work", "waiting_applicant", "postponed")
WORKED = OPEN[1:]
PAIRS = (
    ("new", "in_work"),
    ("waiting_applicant", "in_work"),
    ("postponed", "in_work"),
    *((old, new) for old in WORKED for new in ("resolved", "explained", "refused", "redirected")),
    ("in_work", "waiting_applicant"),
    ("postponed", "waiting_applicant"),
    ("in_work", "postponed"),
    *((old, "new") for old in WORKED),
    *((old, new) for old in OPEN for new in ("merged", "spam", "withdrawn")),
    *((old, "in_work") for old in ("resolved", "explained", "refused", "redirected", "merged", "spam")),
)
_KEPT = ("id", "application_id", "author_id", "created_at")


def _illegal_move():
    legal = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in PAIRS)
    return f"OLD.state <> NEW.state AND NOT ({legal})"


def _second_extension():
    return "OLD.extended_days <> 0 AND NEW.extended_days <> OLD.extended_days"


def _rewritten(same):
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in _KEPT)
    return f"NOT ({kept} AND (NEW.text = OLD.text OR NEW.text = ''))"


def _sqlite():
    for name in ("application_legal_move", "application_extended_once"):
        yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"""
        CREATE TRIGGER application_legal_move BEFORE UPDATE OF state ON {APPLICATION}
        WHEN {_illegal_move()}
        BEGIN SELECT RAISE(ABORT, 'illegal move of an application'); END
    """
    yield f"""
        CREATE TRIGGER application_extended_once BEFORE UPDATE OF extended_days ON {APPLICATION}
        WHEN {_second_extension()}
        BEGIN SELECT RAISE(ABORT, 'a promised date is extended once'); END
    """
    yield f"""
        CREATE TRIGGER IF NOT EXISTS staffreason_no_rewriting BEFORE UPDATE ON {REASON} WHEN {_rewritten("IS")}
        BEGIN SELECT RAISE(ABORT, 'what was said is never rewritten'); END
    """
    yield f"""
        CREATE TRIGGER IF NOT EXISTS staffreason_no_delete BEFORE DELETE ON {REASON}
        BEGIN SELECT RAISE(ABORT, 'what was said is never rewritten'); END
    """


def _postgresql():
    yield f"""
        CREATE OR REPLACE TRIGGER application_legal_move BEFORE UPDATE OF state ON {APPLICATION}
        FOR EACH ROW WHEN ({_illegal_move()}) EXECUTE FUNCTION application_refuse_move()
    """
    yield """
        CREATE OR REPLACE FUNCTION application_refuse_extension() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a promised date is extended once' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """
    yield f"""
        CREATE OR REPLACE TRIGGER application_extended_once BEFORE UPDATE OF extended_days ON {APPLICATION}
        FOR EACH ROW WHEN ({_second_extension()}) EXECUTE FUNCTION application_refuse_extension()
    """
    yield f"""
        CREATE OR REPLACE TRIGGER staffreason_no_rewriting BEFORE UPDATE ON {REASON}
        FOR EACH ROW WHEN ({_rewritten("IS NOT DISTINCT FROM")}) EXECUTE FUNCTION said_refuse()
    """
    yield f"""
        CREATE OR REPLACE TRIGGER staffreason_no_delete BEFORE DELETE ON {REASON}
        FOR EACH ROW EXECUTE FUNCTION said_refuse()
    """


def install(apps, schema_editor):
    """Every guard of this app as it should stand now."""
    before.install(apps, schema_editor)
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    """Back to the guards of 0008."""
    vendor = schema_editor.connection.vendor
    on = {"application_extended_once": APPLICATION, "staffreason_no_rewriting": REASON, "staffreason_no_delete": REASON}
    for name, table in on.items():
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if vendor == "postgresql" else ""))
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION application_refuse_extension()")
    before.install(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("form_applications", "0012_moves_of_staff")]

    operations = [migrations.RunPython(install, remove)]
