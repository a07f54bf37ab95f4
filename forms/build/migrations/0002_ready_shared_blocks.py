"""Three blocks that every portal begins with: a person, an address, a child. They belong to the editors then."""

import json
from pathlib import Path

from django.db import migrations


def lay(apps, schema_editor):
    blocks = apps.get_model("form_build", "SharedBlock").objects
    for block in json.loads(Path(__file__).with_name("ready_blocks.json").read_text("utf-8")):
        blocks.get_or_create(name=block["name"], defaults={"about": block["about"], "questions": block["questions"]})


class Migration(migrations.Migration):
    dependencies = [("form_build", "0001_initial")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
