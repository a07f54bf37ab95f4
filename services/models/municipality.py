"""The page of a municipality: its place, open now or when, the way round while it is closed, what else is near."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import NewsPage
from home.settings import address_of
from services import territories, zones
from services.group_words import shown

from .finding import WAYS, Answer, answer
from .group import SupportGroup
from .group_index import GroupIndexPage, Row
from .measure_facts import read_facts
from .measure_index import MeasureIndexPage
from .news_links import NewsPlace

GROUPS_SHOWN = 3
NEWS_SHOWN = 2
WAY_WORDS = {
    "": _("Как угодно"),
    "come": _("Прийти самим"),
    "video": _("По видеосвязи"),
    "phone": _("По телефону"),
}


@dataclass(frozen=True)
class Choice:
    """An answer to a question of the finder and the address that it leads to."""

    label: str
    url: str
    is_chosen: bool = False


def url_of(section: str, code: str, way: str = "") -> str:
    """The address of a municipality's page below the section «Куда обратиться»."""
    return f"{section}in/{code}/" + (f"?{urlencode({'by': way})}" if way else "")


def context_of(section: str, code: str, way: str, moment: datetime) -> dict[str, Any]:
    """Everything municipality.html asks for; `section` is the address of «Куда обратиться»."""
    way = way if way in WAYS else ""
    found = answer(code, moment, way)
    own = url_of(section, code)
    return {
        "answer": found,
        "way": way,
        "canonical": own,
        "parts": [Choice(name, url_of(section, each, way)) for each, name in territories.parts(code)],
        "ways": [Choice(str(words), url_of(section, code, each), each == way) for each, words in WAY_WORDS.items()],
        "groups": _groups(code, found, moment),
        "local_news": _news(code),
        **_measures(code),
    }


def _groups(code: str, found: Answer, moment: datetime) -> list[Row]:
    """Groups that meet in this municipality or at its own place, the nearest meeting first."""
    if not address_of(GroupIndexPage):
        return []
    here = Q(venue__territory__code=code)
    if found.own:
        here |= Q(venue=found.own.centre)
    groups = SupportGroup.objects.going_on(timezone.localdate()).with_schedule().filter(here)
    rows = [
        Row(group, [shown(meeting) for meeting in group.next_meetings(moment, 1)], zones.by_city_time(group.rule.zone))
        for group in groups
    ]
    meeting = [row for row in rows if row.meetings]
    return sorted(meeting, key=lambda row: row.meetings[0].date)[:GROUPS_SHOWN]


def _news(code: str) -> list[NewsPage]:
    """The newest of this municipality and of those it lies in that still hold."""
    here = NewsPlace.objects.filter(territory__code__in=territories.above(code)).values("news_id")
    current = Q(outdated_from__isnull=True) | Q(outdated_from__gt=timezone.localdate())
    return list(NewsPage.objects.for_list().filter(current, pk__in=here)[:NEWS_SHOWN])


def _measures(code: str) -> dict[str, Any]:
    section = address_of(MeasureIndexPage)
    facts = read_facts(timezone.localdate()) if section else []
    here = sum(each.answers("territory", code) for each in facts)
    return {"measures_count": here, "measures_url": f"{section}?{urlencode({'territory': code})}"}
