"""Facts for machines that read pages (schema.org as JSON-LD): a place with its hours, a measure with who gets it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from services.centre_words import CHANGES_SHOWN_DAYS
from services.hours import DAY_MINUTES, Spans, Timetable, clock
from services.hours_changes import changes
from services.production_calendar import Calendar

if TYPE_CHECKING:
    from services.models import Centre, Measure

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOSED = {"opens": "00:00", "closes": "00:00"}
"""How search engines want a closed day to be told."""
CONTEXT = "https://schema.org"


def office(centre: "Centre", url: str, region: str, today: date, calendar: Calendar) -> dict[str, Any]:
    """GovernmentOffice: address, telephones, the week, and the coming days that differ."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "GovernmentOffice",
        "@id": url,
        "url": url,
        "name": centre.title,
        "alternateName": [name for name in (centre.short_name, *_listed(centre.also_called)) if name],
        "description": centre.lead,
        "address": _address(centre, region),
        "contactPoint": [
            {"@type": "ContactPoint", "telephone": phone.number, "contactType": phone.purpose}
            for phone in centre.phones.all()
        ],
        "areaServed": [place.name for place in centre.serves.all()] or region,
    }
    if centre.latitude is not None and centre.longitude is not None:
        spot = {"latitude": float(centre.latitude), "longitude": float(centre.longitude)}
        found["geo"] = {"@type": "GeoCoordinates", **spot}
    if not centre.not_working(datetime.combine(today, time(12), centre.zone)):
        found["openingHoursSpecification"] = [*_week(centre.timetable), *_changes(centre.timetable, today, calendar)]
    return _without_blanks(found)


def service(
    measure: "Measure", url: str, area: str, helper: "Centre | None", today: date, *, people: Iterable[str]
) -> dict[str, Any] | None:
    """GovernmentService for these people; None for a measure that is not in force: nobody shall be told that it is."""
    if not measure.is_in_force(today):
        return None
    found = {
        "@context": CONTEXT,
        "@type": "GovernmentService",
        "@id": url,
        "url": url,
        "name": measure.title,
        "description": measure.lead or measure.amount,
        "serviceType": str(measure.get_category_display()),
        "audience": [{"@type": "Audience", "audienceType": each} for each in people],
        "areaServed": area,
        "provider": _organisation(measure.responsible),
        "termsOfService": measure.legal_url,
    }
    if helper:
        place = _without_blanks({"@type": "GovernmentOffice", "name": helper.title, "address": helper.address})
        found["availableChannel"] = {"@type": "ServiceChannel", "serviceLocation": place}
    return _without_blanks(found)


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name} if name else {}


def _address(centre: "Centre", region: str) -> dict[str, str]:
    if not centre.address:
        return {}
    place = {
        "@type": "PostalAddress",
        "streetAddress": centre.address,
        "addressLocality": centre.territory.name if centre.territory else "",
        "addressRegion": region,
        "addressCountry": "RU",
    }
    return _without_blanks(place)


def _week(table: Timetable) -> Iterable[dict[str, Any]]:
    for weekday, spans in sorted(table.week.items()):
        for hours in _spans(spans):
            yield {"@type": "OpeningHoursSpecification", "dayOfWeek": f"{CONTEXT}/{DAYS[weekday]}", **hours}


def _changes(table: Timetable, today: date, calendar: Calendar) -> Iterable[dict[str, Any]]:
    if not table.week:
        return
    for change in changes(table, today, CHANGES_SHOWN_DAYS, calendar):
        dates = {"validFrom": change.first.isoformat(), "validThrough": change.last.isoformat()}
        for hours in _spans(change.spans) or [CLOSED]:
            yield {"@type": "OpeningHoursSpecification", **hours, **dates}


def _spans(spans: Spans) -> list[dict[str, str]]:
    return [{"opens": _clock(start), "closes": _clock(end)} for start, end in spans]


def _clock(minute: int) -> str:
    return "23:59" if minute == DAY_MINUTES else clock(minute).zfill(5)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _without_blanks(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in ("", [], {}, None)}
