"""The keys for programs inside the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.access_keys import MANAGE


@hooks.register("register_admin_urls")
def key_urls() -> list[Any]:
    """/admin/keys/."""
    return [path("keys/", include("forms.api.staff.admin_urls"))]


class KeysMenuItem(MenuItem):
    """Shown to those who give out keys."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the permission, not by the role."""
        return bool(request.user.has_perm(MANAGE))


@hooks.register("register_settings_menu_item")
def keys_menu_item() -> MenuItem:
    """«Ключи для программ», among the settings."""
    return KeysMenuItem(_("Ключи для программ"), reverse_lazy("form_api:keys"), name="access-keys", icon_name="key")
