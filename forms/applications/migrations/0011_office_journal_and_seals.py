"""The journal of the office and the nightly seals, which the database keeps append-only like the journal itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


TABLES = ("form_applications_officeentry", "form_applications_journalseal")


def install(apps, schema_editor):
    for table in TABLES:
        name = table.removeprefix("form_applications_")
        if schema_editor.connection.vendor == "sqlite":
            for event in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name}_no_{event.lower()} BEFORE {event} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
                )
        else:
            # The function is that of 0002.
            schema_editor.execute(
                f"CREATE OR REPLACE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
            )


def remove(apps, schema_editor):
    for table in TABLES:
        name = table.removeprefix("form_applications_")
        if schema_editor.connection.vendor == "sqlite":
            for event in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {name}_no_{event}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}_no_change ON {table}")


class Migration(migrations.Migration):

    dependencies = [
        ('form_applications', '0010_counts_of_a_form'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JournalSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_at', models.DateTimeField(verbose_name='когда')),
                ('up_to', models.PositiveBigIntegerField(verbose_name='последняя запись')),
                ('office_up_to', models.PositiveBigIntegerField(verbose_name='последняя запись отдела')),
                ('entries', models.PositiveBigIntegerField(verbose_name='записей')),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='отпечаток предыдущей печати')),
                ('digest', models.CharField(max_length=64, verbose_name='отпечаток')),
            ],
            options={
                'verbose_name': 'печать журнала',
                'verbose_name_plural': 'печати журнала',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OfficeEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(unique=True, verbose_name='порядковый номер')),
                ('at', models.DateTimeField(verbose_name='когда')),
                ('action', models.CharField(max_length=30, verbose_name='действие')),
                ('facts', models.JSONField(default=dict, verbose_name='обстоятельства')),
                ('previous', models.CharField(blank=True, max_length=64, verbose_name='отпечаток предыдущей записи')),
                ('digest', models.CharField(max_length=64, verbose_name='отпечаток')),
            ],
            options={
                'verbose_name': 'запись журнала отдела',
                'verbose_name_plural': 'записи журнала отдела',
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='journalentry',
            index=models.Index(fields=['at', 'id'], name='journal_at'),
        ),
        migrations.AddIndex(
            model_name='journalentry',
            index=models.Index(condition=models.Q(('actor__isnull', False)), fields=['actor', 'at', 'id'], name='journal_actor'),
        ),
        migrations.AddIndex(
            model_name='journalentry',
            index=models.Index(fields=['action', 'at', 'id'], name='journal_action'),
        ),
        migrations.AddConstraint(
            model_name='journalseal',
            constraint=models.UniqueConstraint(fields=('previous',), name='seal_follows_once'),
        ),
        migrations.AddField(
            model_name='officeentry',
            name='actor',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто'),
        ),
        migrations.AddIndex(
            model_name='officeentry',
            index=models.Index(fields=['at', 'id'], name='office_at'),
        ),
        migrations.AddIndex(
            model_name='officeentry',
            index=models.Index(condition=models.Q(('actor__isnull', False)), fields=['actor', 'at', 'id'], name='office_actor'),
        ),
        migrations.AddIndex(
            model_name='officeentry',
            index=models.Index(fields=['action', 'at', 'id'], name='office_action'),
        ),
        migrations.RunPython(install, remove),
    ]
