"""Site search: the same stems in the index and in the query, so both engines find the same pages."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.contrib.contenttypes.models import ContentType
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from home.full_text import Hit, hits
from home.known_words import in_russian, known
from home.models import BasePage
from home.stems import stem, stems, words

MAX_LENGTH = 200  # characters of a query that are read
_MAX_WORDS = 12
_EXCERPT = 180


@dataclass
class Result:
    """One page found: its title and excerpt carry <mark> around what was asked for. `page` is there once it is read."""

    hit: Hit
    wanted: frozenset[str]
    page: Page | None = None

    @property
    def kind(self) -> str:
        """Under which name it stands."""
        return str(getattr(self.model, "search_kind", BasePage.search_kind))

    @property
    def model(self) -> type[Page]:
        """What kind of page it is."""
        kind: type[Page] | None = ContentType.objects.get_for_id(self.hit.content_type_id).model_class()
        return kind or Page

    @cached_property
    def title(self) -> SafeString:
        """What was asked for marked in the title."""
        return highlight(self.hit.title, self.wanted)

    @property
    def url(self) -> str:
        """The page's address."""
        page = self.page or Page(pk=self.hit.pk, url_path=self.hit.url_path)
        return page.get_url() or "/"

    @cached_property
    def excerpt(self) -> SafeString:
        """Some lines around what was asked for."""
        if self.page is None:
            return SafeString("")
        text = self.page.published_text if isinstance(self.page, BasePage) else self.page.search_description
        return highlight(excerpt(text, self.wanted), self.wanted)

    @property
    def is_demo(self) -> bool:
        """Whether the label «демо» belongs to it."""
        return isinstance(self.page, BasePage) and self.page.is_demo


def read(results: list[Result]) -> None:
    """Gives those that are shown, which are few, their pages as far as they are still there: a query for every kind."""
    kinds: dict[type[Page], list[int]] = {}
    for result in results:
        kinds.setdefault(result.model, []).append(result.hit.pk)
    pages = {key: page for kind, keys in kinds.items() for key, page in kind._default_manager.in_bulk(keys).items()}
    for result in results:
        result.page = pages.get(result.hit.pk)


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
    if len(asked) > 1 and (found := hits(asked, every=False)):
        return Answer(_results(found, asked, limit), told)
    return Answer([])


def _asked(text: str) -> list[str]:
    return stems(text).split()[:_MAX_WORDS]


def _matching(text: str, limit: int) -> list[Result]:
    """Pages that hold every word; then those that hold every word of what it means elsewhere."""
    asked = _asked(text)
    if not asked:
        return []
    queries = [asked, *known().meant(asked)]
    found = {hit.pk: hit for words_ in queries for hit in hits(words_)}
    return _results(list(found.values()), [word for words_ in queries for word in words_], limit)


def _mended(text: str) -> str:
    """Words that stand on no page replaced by the nearest known one."""
    kept = []
    for word in words(text)[:_MAX_WORDS]:
        is_known = word in known().forms or not stems(word) or bool(hits([stem(word)]))
        kept.append(word if is_known else known().nearest(word) or word)
    return " ".join(kept)


def _results(found: list[Hit], asked: list[str], limit: int) -> list[Result]:
    wanted = frozenset(asked)
    # The engines weigh a long text with many hits above a short one that is about the very thing: titles go first.
    ordered = sorted(found, key=lambda hit: wanted.isdisjoint(_stems_of(hit.title)))
    return [Result(hit, wanted) for hit in ordered[:limit]]


@lru_cache(maxsize=2000)
def _stems_of(title: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(title))


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
