"""The full-text index of SearchDoc on both engines, and what PostgreSQL's planner should know of answers.

Whoever alters `searchdoc` on SQLite runs `install` of this one again: SQLite drops the triggers of an altered table.
"""

from django.db import migrations

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
    # Which values each question has, and not all questions together.
    yield f"CREATE STATISTICS IF NOT EXISTS answer_values (mcv, dependencies) ON question_id, text FROM {ANSWER}"
    yield f"CREATE STATISTICS IF NOT EXISTS answer_numbers (mcv) ON question_id, num FROM {ANSWER}"


def install(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER searchdoc_{event}")
        schema_editor.execute(f"DROP TABLE {FTS}")
        return
    for name in ("answer_values", "answer_numbers"):
        schema_editor.execute(f"DROP STATISTICS {name}")
    schema_editor.execute(f"ALTER TABLE {DOC} DROP COLUMN vector")


class Migration(migrations.Migration):
    dependencies = [("form_applications", "0002_guards")]

    operations = [migrations.RunPython(install, remove)]
