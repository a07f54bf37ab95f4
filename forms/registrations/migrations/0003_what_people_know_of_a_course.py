from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("form_registrations", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="told_days",
            field=models.JSONField(blank=True, null=True, verbose_name="что записанные знают о встречах курса"),
        ),
    ]
