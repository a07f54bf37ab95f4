"""The editor's report of measures: due for a check, ending soon, without a legal basis, without a form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from services.models import Measure, MeasureIndexPage

SOON = timedelta(days=30)
"""How early a check or an end is announced."""
_policy = PagePermissionPolicy()


@dataclass(frozen=True)
class Lack:
    """One thing that may be wrong with a measure; `fits` gets the measure, today and whether its section has a form."""

    key: str
    label: str | Promise
    fits: Callable[[Measure, date, bool], bool]


LACKS = (
    Lack("check", _("пора проверить"), lambda each, today, _form: is_due(each, today)),
    Lack(
        "ends", _("скоро закончится"), lambda each, today, _form: today <= (each.valid_to or date.min) <= today + SOON
    ),
    Lack("over", _("закончилась"), lambda each, today, _form: each.valid_to is not None and each.valid_to < today),
    Lack("basis", _("нет правового акта"), lambda each, _today, _form: not each.legal_basis),
    Lack("form", _("нет формы"), lambda each, _today, form: not form and each.form_page_id is None),
)


@dataclass(frozen=True)
class Line:
    """A measure with what is wrong with it."""

    measure: Measure
    lacks: tuple[Lack, ...]


def may_read(user: Any) -> bool:
    """Whether the user keeps the finder's words, and so its measures too; no query of its own."""
    return bool(user.has_perm("services.change_situation"))


def lines(user: Any, today: date) -> list[Line]:
    """Published measures that the user may change and that lack something, by alphabet; two queries."""
    own = _policy.instances_user_has_permission_for(user, "change").order_by().values("pk")
    names = ("title", "next_check", "checked_on", "valid_to", "legal_basis", "form_page_id")
    section = MeasureIndexPage.objects.filter(form_page__live=True).exists()
    found = [
        Line(measure, tuple(lack for lack in LACKS if lack.fits(measure, today, section)))
        for measure in Measure.objects.live().filter(pk__in=own).only(*names).order_by("title")
    ]
    return [line for line in found if line.lacks]


def is_due(measure: Measure, today: date) -> bool:
    """Never checked, or the next check is due within a month, unless a later check has done what was planned."""
    if measure.checked_on is None or measure.next_check is None:
        return measure.checked_on is None
    return measure.checked_on < measure.next_check <= today + SOON
