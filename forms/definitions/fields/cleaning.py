"""Text from strangers: made safe to store, compare and show; nothing a person typed on purpose is lost."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# NFC and the filter below cost time by the character; longer input is refused before that.
ROUGH_LIMIT = 60_000
# Marks that turn the direction of a line, soft and zero-width characters: invisible, and able to disguise words.
UNSTORABLE = frozenset({"Cc", "Cs"})
INVISIBLE = frozenset(
    {0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF}
    | set(range(0x202A, 0x202F))
    | set(range(0x2066, 0x2070))
)


def is_blank(raw: Any, depth: int = 3) -> bool:
    """None, spaces, or a list or object of nothing but those, nested at most `depth` deep, at most 100 parts each."""
    if raw is None or raw == "" or raw is False:
        return True
    if isinstance(raw, str):
        return len(raw) <= ROUGH_LIMIT and not _keep(raw).strip()
    if isinstance(raw, dict):
        raw = list(raw.values())
    if isinstance(raw, list | tuple):
        return len(raw) <= 100 and all(_is_blank_part(part, depth) for part in raw)
    return False


def _is_blank_part(part: Any, depth: int) -> bool:
    if isinstance(part, dict | list | tuple):
        return depth > 0 and is_blank(part, depth - 1)
    return part is None or (isinstance(part, str) and is_blank(part))


def line(raw: Any, most: int) -> str:
    """One line: NFC, no control characters, single spaces, trimmed. `most` is in characters."""
    return _limited(" ".join(_normal(raw, most).split()), most)


def paragraphs(raw: Any, most: int) -> str:
    """Text with line breaks: NFC, no other control characters, at most one blank line in a row, trimmed."""
    rows = [row.rstrip() for row in _normal(raw, most).split("\n")]
    kept: list[str] = []
    for row in rows:
        if row or (kept and kept[-1]):
            kept.append(row)
    return _limited("\n".join(kept).strip(), most)


def _normal(raw: Any, most: int) -> str:
    if not isinstance(raw, str):
        raise ValidationError(_("Напишите ответ текстом"), code="kind")
    if len(raw) > ROUGH_LIMIT:
        raise ValidationError(_("Сократите ответ: не больше %d знаков") % most, code="long")
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _keep(text))


def _keep(text: str) -> str:
    if text.isprintable():
        return text if not any(ord(character) in INVISIBLE for character in text) else _filter(text)
    return _filter(text)


def _filter(text: str) -> str:
    return "".join(
        character
        for character in text.replace("\t", " ")
        if character == "\n" or not (ord(character) in INVISIBLE or unicodedata.category(character) in UNSTORABLE)
    )


def _limited(text: str, most: int) -> str:
    if len(text) > most:
        sentence = _("Сократите ответ: не больше %(most)d знаков, сейчас %(now)d")
        raise ValidationError(sentence % {"most": most, "now": len(text)}, code="long")
    return text
