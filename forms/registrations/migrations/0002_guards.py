"""A registration moves along the table only: a trigger on both engines.

Whoever adds a move to `states.MOVES` writes a migration with the new pairs that calls `install`; whoever alters the
table on SQLite calls it again. tests/forms/registrations/test_guards.py fails otherwise.
"""

from django.db import migrations

TABLE = "form_registrations_registration"
PAIRS = (
    *(("waiting", new) for new in ("offered", "cancelled", "confirmed")),
    *(("offered", new) for new in ("confirmed", "cancelled", "lapsed")),
    *(("confirmed", new) for new in ("cancelled", "attended", "missed")),
    *(("attended", new) for new in ("confirmed", "missed")),
    *(("missed", new) for new in ("confirmed", "attended")),
)


def _illegal(pairs):
    legal = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in pairs)
    return f"OLD.state <> NEW.state AND NOT ({legal})"


def _sqlite(pairs):
    yield "DROP TRIGGER IF EXISTS registration_legal_move"
    yield f"""
        CREATE TRIGGER registration_legal_move BEFORE UPDATE OF state ON {TABLE}
        WHEN {_illegal(pairs)}
        BEGIN SELECT RAISE(ABORT, 'illegal move of a registration'); END
    """


def _postgresql(pairs):
    yield """
        CREATE OR REPLACE FUNCTION registration_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'illegal move of a registration' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """
    yield f"""
        CREATE OR REPLACE TRIGGER registration_legal_move BEFORE UPDATE OF state ON {TABLE}
        FOR EACH ROW WHEN ({_illegal(pairs)}) EXECUTE FUNCTION registration_refuse_move()
    """


def install(apps, schema_editor):
    """The guard with every pair of the table."""
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor](PAIRS):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    """Without the guard."""
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER registration_legal_move{on}")
    if on:
        schema_editor.execute("DROP FUNCTION registration_refuse_move()")


class Migration(migrations.Migration):
    dependencies = [("form_registrations", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
