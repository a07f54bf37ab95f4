"""Notes of colleagues, whom they call, and texts that were not sent yet."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


NOTE = "form_applications_note"
# As with messages: an erasure empties the text, and nothing else of a note ever changes.
KEPT = ("id", "application_id", "author_id", "key", "called", "created_at")


def _rewritten(same):
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in KEPT)
    return f"NOT ({kept} AND (NEW.text = OLD.text OR NEW.text = ''))"


def _sqlite():
    for name, event, when in (("rewriting", "UPDATE", f"WHEN {_rewritten('IS')}"), ("delete", "DELETE", "")):
        yield f"""
            CREATE TRIGGER IF NOT EXISTS note_no_{name} BEFORE {event} ON {NOTE} {when}
            BEGIN SELECT RAISE(ABORT, 'what was said is never rewritten'); END
        """


def _postgresql():
    rewritten = f"WHEN ({_rewritten('IS NOT DISTINCT FROM')})"
    for name, event, when in (("rewriting", "UPDATE", rewritten), ("delete", "DELETE", "")):
        yield f"""
            CREATE OR REPLACE TRIGGER note_no_{name} BEFORE {event} ON {NOTE}
            FOR EACH ROW {when} EXECUTE FUNCTION said_refuse()
        """


def install(apps, schema_editor):
    """A migration that alters the table of notes calls this again: SQLite drops the triggers then."""
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    on = f" ON {NOTE}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("note_no_rewriting", "note_no_delete"):
        schema_editor.execute(f"DROP TRIGGER {name}{on}")


class Migration(migrations.Migration):

    dependencies = [
        ('form_applications', '0016_written_down_by_staff'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, verbose_name='ключ отправки')),
                ('text', models.TextField(blank=True, verbose_name='текст')),
                ('called', models.JSONField(blank=True, default=list, verbose_name='кого позвали')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='написано')),
                ('application', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='form_applications.application', verbose_name='обращение')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто пишет')),
            ],
            options={
                'verbose_name': 'заметка',
                'verbose_name_plural': 'заметки',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='увидено')),
                ('application', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='form_applications.application', verbose_name='обращение')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кого позвали')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='form_applications.note', verbose_name='заметка')),
            ],
            options={
                'verbose_name': 'упоминание',
                'verbose_name_plural': 'упоминания',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='UnsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'заметка'), ('letter', 'письмо')], max_length=10, verbose_name='что это')),
                ('text', models.TextField(verbose_name='текст')),
                ('saved_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='сохранено')),
                ('application', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='form_applications.application', verbose_name='обращение')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто пишет')),
            ],
            options={
                'verbose_name': 'неотправленный текст',
                'verbose_name_plural': 'неотправленные тексты',
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='note_once'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['user', 'application'], name='mention_unseen'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('note', 'user'), name='mention_once'),
        ),
        migrations.AddConstraint(
            model_name='unsenttext',
            constraint=models.UniqueConstraint(fields=('application', 'user', 'kind'), name='unsent_once'),
        ),
        migrations.RunPython(install, remove),
    ]
