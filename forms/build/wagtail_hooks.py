"""The form editor in the admin: its addresses, «Новая форма» in the menu, and the buttons of one form."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .models import FormIndexPage, FormPage
from .views.screen import may_add


@hooks.register("register_admin_urls")
def form_urls() -> list[Any]:
    """/admin/form-build/."""
    return [path("form-build/", include("forms.build.urls"))]


class NewFormMenuItem(MenuItem):
    """Shown to those who may make forms."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the right on the section of forms."""
        return request.user.has_perm("form_build.add_formpage") and may_add(request.user)


@hooks.register("register_admin_menu_item")
def new_form_menu_item() -> MenuItem:
    """«Новая форма», under Wagtail's own list of forms."""
    words = gettext_lazy("Новая форма")
    return NewFormMenuItem(words, reverse_lazy("form_build:new"), name="new-form", icon_name="plus", order=710)


@hooks.register("register_page_header_buttons")
def form_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The section offers a new form; a form its copy and its file."""
    if isinstance(page.specific_deferred, FormIndexPage) and may_add(user):
        yield Button(_("Новая форма"), reverse("form_build:new"), icon_name="plus", priority=5)
    elif isinstance(page.specific_deferred, FormPage) and page.permissions_for_user(user).can_edit():
        for number, (name, label, icon) in enumerate(OF_A_FORM):
            if name != "copy" or may_add(user):
                yield Button(
                    str(label), reverse(f"form_build:{name}", args=[page.pk]), icon_name=icon, priority=31 + number
                )


OF_A_FORM = (
    ("copy", gettext_lazy("Скопировать форму"), "copy"),
    ("export", gettext_lazy("Скачать файлом"), "download"),
)
