"""The journal's entries in words: what was done, and the few facts that a reader needs; never a person's data."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forms.applications import office
from forms.applications.states import ACTS, BY_ACTION, State

OF_APPLICATIONS: dict[str, str | Promise] = {
    "submit": _("Обращение получено"),
    "read": _("Открыта карточка"),
    **{action: move.staff_words for action, move in BY_ACTION.items()},
    **{action: act.staff_words for action, act in ACTS.items()},
}
OF_OFFICE: dict[str, str | Promise] = dict(office.ACTS)
WAYS: dict[str, str | Promise] = {
    "number": _("по номеру, телефону или почте"),
    "name": _("по имени"),
    "words": _("по словам"),
}
_FACTS: dict[str, str | Promise] = {
    "title": _("что"),
    "view": _("отбор"),
    "rows": _("обращений"),
    "items": _("обращений"),
    "done": _("сделано"),
    "skipped": _("пропущено"),
    "format": _("вид"),
    "key": _("ключ №"),
    "person": _("сотрудник №"),
    "substitute": _("замещает №"),
    "starts_on": _("с"),
    "ends_on": _("по"),
}


def action(name: str) -> str:
    """What was done."""
    return str(OF_APPLICATIONS.get(name) or OF_OFFICE.get(name) or name)


def states(before: str, after: str) -> str:
    """«новое → в работе»; blank where the state stayed."""
    if not after or before == after:
        return ""
    words = {str(state): str(state.label) for state in State}
    return " → ".join(words.get(each, each) for each in (before, after) if each)


def facts(found: Mapping[str, Any]) -> str:
    """The facts of an entry of the office."""
    parts = [f"{words}: {found[name]}" for name, words in _FACTS.items() if found.get(name) not in (None, "")]
    if "shown" in found:
        parts.append(f"{WAYS.get(str(found.get('by')), '')}, {_('показано')}: {len(found['shown'])}".lstrip(", "))
    return "; ".join(parts)
