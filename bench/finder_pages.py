"""Every page that is measured, as (title, address, what stands in it); pages of the search and for machines too."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bench.finder_content import CITIES, CLOSED, OPEN, PLACES
from services import remembered
from services.models import Centre, Measure, Recipient, Situation, SupportGroup, Territory

CITY = f"bench-city-{CITIES - 1}"


def nothing() -> None:
    """What most pages need before they are opened."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One page; `says` stands in the answer, so that what is timed is not an excuse; `before` is done each time.

    `is_aimed` where the aim of time is for it: people find by it. A whole list for a printer, for a machine or for the
    time without a line is longer than what anybody waits for, and is kept; it has the aim of queries alone.
    """

    title: str
    address: str
    query: dict[str, Any] = field(default_factory=dict)
    says: str = ""
    before: Callable[[], None] = nothing
    is_aimed: bool = True


def every() -> list[Measured]:
    """All of them."""
    return [*_measures(), *_centres(), *_spoken(), *_lists(), *_searches()]


def _measures() -> list[Measured]:
    page, found = "/measures/", '<h2 id="found">'
    some = Measure.objects.filter(slug__startswith="bench-", territories__isnull=False).order_by("pk")[0]
    one = {
        "situation": some.situations.all()[0].code,
        "who": some.recipients.all()[0].code,
        "territory": some.territories.all()[0].code,
        "category": some.category,
        "level": some.level,
    }
    three = {name: one[name] for name in ("situation", "who", "territory")}
    whole, unknown = {"shown": "all"}, {"situation": "x", "territory": "y", "utm": "z" * 80}
    return [
        Measured("measures: no answer yet", page, says=found),
        *(Measured(f"measures: {name}", page, {name: code}, found) for name, code in one.items()),
        Measured("measures: three questions", page, three, "Подход"),
        Measured("measures: every question and filter", page, one, "Подход"),
        Measured("measures: answers nobody knows", page, unknown, found),
        Measured("measures: more of them", page, {"shown": "48"}, found),
        Measured("measures: whole list to print", page, whole, found, is_aimed=False),
        Measured("measures: just after one was saved", page, three, "Подход", _measure_saved),
        Measured("a measure", some.get_url() or "", says="<h1"),
        Measured("its list to print", f"{some.get_url()}checklist/", says="<h1"),
    ]


def _measure_saved() -> None:
    for name in (remembered.MEASURES, remembered.MEASURE_FACTS):
        remembered.forget(name)


def _centre_saved() -> None:
    for name in (remembered.CENTRES, remembered.CENTRE_NAMES):
        remembered.forget(name)


def _centres() -> list[Measured]:
    page, found = "/centres/", 'id="found"'
    some = Centre.objects.filter(slug__startswith="bench-", kind=Centre.Kind.POINT).order_by("pk")[3]
    ways = (("come", "come"), ("video", "video"), ("phone", "phone"))
    return [
        Measured("centres: the whole section", page, says="</main>"),
        Measured("centres: one kind, a page of it", page, {"kind": "point", "page": "2"}, "</main>"),
        Measured("centres: whole list to print", page, {"page": "all"}, "</main>", is_aimed=False),
        Measured("municipality by the form", page, {"territory": OPEN}, found),
        Measured("municipality: open", f"{page}in/{OPEN}/", says='class="state open"'),
        Measured("municipality: closed, the nearest instead", f"{page}in/{CLOSED}/", says="note warn"),
        Measured("municipality: a city with parts", f"{page}in/{CITY}/", says='id="parts"'),
        Measured("municipality: a part of a city", f"{page}in/{CITY}-1/", says="</main>"),
        *(Measured(f"municipality: by {title}", f"{page}in/{CITY}-1/", {"by": way}, "</main>") for title, way in ways),
        Measured("municipality: just after a centre was saved", f"{page}in/{OPEN}/", {}, found, _centre_saved),
        Measured("a centre", some.get_url() or "", says="<h1"),
        Measured("its slip to print", f"{some.get_url()}slip/", says="<h1"),
    ]


def _spoken() -> list[Measured]:
    where, name = "/api/where", Territory.objects.get(code=OPEN).name
    return [
        Measured("voice: by name", where, {"place": name}, '"is_found": true'),
        Measured("voice: as people say it", where, {"place": f"я живу в Дальнем районе {PLACES - 1}"}, '"say"'),
        Measured("voice: several of that name", where, {"place": "Дальний район"}, '"say"'),
        Measured("voice: with a slip of the finger", where, {"place": name.replace("Да", "Ад")}, '"say"'),
        Measured("voice: a city, by video", where, {"place": "Речной 1", "by": "video"}, '"say"'),
    ]


def _lists() -> list[Measured]:
    about = Situation.objects.all()[0].code, Recipient.objects.all()[0].code
    group = SupportGroup.objects.filter(slug__startswith="bench-").order_by("pk")[0]
    measures = {"situation": about[0], "recipient": about[1]}
    found = [
        Measured("JSON: centres", "/api/centres", says='"items"'),
        Measured("JSON: centres of a municipality", "/api/centres", {"territory": OPEN}, '"items"'),
        Measured("JSON: measures", "/api/measures", measures, '"items"'),
        Measured("JSON: municipalities", "/api/territories", says=OPEN),
        Measured("home page", "/", says="</main>"),
        Measured("groups", "/groups/", says="</main>"),
        Measured("groups: month", "/groups/month/", says="</main>"),
        Measured("a group", group.get_url() or "", says="<h1"),
        Measured("news", "/news/", says="</main>"),
        Measured("site map", "/map/", says="</main>"),
        Measured("addresses without a line", "/offline/", says="</main>"),
        Measured("service worker", "/sw.js", says="version"),
    ]
    return [
        replace(each, is_aimed=each.title in ("JSON: municipalities", "home page", "a group", "news")) for each in found
    ]


def _searches() -> list[Measured]:
    page = "/search/"
    return [
        Measured("search: one word", page, {"q": "психолог"}, "Наш"),
        Measured("search: two words", page, {"q": "выплата ребёнку"}, "<h1"),
        Measured("search: with a slip of the finger", page, {"q": "психалог"}, "<h1"),
        Measured("search: the other keyboard layout", page, {"q": "dsgkfnf"}, "<h1"),
        Measured(
            "search: one word, a whole kind", page, {"q": "психолог", "in": "Меры поддержки"}, "<h1", is_aimed=False
        ),
        Measured("search: nothing", page, {"q": "абвгдеж"}, "ничего не нашлось"),
        Measured("type-ahead", "/search/suggest/", {"q": "выпл"}, "suggestions"),
    ]
