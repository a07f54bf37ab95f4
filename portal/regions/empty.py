"""The first page of a site that somebody fills by hand: ours, in place of Wagtail's welcome."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts import roles
from home.frames import forget_frame
from home.models import HomePage

from .pages import site_at


def begin() -> bool:
    """Lay it where there is no home page yet; True when it was laid."""
    with transaction.atomic():
        if HomePage.objects.exists():
            return False
        home = HomePage(slug="site", title=_("Портал поддержки"), help_url="")
        home.hero_title = _("Портал работает, осталось его наполнить")
        home.lead = _("Здесь появятся центры, меры поддержки, группы и формы вашего региона.")
        Page.get_first_root_node().add_child(instance=home)
        home.save_revision().publish()
        site_at(home)
        roles.grant_page_rights()
        forget_frame()
    return True
