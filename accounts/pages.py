"""A page that a role may edit without a right that the pages below it would inherit."""

from typing import Any

from wagtail.models import Page, PagePermissionTester

_RIGHTS = {"add", "change", "publish", "lock", "unlock"}


class OwnRightTester(PagePermissionTester):
    """Wagtail's tester, which also counts the model's own change permission."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        meta = page._meta
        if user.is_active and not user.is_superuser and user.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
            self.permissions |= _RIGHTS


class OwnRight:
    """Mixin for a page model, named before Page: "app.change_model" opens this page but not its children."""

    def permissions_for_user(self, user: Any) -> OwnRightTester:
        """Wagtail asks this before every action on a page."""
        return OwnRightTester(user, self)
