"""What a form promises beside its questions: an address, words after sending, a team that exists, dates that fit."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.applications.trials import PREFIX
from forms.definitions.checks import Finding
from forms.definitions.document import Definition

from . import groups
from .admission import MOST_MONTHS
from .teams import unknown_teams

# Applications are sent to /apply/<slug>/, whose converter takes nothing else.
ADDRESS = re.compile(r"[-a-zA-Z0-9_]+")


def findings(page: Any, definition: Definition) -> Iterator[Finding]:
    """What is missing or wrong of all that, with paths like those of a document."""
    if not ADDRESS.fullmatch(page.slug or ""):
        yield Finding(("slug",), _("Напишите адрес латинскими буквами, цифрами и дефисами"))
    elif page.slug.startswith(PREFIX):
        yield Finding(("slug",), _("Так начинаются адреса проб. Напишите другой адрес"))
    if not definition.receipt.strip():
        yield Finding(("texts", "receipt"), _("Напишите, что будет после отправки: это прочтут рядом с номером"))
    if not 1 <= (page.retention_months or 0) <= MOST_MONTHS:
        yield Finding(("retention",), _("Укажите, сколько месяцев хранить заявки: от 1 до %d") % MOST_MONTHS)
    yield from _dates(page)
    yield from (Finding(path, sentence) for path, sentence in unknown_teams(definition))
    yield from groups.findings(page, definition)


def _dates(page: Any) -> Iterator[Finding]:
    if page.closes_at and page.opens_at and page.closes_at <= page.opens_at:
        yield Finding(("closes_at",), _("Приём кончается раньше, чем начинается. Проверьте даты"))
    elif page.is_open and page.closes_at and page.closes_at <= timezone.now():
        yield Finding(("closes_at",), _("Этот срок уже прошёл. Уберите его или назначьте новый"))


def teams_of(definition: Definition) -> list[str]:
    """Every team that the form names: its own and those of its rules."""
    named = [definition.team, *(rule.team for rule in definition.rules if rule.kind == "route")]
    return list(dict.fromkeys(name for name in named if name))
