"""How the texts that editors type reach the page."""

import json
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from home import words
from services import news
from services.lines import DEMO_MARK, lines

register = template.Library()
# As Django's json_script: nothing in the text may end the block or begin another.
_ESCAPES = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


@register.filter
def marked(text: str | None) -> SafeString:
    """Typed text as HTML: a line a line, «[демо]» as the label, no preposition at the end of a line."""
    return format_html_join(mark_safe("<br>"), "{}", ((_line(line),) for line in lines(text or "")))


def _line(line: str) -> SafeString:
    label = format_html('<span class="demo" title="{}">{}</span>', _("Пример для демонстрации"), _("демо"))
    text = words.bind(str(conditional_escape(line)))
    return mark_safe(text.replace(DEMO_MARK, label))  # noqa: S308 - escaped one line above


@register.filter
def json_ld(facts: dict[str, Any] | None) -> SafeString:
    """Facts as a data block: no browser runs it, so the security policy has nothing to say about it."""
    if not facts:
        return mark_safe("")
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped one line above


@register.filter
def lower_first(text: str | None) -> str:
    """«Запись не нужна» → «запись не нужна», for the middle of a sentence."""
    return f"{text[:1].lower()}{text[1:]}" if text else ""


@register.simple_tag
def news_about(page: Page) -> list[news.Article]:
    """The newest news about this page that still hold."""
    return news.about(page.pk) if page.pk else []
