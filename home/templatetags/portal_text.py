"""Filters that put numbers, dates and telephone numbers into Russian words."""

from datetime import date

from anyascii import anyascii
from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from home import words

register = template.Library()


@register.filter
def plural(number: int | None, forms: str) -> str:
    """`{{ n|plural:"мера,меры,мер" }}` gives the word alone, without the number."""
    one, few, many = forms.split(",")
    return words.plural(int(number or 0), one, few, many)


@register.filter
def phone(number: str | None) -> str:
    """«8 800 600-00-00», never broken over two lines."""
    return words.phone(number or "")


@register.filter
def phone_href(number: str | None) -> str:
    """The number for `href="tel:…"`."""
    return words.phone_href(number or "")


@register.filter
def long_date(value: date | None) -> str:
    """«25 ноября 2026 года»."""
    return words.long_date(value)


@register.filter
def day_month(value: date | None) -> str:
    """«25 ноября»."""
    return words.day_month(value)


@register.filter
def month_name(value: date | None) -> str:
    """«ноября»."""
    return words.month_name(value)


@register.filter
def bind(text: str | None) -> SafeString:
    """No line ends in a preposition; safe markup stays safe, everything else is escaped."""
    return mark_safe(words.bind(str(conditional_escape(text or ""))))  # noqa: S308 - escaped in this very line


@register.filter
def anchor(text: str | None) -> str:
    """An id for a heading: Latin letters and hyphens, so that a link to it stays readable."""
    return slugify(anyascii(text or "")) or "part"
