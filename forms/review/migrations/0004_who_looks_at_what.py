"""Who has which card open."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('form_applications', '0001_initial'),
        ('form_review', '0003_batches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(verbose_name='когда')),
                ('application', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='form_applications.application', verbose_name='обращение')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто смотрит')),
            ],
            options={
                'verbose_name': 'кто смотрит карточку',
                'verbose_name_plural': 'кто смотрит карточки',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('application', 'user'), name='presence_once')],
            },
        ),
    ]
