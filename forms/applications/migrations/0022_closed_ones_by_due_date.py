"""The order of closed ones by their due date, and what PostgreSQL should know of answers that are numbers: which values
each question has, and not all questions together."""

from django.db import migrations, models

ANSWER = "form_applications_answer"


def tell_planner(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE STATISTICS IF NOT EXISTS answer_numbers (mcv) ON question_id, num FROM {ANSWER}")
        schema_editor.execute(f"ANALYZE {ANSWER}")


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP STATISTICS answer_numbers")


class Migration(migrations.Migration):
    dependencies = [("form_applications", "0021_answer_templates_and_pending_moves")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(condition=models.Q(("is_open", False)), fields=["due_on", "id"], name="app_closed_due"),
        ),
        migrations.RunPython(tell_planner, forget),
    ]
