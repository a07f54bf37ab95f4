"""Text that people typed, as it is kept."""

import unicodedata

from django.utils.translation import gettext as _

from .movement import Refused


def cleaned(text: object, limit: int, field: str = "") -> str:
    """Text every database can hold and every screen can show; raises Refused of this `field` where it is longer than
    `limit`.

    Without NUL, halves of surrogate pairs, and signs that turn the direction of what follows.
    """
    kept = str(text or "").replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode()
    kept = "".join(
        sign for sign in kept if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cn")
    )
    kept = kept.strip()
    if len(kept) > limit:
        raise Refused(_("Сократите текст до %(limit)s знаков.") % {"limit": limit}, field)
    return kept


def needed(text: object, limit: int, sentence: str, field: str = "") -> str:
    """The same of a text that may not be missing; `sentence` says what to write."""
    kept = cleaned(text, limit, field)
    if not kept:
        raise Refused(sentence, field)
    return kept
