"""Russian words that depend on a value."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from home import words

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("n", "word"),
    [
        (0, "мер"),
        (1, "мера"),
        (2, "меры"),
        (4, "меры"),
        (5, "мер"),
        (11, "мер"),
        (12, "мер"),
        (14, "мер"),
        (21, "мера"),
        (22, "меры"),
        (25, "мер"),
        (100, "мер"),
        (101, "мера"),
        (111, "мер"),
        (112, "мер"),
        (-1, "мера"),
    ],
)
def test_plural(n: int, word: str) -> None:
    assert words.plural(n, "мера", "меры", "мер") == word


def test_dates_in_words() -> None:
    assert words.long_date(date(2026, 11, 25)) == "25 ноября 2026 года"
    assert words.day_month(date(2026, 5, 1)) == "1 мая"
    assert words.long_date(None) == ""


def test_a_moment_is_told_by_the_clock_of_the_site() -> None:
    assert words.long_date(datetime(2026, 11, 24, 20, 0, tzinfo=UTC)) == "25 ноября 2026 года"  # 04:00 in Irkutsk


@pytest.mark.parametrize("number", ["+79016679448", "8 901 667-94-48", "89016679448"])
def test_phone_numbers(number: str) -> None:
    assert words.phone(number).replace(NBSP, " ") == "8 901 667-94-48"
    assert words.phone_href(number) == "+79016679448"


@pytest.mark.parametrize(("odd", "href"), [("112", "112"), ("+375291234567", "+375291234567"), ("", "")])
def test_other_numbers_are_left_as_they_are(odd: str, href: str) -> None:
    assert words.phone(odd) == odd
    assert words.phone_href(odd) == href


def test_short_words_do_not_end_a_line() -> None:
    assert words.bind("и в городе") == f"и{NBSP}в{NBSP}городе"
    assert words.bind("10 дней — срок") == f"10{NBSP}дней{NBSP}— срок"
    assert words.bind("в 10:00 по времени") == f"в{NBSP}10:00 по{NBSP}времени"


def test_filters_escape_what_editors_typed() -> None:
    out = Template("{% load portal_text %}{{ text|bind }} {{ 3|plural:'мера,меры,мер' }}").render(
        Context({"text": "<script>в доме"})
    )
    assert out == f"&lt;script&gt;в{NBSP}доме меры"


def test_small_parts() -> None:
    out = Template("{% load portal_ui %}{% icon 'phone' %}{% demo %}{% demo no %}").render(Context({"no": False}))
    assert 'href="/static/portal/sprite.svg#phone"' in out
    assert out.count("демо</span>") == 1
