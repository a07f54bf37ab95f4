"""What this room gives to the home page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from home import sections
from home.settings import address_of
from services import territories, zones
from services.finder import query
from services.group_words import shown
from services.models import Centre, CentreIndexPage, GroupIndexPage, MeasureIndexPage, SupportGroup
from services.models.measure_facts import last_checked, read_facts
from services.models.measure_words import references
from services.models.network import network

MEETINGS_SHOWN = 3
PLACES = (Centre.Kind.CENTRE, Centre.Kind.POINT, Centre.Kind.DEPARTMENT)


def centres_finder(request: HttpRequest) -> sections.CentresFinder | None:
    """The picker of a municipality; None while there is no section «Куда обратиться»."""
    url = address_of(CentreIndexPage)
    offered = tuple(territories.choices())
    if not url or not offered:
        return None
    return sections.CentresFinder(url, offered, network().counted(PLACES), len(offered))


def situations(request: HttpRequest) -> list[sections.Situation]:
    """Life situations with the number of measures in force for each; those without any are left out."""
    url = address_of(MeasureIndexPage)
    facts = read_facts(timezone.localdate()) if url else []
    found, summaries = [], dict(references()["summary"])
    for code, name in references()["situation"]:
        count = sum(code in each.situations for each in facts)
        if count:
            found.append(sections.Situation(name, summaries[code], count, f"{url}{query({'situation': code})}"))
    return found


def measures_count(request: HttpRequest) -> sections.MeasuresCount | None:
    """How many measures are in force today and on which day the last of them was checked."""
    url = address_of(MeasureIndexPage)
    today = timezone.localdate()
    count = len(read_facts(today)) if url else 0
    return sections.MeasuresCount(count, last_checked(today), url) if count else None


def meetings(request: HttpRequest) -> sections.Meetings | None:
    """The next meeting of each group, the nearest first."""
    url = address_of(GroupIndexPage)
    if not url:
        return None
    now = timezone.now()
    groups = SupportGroup.objects.going_on(timezone.localdate()).with_schedule()
    nearest = sorted(
        ((meeting, group) for group in groups for meeting in group.next_meetings(now, 1)),
        key=lambda pair: pair[0].starts,
    )
    items = []
    for meeting, group in nearest[:MEETINGS_SHOWN]:
        words = shown(meeting)
        when = _("{day}, {time} {zone}").format(
            day=words.weekday, time=words.begins, zone=zones.by_city_time(group.rule.zone)
        )
        is_demo = group.is_demo or group.time_is_demo
        items.append(sections.Meeting(group.title, group.url, words.date, when, group.registration_sentence, is_demo))
    return sections.Meetings(tuple(items), url) if items else None


PROVIDERS: dict[str, Callable[[HttpRequest], Any]] = {
    "centres_finder": centres_finder,
    "situations": situations,
    "measures_count": measures_count,
    "meetings": meetings,
}


def register() -> None:
    """Called once the apps are ready."""
    for name, provider in PROVIDERS.items():
        sections.register(name, provider)
