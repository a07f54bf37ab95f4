from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('form_applications', '0011_office_journal_and_seals'),
    ]

    operations = [
        migrations.AlterField(
            model_name='upload',
            name='field_key',
            field=models.CharField(blank=True, max_length=200, verbose_name='вопрос'),
        ),
    ]
