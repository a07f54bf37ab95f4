"""The groups in the database are the list in accounts/roles.py."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Workflow

from accounts import roles

pytestmark = pytest.mark.django_db


def _held(group: Group) -> set[str]:
    return {f"{app}.{name}" for app, name in group.permissions.values_list("content_type__app_label", "codename")}


def test_the_migration_made_every_group_and_removed_wagtails_samples() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {each.group for each in roles.ROLES}
    assert list(Workflow.objects.values_list("name", flat=True)) == ["Проверка перед публикацией"]


@pytest.mark.parametrize("role", roles.ROLES, ids=lambda role: role.key)
def test_a_group_holds_exactly_its_list(role: roles.Role) -> None:
    existing = {f"{app}.{name}" for app, name in Permission.objects.values_list("content_type__app_label", "codename")}
    missing = set(role.all_permissions()) | set(role.files)
    assert not missing - existing, "the list names permissions that no model has"
    assert _held(Group.objects.get(name=role.group)) == set(role.all_permissions())


def test_sync_takes_back_what_the_list_does_not_say_and_repeats_without_change() -> None:
    group = Group.objects.get(name=roles.role("operator").group)
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    before = GroupPagePermission.objects.count()
    roles.sync(apps)
    assert _held(group) == set(roles.role("operator").all_permissions())
    roles.sync(apps)
    assert GroupPagePermission.objects.count() == before


def test_every_migrate_brings_the_groups_in_line() -> None:
    """A role gets the rights on a model that came after it with the migrate that brought the model."""
    group = Group.objects.get(name=roles.role("press").group)
    group.permissions.remove(*group.permissions.filter(codename__endswith="territory"))
    call_command("migrate", "auth", verbosity=0)
    assert _held(group) == set(roles.role("press").all_permissions())


def test_the_administrator_is_a_superuser(person) -> None:
    user = person("admin")
    assert user.is_superuser
    assert user.groups.get().name == "Администратор"
    assert not person("press").is_superuser


def test_no_such_role() -> None:
    with pytest.raises(KeyError):
        roles.role("nobody")
