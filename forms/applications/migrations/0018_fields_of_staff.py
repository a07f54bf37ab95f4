"""What staff answer about an application, apart from the applicant's sheet, and what it was before."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


CHANGE = "form_applications_staffchange"
# As with corrections: an erasure empties the change, and nothing else of it ever changes.
KEPT = ("id", "application_id", "author_id", "field_key", "at")


def _rewritten(same):
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in KEPT)
    return f"NOT ({kept} AND NEW.change IS NULL)"


def _sqlite():
    for name, event, when in (("rewriting", "UPDATE", f"WHEN {_rewritten('IS')}"), ("delete", "DELETE", "")):
        yield f"""
            CREATE TRIGGER IF NOT EXISTS staffchange_no_{name} BEFORE {event} ON {CHANGE} {when}
            BEGIN SELECT RAISE(ABORT, 'what was said is never rewritten'); END
        """


def _postgresql():
    rewritten = f"WHEN ({_rewritten('IS NOT DISTINCT FROM')})"
    for name, event, when in (("rewriting", "UPDATE", rewritten), ("delete", "DELETE", "")):
        yield f"""
            CREATE OR REPLACE TRIGGER staffchange_no_{name} BEFORE {event} ON {CHANGE}
            FOR EACH ROW {when} EXECUTE FUNCTION said_refuse()
        """


def install(apps, schema_editor):
    """A migration that alters this table calls this again: SQLite drops the triggers then."""
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    on = f" ON {CHANGE}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("staffchange_no_rewriting", "staffchange_no_delete"):
        schema_editor.execute(f"DROP TRIGGER {name}{on}")


class Migration(migrations.Migration):

    dependencies = [
        ('form_applications', '0017_notes_of_colleagues'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffSheet',
            fields=[
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='staff_sheet', serialize=False, to='form_applications.application', verbose_name='обращение')),
                ('answers', models.JSONField(default=dict, verbose_name='ответы сотрудников')),
            ],
            options={
                'verbose_name': 'поля сотрудников',
                'verbose_name_plural': 'поля сотрудников',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StaffChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field_key', models.CharField(max_length=64, verbose_name='вопрос формы')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда')),
                ('change', models.JSONField(null=True, verbose_name='было и стало')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_changes', to='form_applications.application', verbose_name='обращение')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто изменил')),
            ],
            options={
                'verbose_name': 'изменённое поле сотрудников',
                'verbose_name_plural': 'изменённые поля сотрудников',
                'default_permissions': (),
            },
        ),
        migrations.RunPython(install, remove),
    ]
