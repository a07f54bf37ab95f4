"""The region whose finder is measured: municipalities, places with hours and exceptions, measures, groups, news.

Laid by the product's own saving, over the pack of a region or over an empty site; what every page of it would say is
invented here in words of a usual length.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from bench.finder_measures import Words, measure, news
from home.models import HomePage, NewsIndexPage
from portal.regions import empty
from portal.regions.indexing import indexed_at_the_end
from services.models import (
    Centre,
    CentreIndexPage,
    CentrePhone,
    GroupIndexPage,
    HoursException,
    Measure,
    MeasureIndexPage,
    MeetingException,
    Recipient,
    SharedHours,
    Situation,
    SupportGroup,
    Territory,
    WeeklyHours,
)
from services.schedule import Nth, Recurrence

MEASURES, CENTRES, GROUPS, NEWS = 500, 300, 40, 60
PLACES, CITIES, PARTS = 42, 2, 4
CLOSED, OPEN = "bench-00", "bench-01"
"""Municipalities whose own place is closed for long, or open day and night: what is said there is known at any hour."""
_SECTIONS: tuple[tuple[Any, str, str], ...] = (
    (CentreIndexPage, "Куда обратиться", "centres"),
    (MeasureIndexPage, "Меры поддержки", "measures"),
    (GroupIndexPage, "Группы и встречи", "groups"),
    (NewsIndexPage, "Новости", "news"),
)
_KINDS = (Centre.Kind.POINT,) * 5 + (Centre.Kind.DEPARTMENT,) * 3 + (Centre.Kind.HEADQUARTERS,) * 2
_SITUATIONS = ("injury", "home", "baby", "school", "loss", "care", "work", "debts", "leaving")
_RECIPIENTS = ("self", "veteran", "disabled-veteran", "spouse", "child", "student", "parent", "guardian", "bereaved")


def lay(measures: int = MEASURES, centres: int = CENTRES, groups: int = GROUPS, articles: int = NEWS) -> None:
    """Lay what is missing to so many, each page by the saving that publishes it."""
    with _sections() as (places, benefits, meetings, told):
        today, words = timezone.localdate(), Words(Random(1))
        towns = _territories()
        for number in range(Centre.objects.count(), centres):
            places.add_child(instance=_centre(number, towns, today, words))
        known = list(Centre.objects.filter(slug__startswith="bench-").order_by("pk"))
        _shared_hours(known, today)
        situations, recipients = _references(Situation, _SITUATIONS), _references(Recipient, _RECIPIENTS)
        for number in range(Measure.objects.count(), measures):
            benefits.add_child(instance=measure(number, towns, situations, recipients, today, words))
        for number in range(SupportGroup.objects.count(), groups):
            meetings.add_child(instance=_group(number, known, today, words))
        for number in range(articles):
            told.add_child(instance=news(number, [*known, *Measure.objects.all()[:20]], towns, today, words))


@contextmanager
def _sections() -> Iterator[list[Page]]:
    """The sections of the site, those that are missing made; indexes are filled once, when all is laid."""
    empty.begin()
    with indexed_at_the_end():
        found = []
        for model, title, slug in _SECTIONS:
            section = model.objects.first()
            if section is None:
                home = HomePage.objects.get()
                section = home.add_child(instance=model(title=title, slug=slug, lead="Коротко о разделе."))
            found.append(section)
        yield found


def _territories() -> list[Territory]:
    """Districts enough, and cities with parts of their own."""
    kinds = Territory.Kind
    for number in range(PLACES):
        _territory(f"bench-{number:02}", f"Дальний район {number:02}", kinds.DISTRICT)
    for number in range(CITIES):
        city = _territory(f"bench-city-{number}", f"Город Речной {number}", kinds.URBAN)
        for part in range(PARTS):
            _territory(f"bench-city-{number}-{part}", f"Речной {number}, район {part}", kinds.CITY_DISTRICT, city)
    return list(Territory.objects.filter(code__startswith="bench-").order_by("code"))


def _territory(code: str, name: str, kind: str, parent: Territory | None = None) -> Territory:
    also = f"Село {name[-2:]}, Посёлок {name[-2:]}-й"
    values = {"name": name, "kind": kind, "parent": parent, "also_called": also}
    return Territory.objects.get_or_create(code=code, defaults=values)[0]


def _references(model: Any, codes: tuple[str, ...]) -> list[Any]:
    if not model.objects.exists():
        for number, code in enumerate(codes):
            model.objects.create(code=code, name=f"Слово {number} из списка", sort_order=number)
    return list(model.objects.all())


def _centre(number: int, towns: list[Territory], today: date, words: Words) -> Centre:
    """A place of the network; the first two of each are at the municipalities whose state is known at any hour."""
    town = towns[number % len(towns)]
    known = {CLOSED: "closed", OPEN: "open"}.get(town.code, "")
    kind = Centre.Kind.CENTRE if number % 60 == 59 else _KINDS[0] if known else _KINDS[number % len(_KINDS)]
    page = Centre(
        title=f"{words.some(3).capitalize()} {number}",
        slug=f"bench-{number}",
        kind=kind,
        short_name=f"Пункт {number}" if number % 3 else "",
        lead=words.sentence(8),
        state=Centre.State.SUSPENDED if number % 37 == 36 and not known else Centre.State.WORKING,
        territory=town,
        address=f"{town.name}, ул. {words.some(1).capitalize()}, {1 + number % 90}",
        floor=f"{1 + number % 4} этаж, кабинет {number % 40}",
        directions=words.sentence(12),
        latitude=round(52 + number % 70 / 10, 6),
        longitude=round(100 + number % 83 / 10, 6),
        works_on_holidays=known == "open",
        offers="\n".join(f"{words.some(1).capitalize()}: {words.some(4)}" for _line in range(4)),
        by_video=number % 2 == 0,
        by_phone=number % 3 == 0,
        checked_on=today - timedelta(days=number % 90),
        is_demo=True,
    )
    page.serves = (
        [] if kind == Centre.Kind.CENTRE else [town, *([towns[(number + 7) % len(towns)]] * (number % 4 == 0))]
    )
    page.phones = [
        CentrePhone(number=f"+7395{number:07}", purpose=words.some(3), is_recorded=number % 5 == 0)
        for _phone in range(1 + number % 2)
    ]
    page.hours = _round_the_clock() if known == "open" else _week(number)
    page.exceptions = _exceptions(number, known, today)
    return page


def _round_the_clock() -> list[WeeklyHours]:
    return [WeeklyHours(weekday=day, opens=time(0), closes=time(0)) for day in range(7)]


def _week(number: int) -> list[WeeklyHours]:
    opens, pause = time(8 + number % 2), {"break_from": time(13), "break_to": time(14)} if number % 3 else {}
    week = [WeeklyHours(weekday=day, opens=opens, closes=time(18), **pause) for day in range(5)]
    return week + [WeeklyHours(weekday=5, opens=time(10), closes=time(14))] * (number % 4 == 0)


def _exceptions(number: int, known: str, today: date) -> list[HoursException]:
    if known == "closed":
        return [HoursException(first_day=today, last_day=today + timedelta(days=900), reason="Ремонт")]
    if known or number % 3:
        return []
    first = today + timedelta(days=number % 40)
    until = {"opens": time(9), "closes": time(16)} if number % 2 else {}
    return [HoursException(first_day=first, last_day=first, reason="Санитарный день", **until)]


def _shared_hours(centres: list[Centre], today: date) -> None:
    first = today + timedelta(days=20)
    shared = SharedHours.objects.create(first_day=first, last_day=first + timedelta(days=9), reason="Новогодние дни")
    shared.centres.set(centres[::2])


def _group(number: int, venues: list[Centre], today: date, words: Words) -> SupportGroup:
    recurrence = Recurrence.values[number % len(Recurrence.values)]
    long_ago, weekday = today - timedelta(days=100), number % 7
    page = SupportGroup(
        title=f"{words.some(2).capitalize()} {number}",
        slug=f"bench-{number}",
        lead=words.sentence(9),
        audience=words.some(4),
        age_from=18 if number % 2 else None,
        leader=words.some(2),
        recurrence=recurrence,
        weekday=weekday,
        nth=Nth.SECOND,
        starts_on=long_ago + timedelta(days=(weekday - long_ago.weekday()) % 7),
        starts=time(10 + number % 8),
        venue=venues[number % len(venues)] if venues else None,
        is_demo=True,
    )
    if number % 5 == 0:
        page.exceptions = [MeetingException(date=today + timedelta(days=7), reason="В школах каникулы")]  # type: ignore[misc]
    return page
