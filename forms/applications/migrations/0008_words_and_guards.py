"""The full-text index of SearchDoc on both engines, what PostgreSQL's planner should know, and the guards once more:
0007 altered a guarded table, and SQLite drops its triggers then.

Whoever alters `searchdoc` on SQLite runs `install` of this one again, for the same reason.
"""

from importlib import import_module

from django.db import migrations

guards = import_module("forms.applications.migrations.0006_guards_afterwards")

DOC = "form_applications_searchdoc"
FTS = "form_applications_searchfts"
ANSWER = "form_applications_answer"


def _sqlite():
    # Every stem stands once, so no positions are kept; the external content is told its old text before it changes.
    yield f"""
        CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5(
            stems, content='{DOC}', content_rowid='application_id', tokenize='unicode61', detail=none
        )
    """
    put = f"INSERT INTO {FTS} (rowid, stems) VALUES (NEW.application_id, NEW.stems);"
    drop = f"INSERT INTO {FTS} ({FTS}, rowid, stems) VALUES ('delete', OLD.application_id, OLD.stems);"
    for event, body in (("INSERT", put), ("DELETE", drop), ("UPDATE", drop + put)):
        yield f"CREATE TRIGGER IF NOT EXISTS searchdoc_{event.lower()} AFTER {event} ON {DOC} BEGIN {body} END"


def _postgresql():
    yield f"""
        ALTER TABLE {DOC} ADD COLUMN IF NOT EXISTS vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', stems)) STORED
    """
    yield f"CREATE INDEX IF NOT EXISTS searchdoc_vector ON {DOC} USING gin (vector)"
    yield f"ALTER TABLE {DOC} ALTER COLUMN vector SET STATISTICS 1000"
    for column in ("question_id", "text", "num"):
        yield f"ALTER TABLE {ANSWER} ALTER COLUMN {column} SET STATISTICS 1000"
    yield f"CREATE STATISTICS IF NOT EXISTS answer_values (mcv, dependencies) ON question_id, text FROM {ANSWER}"


def install(apps, schema_editor):
    guards.install(apps, schema_editor)
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER searchdoc_{event}")
        schema_editor.execute(f"DROP TABLE {FTS}")
        return
    schema_editor.execute("DROP STATISTICS answer_values")
    schema_editor.execute(f"ALTER TABLE {DOC} DROP COLUMN vector")


class Migration(migrations.Migration):
    dependencies = [("form_applications", "0007_what_makes_findable")]

    operations = [migrations.RunPython(install, remove)]
