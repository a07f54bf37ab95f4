"""Site search: the same stems in the index and in the query, so both engines find the same pages."""

from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.models import BasePage
from home.stems import stem, stems, words

MAX_LENGTH = 200  # characters of a query that are read
_MAX_WORDS = 12
_EXCERPT = 180


@dataclass(frozen=True)
class Result:
    """One page found: its title and excerpt carry <mark> around what was asked for."""

    title: SafeString
    url: str
    kind: str
    excerpt: SafeString
    is_demo: bool = False


def search_pages(query: str, limit: int = 60) -> list[Result]:
    """Public pages for a query, best first; every word must match, or, where nothing does, any of them."""
    asked = stems(query[:MAX_LENGTH]).split()[:_MAX_WORDS]
    if not asked:
        return []
    pages = _found(asked, "and", limit)
    if not pages and len(asked) > 1:
        pages = _found(asked, "or", limit)
    wanted = frozenset(asked)
    # The engines weigh a long text with many hits above a short one that is about the very thing: titles go first.
    pages.sort(key=lambda page: not any(_hits(word, wanted) for word in page.title.split()))
    return [_result(page, wanted) for page in pages]


def _found(asked: list[str], operator: str, limit: int) -> list[Page]:
    pages = Page.objects.live().public().filter(depth__gt=2)
    return list(pages.specific().search(" ".join(asked), operator=operator)[:limit])


def _result(page: Page, wanted: frozenset[str]) -> Result:
    own = page if isinstance(page, BasePage) else None
    return Result(
        title=highlight(page.title, wanted),
        url=page.get_url() or "/",
        kind=str(own.search_kind if own else BasePage.search_kind),
        excerpt=highlight(excerpt(own.search_text if own else page.search_description, wanted), wanted),
        is_demo=bool(own and own.is_demo),
    )


def excerpt(text: str, wanted: frozenset[str]) -> str:
    """About 180 characters around the first word that was asked for, cut between words."""
    tokens = text.split()
    first = next((n for n, token in enumerate(tokens) if _hits(token, wanted)), 0)
    start = max(0, first - 8)
    kept: list[str] = []
    length = 0
    for token in tokens[start:]:
        length += len(token) + 1
        if length > _EXCERPT and kept:
            break
        kept.append(token)
    end = start + len(kept)
    return f"{'… ' if start else ''}{' '.join(kept)}{' …' if end < len(tokens) else ''}"


def highlight(text: str, wanted: frozenset[str]) -> SafeString:
    """The text, escaped, with <mark> around every word whose stem was asked for."""
    return format_html_join(
        " ", "{}", ((format_html("<mark>{}</mark>", token) if _hits(token, wanted) else conditional_escape(token),)
                    for token in text.split()),
    )  # fmt: skip


def _hits(token: str, wanted: frozenset[str]) -> bool:
    return any(stem(word) in wanted for word in words(token))
