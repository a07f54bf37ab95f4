"""The open rows of a team carry in one index all that the counters of its folders ask."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("form_applications", "0025_letters_about_mentions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="application", name="app_open_team"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["team", "due_on", "id", "burns_on", "paused_on", "assignee", "state", "is_open"],
                name="app_open_team",
            ),
        ),
    ]
