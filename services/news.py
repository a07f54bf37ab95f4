"""What news are about, as the site asks for it (`home.subjects`), and the news about a page of this room.

All of it is read once, in three queries, and kept by each process until a page is published, moved or gone.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from home import privacy, subjects
from home.models import NewsPage
from home.settings import stamp
from services import territories
from services.models import Centre, Measure, NewsPlace, NewsSubject, SupportGroup
from services.models.news_links import PANELS

SHOWN = 3


@dataclass(frozen=True)
class Article:
    """One piece of news in a list beside something else."""

    title: str
    url: str
    date: datetime.date
    is_demo: bool
    outdated_from: datetime.date | None


@dataclass(frozen=True)
class _Told:
    """News about a page; of an article its places (code, name) and its subjects; all by primary key."""

    about: dict[int, list[Article]]
    places: dict[int, list[tuple[str, str]]]
    subjects: dict[int, list[subjects.Subject]]


_kept: dict[str, _Told] = {}


def about(page_id: int) -> list[Article]:
    """The newest news about a page that still hold; no query while nothing was published."""
    today = timezone.localdate()
    current = [
        each for each in _told().about.get(page_id, ()) if each.outdated_from is None or each.outdated_from > today
    ]
    return current[:SHOWN]


class Known:
    """`home.subjects.Knower` of this room; of a draft what its editor has chosen, otherwise what is kept."""

    def places_of(self, news: Any, *, is_draft: bool) -> list[str]:
        """Names of the places of an article."""
        rows = _places(news.places.all()) if is_draft else _told().places.get(news.pk, [])
        return [name for _code, name in rows]

    def subjects_of(self, news: Any, *, is_draft: bool) -> list[subjects.Subject]:
        """The published pages that an article is about, in the editor's order."""
        if not is_draft:
            return _told().subjects.get(news.pk, [])
        chosen = list(news.subjects.all())
        return _subjects(chosen, _invented(chosen))

    def names(self, keys: Iterable[int]) -> dict[int, str]:
        """The places of many articles; those without any are left out."""
        places = _told().places
        return {key: ", ".join(name for _code, name in places[key]) for key in keys if key in places}

    def choices(self) -> list[tuple[str, str]]:
        """(code, name) of the places that published news have, by alphabet."""
        codes = {code for rows in _told().places.values() for code, _name in rows}
        return [(code, name) for code, name in territories.names().items() if code in codes]

    def within(self, news: Any, code: str) -> Any:
        """The queryset of news narrowed to a place and what lies in it."""
        codes = {code, *territories.descendants(code)}
        # By a subquery: joined rows would show an article once for each of its places.
        return news.filter(pk__in=NewsPlace.objects.filter(territory__code__in=codes).values("news_id"))


def register() -> None:
    """Called once the apps are ready: the site asks this room, and its editor shows our panels."""
    subjects.register(Known())
    if PANELS[0] not in NewsPage.content_panels:
        NewsPage.content_panels = [*NewsPage.content_panels, *PANELS]


def _told() -> _Told:
    key = stamp()
    told = _kept.get(key)
    if told is None:
        told = _read()
        _kept.clear()
        _kept[key] = told
    return told


def _read() -> _Told:
    published = NewsPage.objects.for_list().order_by().values("pk")
    found: dict[int, list[Article]] = {}
    by_news: dict[int, list[NewsSubject]] = {}
    rows = NewsSubject.objects.filter(news__in=published).select_related("news", "subject").defer("news__body")
    for row in rows.order_by("-news__date", "-news_id", "sort_order"):
        by_news.setdefault(row.news_id, []).append(row)
        news = row.news
        article = Article(news.title, news.get_url() or "/", news.date, news.is_demo, news.outdated_from)
        if article not in found.setdefault(row.subject_id, []):
            found[row.subject_id].append(article)
    places: dict[int, list[NewsPlace]] = {}
    for place in NewsPlace.objects.filter(news__in=published).select_related("territory").order_by("sort_order", "pk"):
        places.setdefault(place.news_id, []).append(place)
    invented = _invented(row for chosen in by_news.values() for row in chosen)
    return _Told(
        found,
        {key: _places(chosen) for key, chosen in places.items()},
        {key: _subjects(chosen, invented) for key, chosen in by_news.items()},
    )


def _places(rows: Iterable[NewsPlace]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((row.territory.code, row.territory.name) for row in rows))


def _subjects(rows: Iterable[NewsSubject], invented: set[int]) -> list[subjects.Subject]:
    pages = list({row.subject_id: row.subject for row in rows}.values())
    shown = [page for page in pages if page.live and not _is_private(page)]
    return [subjects.Subject(page.title, page.get_url() or "/", _kind(page), page.pk in invented) for page in shown]


def _invented(rows: Iterable[NewsSubject]) -> set[int]:
    """Which of the pages are invented for the demonstration: one query, as each kind keeps that in its own table."""
    keys = {row.subject_id for row in rows}
    if not keys:
        return set()
    first, *rest = (
        model._default_manager.filter(pk__in=keys, is_demo=True).order_by().values_list("pk", flat=True)
        for model in (Centre, Measure, SupportGroup)
    )
    return set(first.union(*rest))


def _kind(page: Any) -> str:
    return str(getattr(page.specific_class, "search_kind", ""))


def _is_private(page: Any) -> bool:
    return privacy.has_private_pages() and page.get_view_restrictions().exists()
