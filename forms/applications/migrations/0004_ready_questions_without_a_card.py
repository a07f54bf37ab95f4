"""What every office is asked without a card being needed; leads change the list."""

from django.db import migrations

KINDS = ("Рассказали, как отправить посылку", "Часы работы и адрес", "Когда встреча группы")


def lay(apps, schema_editor):
    kinds = apps.get_model("form_applications", "TallyKind").objects
    for place, name in enumerate(KINDS, start=1):
        kinds.get_or_create(name=name, defaults={"place": place})


class Migration(migrations.Migration):
    dependencies = [("form_applications", "0003_words_of_search")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
