"""The places in an answer template that the application fills in."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

NAMES: Final = ("имя", "номер", "срок", "команда")
HELP: Final = _("Подставятся: {имя}, {номер}, {срок}, {команда}.")
_PLACE = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown(text: str) -> list[str]:
    """Places of this text that nothing fills in, as they are written."""
    return [f"{{{name}}}" for name in _PLACE.findall(text) if name.strip().lower() not in NAMES]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled in; plain text, to be escaped where it is drawn. Unknown ones stay."""
    return _PLACE.sub(lambda found: values.get(found[1].strip().lower(), found[0]), text)
