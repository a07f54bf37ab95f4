"""The groups of `accounts.roles`, and Wagtail's own sample groups and workflow out of the way."""

from django.db import migrations

from accounts import roles


def lay(apps, schema_editor):
    roles.sync(apps)
    press = apps.get_model("auth", "Group").objects.get(name=roles.role("press").group)
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name="Moderators approval"):
        task.name = "Проверка редактором"
        task.save()
        task.groups.set([press])
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(
        name="Проверка перед публикацией"
    )
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
