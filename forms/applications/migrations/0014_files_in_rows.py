from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('form_applications', '0013_guards_of_moves'),
    ]

    operations = [
        migrations.AlterField(
            model_name='upload',
            name='field_key',
            field=models.CharField(blank=True, max_length=200, verbose_name='вопрос'),
        ),
    ]
