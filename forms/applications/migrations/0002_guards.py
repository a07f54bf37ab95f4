"""What the database itself refuses: to change or delete what is append-only, to rewrite what was said, and a move that
is not in the table.

SQLite loses the triggers of a table whenever a later migration alters that table: such a migration must call `install`
again. Whoever adds a move writes a migration that calls `install` with the new pairs.
tests/forms/applications/test_guards.py fails when a guard is missing or when the pairs here and in states.MOVES differ.
"""

from django.db import migrations

PREFIX = "form_applications_"
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
# Tables that only grow, and what their triggers are called by.
APPENDED = {"journalentry": "journal", "officeentry": "officeentry", "journalseal": "journalseal"}
# An erasure empties what was said or changed (by the condition here), and nothing else of it ever changes.
TEXT, CHANGE = "(NEW.text = OLD.text OR NEW.text = '')", "NEW.change IS NULL"
SAID = {
    "message": (("id", "application_id", "inquiry_id", "side", "author_id", "key", "created_at"), TEXT),
    "correction": (("id", "application_id", "inquiry_id", "field_key", "asked", "at"), CHANGE),
    "staffreason": (("id", "application_id", "author_id", "created_at"), TEXT),
    "note": (("id", "application_id", "author_id", "key", "called", "created_at"), TEXT),
    "staffchange": (("id", "application_id", "author_id", "field_key", "at"), CHANGE),
}
# What is answered, by the name of PostgreSQL's function.
REFUSALS = {
    "application_refuse_move": "illegal move of an application",
    "application_refuse_extension": "a promised date is extended once",
    "journal_refuse": "the journal is append-only",
    "said_refuse": "what was said is never rewritten",
}


def _triggers(pairs, is_sqlite):
    """Name, event, table, condition and refusal of each."""
    legal = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in pairs)
    moved = f"OLD.state <> NEW.state AND NOT ({legal})"
    yield "application_legal_move", "UPDATE OF state", "application", moved, "application_refuse_move"
    again = "OLD.extended_days <> 0 AND NEW.extended_days <> OLD.extended_days"
    yield "application_extended_once", "UPDATE OF extended_days", "application", again, "application_refuse_extension"
    events = {"update": "UPDATE", "delete": "DELETE"} if is_sqlite else {"change": "UPDATE OR DELETE"}
    for table, name in APPENDED.items():
        for ending, event in events.items():
            yield f"{name}_no_{ending}", event, table, "", "journal_refuse"
    for table, (columns, emptied) in SAID.items():
        same = "IS" if is_sqlite else "IS NOT DISTINCT FROM"
        kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in columns)
        yield f"{table}_no_rewriting", "UPDATE", table, f"NOT ({kept} AND {emptied})", "said_refuse"
        yield f"{table}_no_delete", "DELETE", table, "", "said_refuse"


def _sqlite(pairs):
    for name, event, table, condition, refusal in _triggers(pairs, is_sqlite=True):
        when = f"WHEN {condition}" if condition else ""
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"""
            CREATE TRIGGER {name} BEFORE {event} ON {PREFIX}{table} {when}
            BEGIN SELECT RAISE(ABORT, '{REFUSALS[refusal]}'); END
        """


def _postgresql(pairs):
    for function, words in REFUSALS.items():
        yield f"""
            CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """
    for name, event, table, condition, refusal in _triggers(pairs, is_sqlite=False):
        when = f"WHEN ({condition})" if condition else ""
        yield f"""
            CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {PREFIX}{table}
            FOR EACH ROW {when} EXECUTE FUNCTION {refusal}()
        """


def install(apps, schema_editor, pairs=PAIRS):
    """Every guard of this app as it should stand now; safe to repeat."""
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor](pairs):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, _event, table, _condition, _refusal in _triggers(PAIRS, is_sqlite):
        schema_editor.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {PREFIX}{table}"))
    for function in () if is_sqlite else REFUSALS:
        schema_editor.execute(f"DROP FUNCTION {function}()")


class Migration(migrations.Migration):
    dependencies = [("form_applications", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
