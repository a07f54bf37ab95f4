"""Rights read by one statement are those that Django and Wagtail would read by five."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission
from wagtail.images.models import Image
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry

from accounts import roles
from accounts.backends import StaffBackend
from accounts.models import User
from home.models import SiteSettings
from tests.factories import forms, home

pytestmark = pytest.mark.django_db
BY_PLACE = (Page, Collection, SiteSettings)


@pytest.fixture(autouse=True)
def site() -> None:
    home.whole_site()
    forms.form_index()
    roles.grant_page_rights()


def _again(user: User) -> User:
    found = StaffBackend().get_user(user.pk)
    assert found is not None
    return found


@pytest.mark.parametrize("role", [each.key for each in roles.ROLES])
def test_each_role_has_the_rights_it_has_with_django(person, role) -> None:
    user = person(role)
    user.user_permissions.add(Permission.objects.get(codename="view_journal"))
    one, other = _again(user), _again(user)
    rights = StaffBackend().get_all_permissions(one)
    assert rights == ModelBackend().get_all_permissions(other)
    assert "form_applications.view_journal" in rights
    for model in (*BY_PLACE, Image):
        policy = policy_registry.get_by_type(model)
        for action in ("add", "change", "delete", "publish", "choose"):
            asked = [policy.user_has_permission(each, action) for each in (one, other)]
            assert asked[0] == asked[1], (model, action)
    pages = policy_registry.get_by_type(Page)
    for page in Page.objects.all():
        testers = [page.permissions_for_user(each) for each in (one, other)]
        for may in ("can_edit", "can_publish", "can_add_subpage", "can_delete"):
            assert getattr(testers[0], may)() == getattr(testers[1], may)(), (page, may)
    assert pages.explorable_root_instance(one) == pages.explorable_root_instance(other)
    images = policy_registry.get_by_type(Image)
    assert {*images.collections_user_has_permission_for(one, "add")} == {
        *images.collections_user_has_permission_for(other, "add")
    }


def test_all_rights_are_one_statement_and_the_profile_comes_with_the_person(person, django_assert_num_queries) -> None:
    pk = person("press").pk
    with django_assert_num_queries(2):
        user = StaffBackend().get_user(pk)
        assert user is not None
        assert user.has_perm("home.change_homepage") and not user.has_perm("form_applications.view_queue")
        assert not hasattr(user, "wagtail_userprofile")
        for model in BY_PLACE:
            policy_registry.get_by_type(model).user_has_any_permission(user, ["add", "change"])


def test_who_left_has_no_rights(person) -> None:
    user = person("lead")
    assert StaffBackend().get_all_permissions(AnonymousUser()) == set()
    assert StaffBackend().get_all_permissions(_again(user), obj=Page.objects.first()) == set()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert StaffBackend().get_user(user.pk) is None
    assert StaffBackend().get_user(0) is None
    user.refresh_from_db()
    assert StaffBackend().get_all_permissions(user) == set()


def test_an_administrator_has_every_right(django_assert_num_queries) -> None:
    user = _again(User.objects.create_superuser("admin"))
    with django_assert_num_queries(0):
        assert user.has_perm("form_applications.view_queue")
    assert StaffBackend().get_all_permissions(user) == ModelBackend().get_all_permissions(_again(user))
