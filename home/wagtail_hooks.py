"""What the site adds to the admin: its letters and colours."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def own_letters() -> SafeString:
    """The same typeface as the public pages, from our own server."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin.css"))
