"""What every screen shares: the section of forms, one form, and who may do what with them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.build.models import FormIndexPage, FormPage
from home.frames import Kept

_kept = Kept[bool](1)


def section() -> FormIndexPage | None:
    """The page below which forms live; None on a site that has none yet."""
    return FormIndexPage.objects.order_by("path").first()


def has_section() -> bool:
    """Whether there is one; every screen of the admin asks it for the menu, so it is kept until a page changes."""
    return _kept.get("section", FormIndexPage.objects.exists)


def may_add(user: Any) -> bool:
    """Whether the user may make a form."""
    parent = section()
    return bool(parent and parent.permissions_for_user(user).can_add_subpage())


def form_for(user: Any, page_id: int) -> FormPage:
    """The form that the user may edit; 404 where there is none, refused where it is not theirs."""
    page = get_object_or_404(FormPage, pk=page_id)
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return page


def newest(page: FormPage) -> FormPage:
    """The form as its editor sees it, the unpublished draft included."""
    return page.get_latest_revision_as_object()


class FormsScreen(WagtailAdminTemplateMixin, View):
    """A screen in the admin's own frame."""

    header_icon = "form"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The section of forms, then this screen."""
        parent = section()
        url = reverse("wagtailadmin_explore", args=[parent.pk]) if parent else ""
        above = [{"url": url, "label": parent.get_admin_display_title()}] if parent else []
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]


class OneFormScreen(FormsScreen):
    """A screen about one form."""

    def setup(self, request: Any, *args: Any, page_id: int, **kwargs: Any) -> None:
        """The form and its newest draft."""
        super().setup(request, *args, **kwargs)
        self.page: FormPage = form_for(request.user, page_id)

    def get_page_subtitle(self) -> str:
        """Which form it is about."""
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the way back."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return super().get_context_data(**kwargs) | {"form_page": self.page, "edit_url": edit}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The section, the form, this screen."""
        *above, here = super().get_breadcrumbs_items()
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [*above, {"url": edit, "label": self.page.get_admin_display_title()}, here]
