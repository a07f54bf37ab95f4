"""The orders of lists carry the team behind them, so that rows of other teams are passed over unread; open ones by form."""

from django.conf import settings
from django.db import migrations, models

OPEN, CLOSED, NEWS = ("is_open", True), ("is_open", False), ("has_news", True)
ORDERS = (
    ("app_open_due", ["due_on"], [OPEN]),
    ("app_open_received", ["received_at"], [OPEN]),
    ("app_open_name", ["name_key"], [OPEN]),
    ("app_open_urgency", ["urgency", "due_on"], [OPEN]),
    ("app_open_state", ["state", "due_on"], [OPEN]),
    ("app_open_unassigned", ["due_on"], [("assignee__isnull", True), OPEN]),
    ("app_closed_at", ["closed_at"], [CLOSED]),
    ("app_news", ["due_on"], [NEWS]),
    ("app_received", ["received_at"], []),
)
NEW = ("app_open_form", ["form", "due_on"], [OPEN])


def _index(name, order, condition):
    narrowed = {"condition": models.Q(*condition)} if condition else {}
    return models.Index(fields=[*order, "id", "team"], name=name, **narrowed)


def learn_sizes(apps, schema_editor):
    """SQLite plans by what it was told of an index: not only from the next night on."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("PRAGMA analysis_limit = 100000")
        schema_editor.execute(f"ANALYZE {apps.get_model('form_applications', 'Application')._meta.db_table}")


class Migration(migrations.Migration):
    dependencies = [
        ("form_applications", "0026_counters_from_one_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(migrations.RemoveIndex(model_name="application", name=name) for name, _order, _condition in ORDERS),
        *(migrations.AddIndex(model_name="application", index=_index(*each)) for each in (*ORDERS, NEW)),
        migrations.RunPython(learn_sizes, migrations.RunPython.noop),
    ]
