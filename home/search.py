"""Site search: the same stems in the index and in the query, so both engines find the same pages."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from home import privacy
from home.known_words import in_russian, known
from home.models import BasePage
from home.stems import stem, stems, words

MAX_LENGTH = 200  # characters of a query that are read
_MAX_WORDS = 12
_EXCERPT = 180


@dataclass(frozen=True)
class Result:
    """One page found: its title and excerpt carry <mark> around what was asked for."""

    page: Page
    kind: str
    wanted: frozenset[str]

    @cached_property
    def title(self) -> SafeString:
        """What was asked for marked in the title."""
        return highlight(self.page.title, self.wanted)

    @property
    def url(self) -> str:
        """The page's address."""
        return self.page.get_url() or "/"

    @cached_property
    def excerpt(self) -> SafeString:
        """Some lines around what was asked for; made for what is shown, which is few of what was found."""
        text = self.page.published_text if isinstance(self.page, BasePage) else self.page.search_description
        return highlight(excerpt(text, self.wanted), self.wanted)

    @property
    def is_demo(self) -> bool:
        """Whether the label «демо» belongs to it."""
        return isinstance(self.page, BasePage) and self.page.is_demo


@dataclass(frozen=True)
class Answer:
    """Pages found, best first. `corrected` is the query that found them where it is not the one that was asked."""

    results: list[Result]
    corrected: str = ""


def search_site(query: str, limit: int = 60) -> Answer:
    """Public pages for a query: as it stands and by its synonyms; where nothing is found, as typed with the other
    keyboard layout, then with typing mistakes mended; at last by any of its words.
    """
    query = query[:MAX_LENGTH]
    for text in dict.fromkeys((query, in_russian(query))):
        if results := _matching(text, limit):
            return Answer(results, "" if text == query else text)
    plain = " ".join(words(in_russian(query)))
    mended = _mended(plain)
    told = "" if mended == plain else mended
    if told and (results := _matching(mended, limit)):
        return Answer(results, told)
    asked = _asked(mended)
    asked = list(dict.fromkeys([*asked, *(word for means in known().meant(asked) for word in means)]))
    if len(asked) > 1 and (pages := _found(asked, "or", limit)):
        return Answer(_results(pages, asked), told)
    return Answer([])


def _asked(text: str) -> list[str]:
    return stems(text).split()[:_MAX_WORDS]


def _matching(text: str, limit: int) -> list[Result]:
    """Pages that hold every word; then those that hold every word of what it means elsewhere."""
    asked = _asked(text)
    if not asked:
        return []
    queries = [asked, *known().meant(asked)]
    pages = list({page.pk: page for words_ in queries for page in _found(words_, "and", limit)}.values())[:limit]
    return _results(pages, [word for words_ in queries for word in words_])


def _mended(text: str) -> str:
    """Words that stand on no page replaced by the nearest known one."""
    kept = []
    for word in words(text)[:_MAX_WORDS]:
        is_known = word in known().forms or not stems(word) or bool(_found([stem(word)], "and", 1))
        kept.append(word if is_known else known().nearest(word) or word)
    return " ".join(kept)


def _found(asked: list[str], operator: str, limit: int) -> list[Page]:
    shown = Page.objects.live().public() if privacy.has_private_pages() else Page.objects.live()
    pages = shown.filter(depth__gt=2)
    return list(pages.search(" ".join(asked), operator=operator)[:limit])


def _results(pages: list[Page], asked: list[str]) -> list[Result]:
    wanted = frozenset(asked)
    whole = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in pages]).specific()}
    found = [whole[page.pk] for page in pages if page.pk in whole]
    # The engines weigh a long text with many hits above a short one that is about the very thing: titles go first.
    found.sort(key=lambda page: not any(_hits(word, wanted) for word in page.title.split()))
    return [Result(page, str(getattr(page, "search_kind", BasePage.search_kind)), wanted) for page in found]


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
