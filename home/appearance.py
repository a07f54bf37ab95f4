"""«Версия для слабовидящих»: what the visitor chose, kept in one small cookie and written on <html> by the server.

Required by ГОСТ Р 52872-2019 and by custom: text size, colours, letters, spacing, pictures; same addresses; no script.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE = "look"
YEAR = 365 * 24 * 60 * 60

# The whitelist: nothing else ever reaches the page. The first value of each is what the view is switched on with.
CHOICES: dict[str, tuple[str, ...]] = {
    "scheme": ("black-on-white", "white-on-black", "blue"),
    "size": ("2", "1", "3"),
    "font": ("sans", "serif"),
    "spacing": ("normal", "wide"),
    "images": ("on", "off"),
    "panel": ("open", "closed"),
}


@dataclass(frozen=True)
class Look:
    """One complete choice; an unset look (`is_on` False) is the normal view."""

    is_on: bool = False
    scheme: str = ""
    size: str = ""
    font: str = ""
    spacing: str = ""
    images: str = ""
    panel: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """`data-*` attributes of <html> that the style sheet reads; empty in the normal view."""
        if not self.is_on:
            return {}
        return {f"data-{name}": getattr(self, name) for name in CHOICES if name != "panel"}

    @property
    def is_panel_open(self) -> bool:
        return self.is_on and self.panel == "open"

    @property
    def cookie(self) -> str:
        """Short text for the cookie and for cache keys: «black-on-white.2.sans.normal.on.open»."""
        return ".".join(getattr(self, name) for name in CHOICES) if self.is_on else ""

    def changed(self, wanted: dict[str, str]) -> "Look":
        """This look with the known values of `wanted`; whatever is not on the whitelist is left out."""
        values = asdict(self if self.is_on else SWITCHED_ON)
        values |= {name: value for name, value in wanted.items() if value in CHOICES.get(name, ())}
        return Look(**values)


NORMAL = Look()
SWITCHED_ON = Look(is_on=True, **{name: values[0] for name, values in CHOICES.items()})


def look(request: HttpRequest | None) -> Look:
    """The visitor's choice, or the normal view where the cookie is absent or was tampered with."""
    return named(request.COOKIES.get(COOKIE, "") if request else "")


def named(cookie: str) -> Look:
    """The look that a cookie names; the normal view for whatever is none of ours."""
    parts = cookie.split(".")
    if len(parts) != len(CHOICES):
        return NORMAL
    values = dict(zip(CHOICES, parts, strict=True))
    if any(value not in CHOICES[name] for name, value in values.items()):
        return NORMAL
    return Look(is_on=True, **values)


def attributes(request: HttpRequest | None) -> dict[str, str]:
    """What the server writes on <html> for this visitor."""
    return look(request).attributes


# Every value of CHOICES in words, in the order of the panel.
WORDS: dict[str, tuple[Any, tuple[tuple[str, Any], ...]]] = {
    "size": (_("Размер букв"), (("1", _("Крупно")), ("2", _("Крупнее")), ("3", _("Самый крупный")))),
    "scheme": (
        _("Цвета"),
        (
            ("black-on-white", _("Чёрным по белому")),
            ("white-on-black", _("Белым по чёрному")),
            ("blue", _("Синим по голубому")),
        ),
    ),
    "font": (_("Буквы"), (("sans", _("Без засечек")), ("serif", _("С засечками")))),
    "spacing": (_("Расстояния"), (("normal", _("Обычные")), ("wide", _("Шире")))),
    "images": (_("Картинки"), (("on", _("Показывать")), ("off", _("Скрыть")))),
}


def groups(chosen: Look) -> list[dict[str, Any]]:
    """The settings as the panel shows them: a title, and each option with whether it holds now."""
    return [
        {
            "name": name,
            "title": title,
            "options": [
                {"value": value, "title": words, "pressed": getattr(chosen, name) == value} for value, words in options
            ],
        }
        for name, (title, options) in WORDS.items()
    ]
