"""What the database itself refuses, written anew: 0005 altered guarded tables, and SQLite drops their triggers then.

Whoever alters `application` or adds a move writes a migration that calls `install` of this one, or of a newer one with
the new pairs. tests/forms/applications/test_guards.py fails when a guard is missing or the pairs differ from states.MOVES.
"""

from importlib import import_module

from django.db import migrations

before = import_module("forms.applications.migrations.0002_guards")

APPLICATION = "form_applications_application"
CORRECTION = "form_applications_correction"
MESSAGE = "form_applications_message"
PAIRS = (
    ("new", "in_work"),
    ("in_work", "resolved"),
    ("in_work", "explained"),
    ("in_work", "waiting_applicant"),
    ("waiting_applicant", "in_work"),
    ("waiting_applicant", "resolved"),
    ("waiting_applicant", "explained"),
    ("new", "withdrawn"),
    ("in_work", "withdrawn"),
    ("waiting_applicant", "withdrawn"),
    ("postponed", "withdrawn"),
)
# An erasure empties the text of what was said, and nothing else of it ever changes.
KEPT = {
    CORRECTION: ("id", "application_id", "inquiry_id", "field_key", "asked", "at"),
    MESSAGE: ("id", "application_id", "inquiry_id", "side", "author_id", "key", "created_at"),
}
EMPTIED = {
    CORRECTION: "NEW.change IS NULL",
    MESSAGE: "(NEW.text = OLD.text OR NEW.text = '')",
}


def _illegal_move():
    legal = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in PAIRS)
    return f"OLD.state <> NEW.state AND NOT ({legal})"


def _rewritten(table, same):
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in KEPT[table])
    return f"NOT ({kept} AND {EMPTIED[table]})"


def _names(table):
    name = table.removeprefix("form_applications_")
    return f"{name}_no_rewriting", f"{name}_no_delete"


def _sqlite():
    yield "DROP TRIGGER IF EXISTS application_legal_move"
    yield f"""
        CREATE TRIGGER application_legal_move BEFORE UPDATE OF state ON {APPLICATION}
        WHEN {_illegal_move()}
        BEGIN SELECT RAISE(ABORT, 'illegal move of an application'); END
    """
    for table in KEPT:
        update, delete = _names(table)
        yield f"""
            CREATE TRIGGER IF NOT EXISTS {update} BEFORE UPDATE ON {table} WHEN {_rewritten(table, "IS")}
            BEGIN SELECT RAISE(ABORT, 'what was said is never rewritten'); END
        """
        yield f"""
            CREATE TRIGGER IF NOT EXISTS {delete} BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, 'what was said is never rewritten'); END
        """


def _postgresql():
    yield f"""
        CREATE OR REPLACE TRIGGER application_legal_move BEFORE UPDATE OF state ON {APPLICATION}
        FOR EACH ROW WHEN ({_illegal_move()}) EXECUTE FUNCTION application_refuse_move()
    """
    yield """
        CREATE OR REPLACE FUNCTION said_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what was said is never rewritten' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """
    for table in KEPT:
        update, delete = _names(table)
        yield f"""
            CREATE OR REPLACE TRIGGER {update} BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({_rewritten(table, "IS NOT DISTINCT FROM")}) EXECUTE FUNCTION said_refuse()
        """
        yield f"""
            CREATE OR REPLACE TRIGGER {delete} BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION said_refuse()
        """


def install(apps, schema_editor):
    """Every guard of this app as it should stand now."""
    before.install(apps, schema_editor)
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in KEPT:
        for name in _names(table):
            schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if vendor == "postgresql" else ""))
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION said_refuse()")


class Migration(migrations.Migration):
    dependencies = [("form_applications", "0005_what_happens_afterwards")]

    operations = [migrations.RunPython(install, remove)]
