"""What the database itself refuses: changing or deleting a journal entry, and a move that is not in the table.

SQLite loses the triggers of a table whenever a later migration alters that table: such a migration must run
`install` again. tests/forms/applications/test_guards.py fails when a guard is missing or when the pairs of states
here and in states.MOVES differ.
"""

from django.db import migrations

JOURNAL = "form_applications_journalentry"
APPLICATION = "form_applications_application"
PAIRS = (("new", "in_work"), ("in_work", "resolved"), ("in_work", "explained"))


def _illegal_move():
    legal = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in PAIRS)
    return f"OLD.state <> NEW.state AND NOT ({legal})"


def _sqlite():
    for event in ("UPDATE", "DELETE"):
        yield f"""
            CREATE TRIGGER IF NOT EXISTS journal_no_{event.lower()} BEFORE {event} ON {JOURNAL}
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
        """
    yield f"""
        CREATE TRIGGER IF NOT EXISTS application_legal_move BEFORE UPDATE OF state ON {APPLICATION}
        WHEN {_illegal_move()}
        BEGIN SELECT RAISE(ABORT, 'illegal move of an application'); END
    """


def _postgresql():
    yield """
        CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """
    yield f"""
        CREATE OR REPLACE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {JOURNAL}
        FOR EACH ROW EXECUTE FUNCTION journal_refuse()
    """
    yield """
        CREATE OR REPLACE FUNCTION application_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'illegal move of an application' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """
    yield f"""
        CREATE OR REPLACE TRIGGER application_legal_move BEFORE UPDATE OF state ON {APPLICATION}
        FOR EACH ROW WHEN ({_illegal_move()}) EXECUTE FUNCTION application_refuse_move()
    """


def install(apps, schema_editor):
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    drops = {
        "sqlite": ["DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete", "DROP TRIGGER application_legal_move"],
        "postgresql": [
            f"DROP TRIGGER journal_no_change ON {JOURNAL}",
            f"DROP TRIGGER application_legal_move ON {APPLICATION}",
            "DROP FUNCTION journal_refuse()",
            "DROP FUNCTION application_refuse_move()",
        ],
    }
    for statement in drops[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("form_applications", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
