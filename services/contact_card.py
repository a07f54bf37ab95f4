"""A place as an electronic business card, vCard 4.0 (RFC 6350): what «Контакт в телефон» downloads. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_LINE = 75
"""Octets of a line without its end, RFC 6350 section 3.2."""


@dataclass(frozen=True)
class CardPhone:
    """A telephone in the international form and what it is for."""

    number: str
    purpose: str


@dataclass(frozen=True)
class Card:
    """What goes onto the card, blanks left out; `spot` is (latitude, longitude), `revised` «20261118T000000Z»."""

    uid: str
    name: str
    organisation: Sequence[str] = ()
    also: Sequence[str] = ()
    phones: Sequence[CardPhone] = ()
    address: str = ""
    note: str = ""
    url: str = ""
    zone: str = ""
    spot: tuple[str, str] | None = None
    revised: str = ""


def written(card: Card) -> bytes:
    """The card as the file's bytes: UTF-8, CRLF, long lines folded."""
    return "".join(folded(line) for line in _lines(card)).encode()


def escaped(text: str) -> str:
    """A text value: backslash, comma, semicolon and line ends are escaped (section 3.4)."""
    for char in ("\\", ",", ";"):
        text = text.replace(char, "\\" + char)
    return "\\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def folded(line: str) -> str:
    """The line with its end; a long one continues after a space, never within a character."""
    parts, part, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + char, size + width
    return "\r\n".join([*parts, part]) + "\r\n"


def _lines(card: Card) -> Iterable[str]:
    yield from ("BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"UID:{card.uid}", f"FN:{escaped(card.name)}")
    if card.organisation:
        yield "ORG:" + ";".join(escaped(part) for part in card.organisation)
    if card.also:
        yield "NICKNAME:" + ",".join(escaped(name) for name in card.also)
    for number, phone in enumerate(card.phones, start=1):
        # A group ties the words to the number; programs that do not know the label ignore it (section 6.10).
        yield f'p{number}.TEL;VALUE=uri;PREF={number};TYPE="work,voice":tel:{phone.number}'
        if phone.purpose:
            yield f"p{number}.X-ABLABEL:{escaped(phone.purpose)}"
    if card.address:
        yield f"ADR;TYPE=work:;;{escaped(card.address)};;;;"
    if card.spot:
        yield f"GEO:geo:{card.spot[0]},{card.spot[1]}"
    for name, value in (("TZ", card.zone), ("NOTE", escaped(card.note)), ("URL", card.url), ("REV", card.revised)):
        if value:
            yield f"{name}:{value}"
    yield "END:VCARD"
