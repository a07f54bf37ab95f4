"""The words the site knows, kept in each process until something is published: what suggestions, synonyms and
corrections are made of.
"""

from collections import Counter
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import cached_property
from wagtail.models import Page

from home import settings
from home.models import BasePage, Synonym
from home.stems import stem, stems, words

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,." + '~{}:"<>'
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю" + "ёхъжэбю"
_SAME_KEYS = str.maketrans(_LATIN, _RUSSIAN)
SUGGESTIONS = 6
_SYNONYMS = 3


@dataclass(frozen=True)
class Title:
    """A page as a suggestion shows it."""

    title: str
    url: str
    kind: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words(self.title))


@dataclass(frozen=True)
class Known:
    """`forms`: words in titles and leads with how often they stand there; `synonyms`: stems asked and stems meant."""

    titles: tuple[Title, ...]
    forms: dict[str, int]
    synonyms: tuple[tuple[frozenset[str], tuple[str, ...]], ...]

    @cached_property
    def by_stem(self) -> dict[str, str]:
        """The most frequent form of every stem."""
        return {stem(word): word for word, _ in sorted(self.forms.items(), key=lambda item: item[1])}

    def meant(self, asked: list[str]) -> list[list[str]]:
        """Further queries, as stems, in which what was asked is called as the pages call it."""
        found = []
        for phrase, means in self.synonyms:
            if phrase <= set(asked):
                found.append(list(dict.fromkeys([word for word in asked if word not in phrase] + list(means))))
        return found[:_SYNONYMS]

    def nearest(self, word: str) -> str | None:
        """The known word a typing mistake away (two in a long word), the most frequent of the nearest; None if none."""
        return self._nearest(word, self.forms) or self.by_stem.get(self._nearest(stem(word), self.by_stem) or "")

    def _nearest(self, word: str, among: dict[str, int] | dict[str, str]) -> str | None:
        allowed = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 8 else 2
        if not allowed:
            return None
        # Four megabytes, in the processes that ever mend a query and in no other.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extract(word, among.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=8)
        if not near:
            return None
        return str(min(near, key=lambda each: (each[1], each[0][0] != word[0], -self._often(each[0])))[0])

    def _often(self, form_or_stem: str) -> int:
        return self.forms.get(form_or_stem) or self.forms.get(self.by_stem.get(form_or_stem, ""), 0)

    def suggestions(self, typed: str) -> list[Title]:
        """Pages whose titles hold words that begin as the typed ones do; titles that begin so come first."""
        asked = words(typed)
        if not asked:
            return []
        fits = [title for title in self.titles if all(_holds(title.words, each) for each in asked)]
        fits.sort(key=lambda title: not title.words[0].startswith(asked[0]))
        return fits[:SUGGESTIONS]


def _holds(title: tuple[str, ...], typed: str) -> bool:
    return any(word.startswith(typed) for word in title)


def in_russian(text: str) -> str:
    """What the same keys give in the Russian layout: «cfyfnjhbq» is «санаторий». A text without Latin letters stays."""
    if not any("a" <= letter <= "z" for letter in text.lower()):
        return text
    return text.lower().translate(_SAME_KEYS)


_kept: dict[str, Known] = {}


def known() -> Known:
    """The words of now; a query for every kind of page after something was published, none otherwise."""
    number = settings.stamp()
    found = _kept.get(number)
    if found is None:
        found = _read()
        _kept.clear()
        _kept[number] = found
    return found


def _read() -> Known:
    forms: Counter[str] = Counter()
    titles = []
    pages = Page.objects.live().public().filter(depth__gt=2).select_related("content_type")
    for page in pages.only("title", "url_path", "content_type", "search_description").order_by("path"):
        kind = page.content_type.model_class()
        own = kind if kind and issubclass(kind, BasePage) else BasePage
        titles.append(Title(page.title, page.get_url() or "/", str(own.search_kind)))
        forms.update(words(f"{page.title} {page.search_description}"))
    for model in (each for each in apps.get_models() if issubclass(each, BasePage)):
        for lead in model.objects.live().public().values_list("lead", flat=True):
            forms.update(words(lead))
    synonyms = []
    for asked, means in Synonym.objects.values_list("asked", "means"):
        forms.update(words(f"{asked} {means}"))
        meant = tuple(stems(means).split())
        synonyms += [(frozenset(phrase.split()), meant) for phrase in map(stems, asked.split(",")) if phrase]
    return Known(tuple(titles), dict(forms), tuple(synonyms))
