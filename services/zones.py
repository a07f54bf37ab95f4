"""Russian time zones as people name them."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Zone, the city in the genitive, hours from UTC (constant in Russia since 2014).
_ZONES = (
    ("Europe/Kaliningrad", gettext_lazy("Калининграда"), 2),
    ("Europe/Moscow", gettext_lazy("Москвы"), 3),
    ("Europe/Samara", gettext_lazy("Самары"), 4),
    ("Asia/Yekaterinburg", gettext_lazy("Екатеринбурга"), 5),
    ("Asia/Omsk", gettext_lazy("Омска"), 6),
    ("Asia/Krasnoyarsk", gettext_lazy("Красноярска"), 7),
    ("Asia/Irkutsk", gettext_lazy("Иркутска"), 8),
    ("Asia/Yakutsk", gettext_lazy("Якутска"), 9),
    ("Asia/Vladivostok", gettext_lazy("Владивостока"), 10),
    ("Asia/Magadan", gettext_lazy("Магадана"), 11),
    ("Asia/Kamchatka", gettext_lazy("Камчатки"), 12),
)
_BY_NAME = {name: (city, hours) for name, city, hours in _ZONES}


def choices() -> list[tuple[str, str]]:
    """For a picker: «время Иркутска, UTC+8»."""
    return [(name, f"{gettext_lazy('время')} {city}, UTC+{hours}") for name, city, hours in _ZONES]


def default() -> str:
    """The zone of the region that runs the portal."""
    return str(settings.TIME_ZONE)


def city_time(zone: ZoneInfo) -> str:
    """«время Иркутска»; the name of the zone where it is not a Russian one."""
    city, _hours = _BY_NAME.get(zone.key, (zone.key, 0))
    return _("время {city}").format(city=city)


def shown(zone: ZoneInfo) -> str:
    """«Время Иркутска (UTC+8)», as a sentence begins."""
    words = city_time(zone)
    return f"{words[:1].upper()}{words[1:]}" + (f" ({offset(zone)})" if offset(zone) else "")


def by_city_time(zone: ZoneInfo) -> str:
    """«по времени Иркутска»."""
    city, _hours = _BY_NAME.get(zone.key, (zone.key, 0))
    return _("по времени {city}").format(city=city)


def offset(zone: ZoneInfo) -> str:
    """«UTC+8»; empty for a zone that is not a Russian one."""
    _city, hours = _BY_NAME.get(zone.key, ("", None))
    return f"UTC+{hours}" if hours is not None else ""
