from importlib import import_module

from django.db import migrations, models

guards = import_module("forms.registrations.migrations.0002_guards")


class Migration(migrations.Migration):
    dependencies = [("form_registrations", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="spelling",
            field=models.CharField(
                blank=True, default="", max_length=16, verbose_name="по каким правилам признак"
            ),
        ),
        # SQLite makes the table anew and forgets its trigger.
        migrations.RunPython(guards.install, migrations.RunPython.noop),
    ]
