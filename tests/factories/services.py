"""Makers of municipalities and of what centres offer."""

from datetime import date, time
from typing import Any

import factory

from home.models import HomePage
from services.models import (
    CalendarException,
    Centre,
    CentreIndexPage,
    CentrePhone,
    GroupIndexPage,
    Measure,
    MeasureIndexPage,
    Recipient,
    Situation,
    SupportGroup,
    Territory,
    WeeklyHours,
)
from services.schedule import Recurrence
from tests.factories.home import site


class TerritoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Territory

    class Params:
        abolished = factory.Trait(is_active=False)
        region = factory.Trait(kind=Territory.Kind.REGION)

    code = factory.Sequence(lambda n: f"rayon-{n}")
    name = factory.Sequence(lambda n: f"Район {n:03}")
    kind = Territory.Kind.DISTRICT


class CalendarExceptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarException

    class Params:
        working = factory.Trait(is_working=True)

    source = "Указ Губернатора от 1 декабря 2026 года № 1-уг"


WEEK = [(day, time(9), time(18), time(13), time(14)) for day in range(5)]


def _section(model: Any, title: str, slug: str) -> Any:
    found = model.objects.first()
    return found or (HomePage.objects.first() or site()).add_child(
        instance=model(title=title, slug=slug, show_in_menus=True)
    )


def centre_index() -> CentreIndexPage:
    return _section(CentreIndexPage, "Куда обратиться", "centres")


def measure_index() -> MeasureIndexPage:
    return _section(MeasureIndexPage, "Меры поддержки", "measures")


def group_index() -> GroupIndexPage:
    return _section(GroupIndexPage, "Группы и встречи", "groups")


def centre(slug: str = "semya", hours: Any = WEEK, **fields: Any) -> Centre:
    """A working place with weekday hours; `serves` are municipalities, `exceptions` and `phones` unsaved children."""
    serves, exceptions = fields.pop("serves", []), fields.pop("exceptions", [])
    phones = fields.pop("phones", [CentrePhone(number="+79016679448", written="8 901 667 94 48", purpose="Запись")])
    page = Centre(
        slug=slug,
        **{"title": f"Центр {slug}", "kind": Centre.Kind.CENTRE, "time_zone": "Asia/Irkutsk", "address": "Иркутск, 1"}
        | fields,
    )
    page.serves = serves
    page.exceptions = exceptions
    page.phones = phones
    page.hours = [
        WeeklyHours(weekday=day, opens=opens, closes=closes, break_from=pause, break_to=back)
        for day, opens, closes, pause, back in hours
    ]
    return centre_index().add_child(instance=page)


def point(territory: Territory, slug: str | None = None, **fields: Any) -> Centre:
    """A support point that stands in a municipality and serves it."""
    values = {"kind": Centre.Kind.POINT, "territory": territory, "serves": [territory], "by_video": True}
    return centre(slug or f"punkt-{territory.code}", **values | fields)


def situation(code: str = "injury", **fields: Any) -> Situation:
    return Situation.objects.get_or_create(code=code, defaults={"name": f"Ситуация {code}", **fields})[0]


def recipient(code: str = "spouse", **fields: Any) -> Recipient:
    return Recipient.objects.get_or_create(code=code, defaults={"name": f"Кому {code}", **fields})[0]


def measure(slug: str = "vyplata", **fields: Any) -> Measure:
    """A federal measure in force; `situations` and `recipients` are codes, `territories` are rows."""
    situations, recipients = fields.pop("situations", ["injury"]), fields.pop("recipients", ["spouse"])
    territories = fields.pop("territories", [])
    page = Measure(
        slug=slug,
        **{
            "title": f"Мера {slug}",
            "level": Measure.Level.FEDERAL,
            "category": Measure.Category.MONEY,
            "amount": "100 тысяч рублей",
            "checked_on": date(2026, 11, 18),
        }
        | fields,
    )
    page.situations = [situation(code) for code in situations]
    page.recipients = [recipient(code) for code in recipients]
    page.territories = territories
    return measure_index().add_child(instance=page)


def group(slug: str = "vzroslye", **fields: Any) -> SupportGroup:
    """The adults' group: every Saturday at 10:00."""
    exceptions = fields.pop("exceptions", [])
    page = SupportGroup(
        slug=slug,
        **{
            "title": f"Группа {slug}",
            "audience": "Близкие участников СВО",
            "recurrence": Recurrence.WEEKLY,
            "weekday": 5,
            "starts_on": date(2023, 1, 14),
            "starts": time(10),
            "time_zone": "Asia/Irkutsk",
        }
        | fields,
    )
    page.exceptions = exceptions
    return group_index().add_child(instance=page)
