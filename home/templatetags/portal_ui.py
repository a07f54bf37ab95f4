"""Small parts of the face: icons, the «демо» label, the parts of an address that links reuse."""

from collections.abc import Hashable
from functools import cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from home import appearance, freshness

register = template.Library()
MOST = 2000
"""So many drawn parts a process keeps."""
_drawn: dict[Hashable, SafeString] = {}


def _kept(key: Hashable, draw: Any) -> SafeString:
    """The part as it was drawn under this key, otherwise as `draw` draws it."""
    part = _drawn.get(key)
    if part is None:
        if len(_drawn) >= MOST:
            _drawn.clear()
        part = _drawn[key] = draw()
    return part


class Kept(Node):
    """Draws what it holds once for all values of what it varies by."""

    def __init__(self, nodelist: NodeList, name: str, vary: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.vary = nodelist, name, vary

    def render(self, context: template.Context) -> SafeString:
        key = (self.name, *(value.resolve(context) for value in self.vary))
        return _kept(key, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept foot frame.stamp %}…{% endkept %}`: drawn once by each process for all it names, `frame.stamp` first.

    Django's `{% cache %}` makes a hash of its values and unpickles what it kept: most parts are drawn as fast.
    """
    _tag, name, *vary = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, name, [parser.compile_filter(value) for value in vary])


@register.simple_tag
def blocks(value: Any) -> SafeString:
    """The blocks of a body one after the other, drawn once until something that pages show changes.

    Known by their content, so a preview never shows what was published.
    """
    return _kept(
        ("blocks", freshness.generation(), repr(list(value.raw_data))),
        lambda: mark_safe("".join(block.render_as_block() for block in value)),  # noqa: S308 - drawn by templates
    )


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
