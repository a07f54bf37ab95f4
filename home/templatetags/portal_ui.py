"""Small parts of the face: icons, the «демо» label, the parts of an address that links reuse."""

from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from home import appearance

register = template.Library()


# The name of a hashed file does not change while the process lives, and a page has dozens of icons.
@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the sprite; always beside words, so it is hidden from screen readers."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("portal/sprite.svg"), name)


@register.simple_tag
def demo(shown: object = True) -> SafeString | str:
    """The label after anything invented; `{% demo page.is_demo %}` shows it only where that is true."""
    if not shown:
        return ""
    return format_html('<span class="demo" title="{}">{}</span>', _("Пример для демонстрации"), _("демо"))


@register.simple_tag
def look_groups(look: appearance.Look) -> list[dict[str, Any]]:
    """The settings of «Версия для слабовидящих» with what holds now."""
    return appearance.groups(look)
