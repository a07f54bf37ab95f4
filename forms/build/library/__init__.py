"""The library of form templates: one JSON file each beside this module, complete and ready to be published.

A file holds `title` and `about` for the card, `order`, and `document`, a definition whose texts may say `{operator}`
and `{phone}`: who runs the site and its telephone.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from forms.definitions.document import Definition
from home.models import SiteSettings

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Template:
    """One template; `name` is that of its file and the proposed address of a form."""

    name: str
    title: str
    about: str
    document: dict[str, Any]

    @property
    def minutes(self) -> int:
        """How long it takes to fill."""
        return int(self.document["minutes"])

    @property
    def asks(self) -> list[str]:
        """The titles of its steps."""
        return [step["title"] for step in self.document["steps"]]

    @property
    def questions(self) -> int:
        """How many questions people may meet."""
        return sum(not question.get("staff") for step in self.document["steps"] for question in step["fields"])

    def definition(self, settings: SiteSettings | None = None) -> Definition:
        """The form, its texts naming whoever runs this site."""
        operator = (settings and settings.ministry) or _("организация, которая ведёт этот портал")
        phone = (settings and (settings.phone_shown or settings.phone)) or _("контактного центра")
        return Definition.from_json(_filled(self.document, {"{operator}": operator, "{phone}": phone}))


def _filled(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(part, words) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, words) for part in value]
    if isinstance(value, str):
        for place, word in words.items():
            value = value.replace(place, word)
    return value


@cache
def all_templates() -> tuple[Template, ...]:
    """Every template, in the order of the cards."""
    read = [(file.stem, json.loads(file.read_text("utf-8"))) for file in FOLDER.glob("*.json")]
    found = sorted(read, key=lambda each: each[1]["order"])
    return tuple(Template(name, data["title"], data["about"], data["document"]) for name, data in found)


def get(name: str) -> Template | None:
    """The template of that name."""
    return next((template for template in all_templates() if template.name == name), None)
