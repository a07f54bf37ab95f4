"""A repeat under a key is answered as the first time was: its status and what was told, without texts."""

from typing import Any

from django.db import migrations, models


def forget(apps: Any, schema_editor: Any) -> None:
    """Keys from before have no answer to repeat; who repeats such a letter is stopped by its version."""
    apps.get_model("form_api", "SentOnce").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("form_api", "0001_what_programs_sent")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("sentonce", "leaves_at"),
        migrations.AddField("sentonce", "status", models.PositiveSmallIntegerField(default=200, verbose_name="код ответа")),
        migrations.AddField("sentonce", "answer", models.JSONField(default=dict, verbose_name="ответ")),
        migrations.AlterField("sentonce", "body", models.CharField(max_length=64, verbose_name="отпечаток запроса")),
    ]
