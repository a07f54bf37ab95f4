"""The admin as each role sees it: no menu item that leads nowhere for this person, rights on what was just created."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from . import roles


@hooks.register("construct_main_menu")
def leave_only_what_concerns(request: HttpRequest, menu_items: list[Any]) -> None:
    """Drop Wagtail's help, which leads to foreign sites; the reports on pages are for the editors of the site."""
    unwanted = {"help"}
    if not request.user.has_perm("home.change_homepage"):
        unwanted.add("reports")
    menu_items[:] = [item for item in menu_items if item.name not in unwanted]


@hooks.register("after_create_page")
@hooks.register("after_copy_page")
@hooks.register("after_move_page")
def open_to_its_role(_request: HttpRequest, _page: Page, *_more: object) -> None:
    """A new section belongs to the editors of the site, a forms index to the editors of forms."""
    roles.grant_page_rights()
