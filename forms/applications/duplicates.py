"""Other applications of the same person, and putting two open ones together."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, CharField, F, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions import versions

from . import deadlines, lending, movement, person_keys
from .models import Application, PersonKey
from .movement import Refused
from .states import BY_ACTION

PHONE, EMAIL, MERGED, KEY = "phone", "email", "merged", "key"
WHY: dict[str, str | Promise] = {
    MERGED: gettext_lazy("объединено сюда"),
    person_keys.SNILS: gettext_lazy("тот же СНИЛС"),
    person_keys.BIRTH: gettext_lazy("то же имя и дата рождения"),
    PHONE: gettext_lazy("тот же телефон"),
    EMAIL: gettext_lazy("та же почта"),
}
MOST, SHOWN = 100, 8


@dataclass(frozen=True, slots=True)
class Twin:
    """One other application; `why` says what is the same, `merges` whether the two can be put together."""

    application: Application
    why: tuple[str, ...]
    merges: bool


@dataclass(frozen=True, slots=True)
class Twins:
    """`rows`, open ones first; how many `more` of one's own teams there are, and how many `others` have."""

    rows: tuple[Twin, ...]
    more: int
    others: int


def of(application: Application, user: Any) -> Twins:
    """What else this person asked for: two queries, each by an index. `application` was read with its sheet."""
    reasons = _reasons(application)
    if not reasons:
        return Twins((), 0, 0)
    seen = Application.objects.visible_to(user).filter(pk__in=list(reasons)).for_queue()
    found = sorted(seen, key=lambda one: (not one.is_open, -one.pk))
    may = bool(application.is_open)
    rows = tuple(
        Twin(one, tuple(str(words) for name, words in WHY.items() if name in reasons[one.pk]), may and one.is_open)
        for one in found[:SHOWN]
    )
    return Twins(rows, len(found) - len(rows), len(reasons) - len(found))


def why(application: Application, other: Application) -> tuple[str, ...]:
    """What is the same in both, in words; one query. Empty for two people. `application` was read with its sheet."""
    reasons = _reasons(application).get(other.pk, set())
    return tuple(str(words) for name, words in WHY.items() if name in reasons)


def merge(application_id: int, user: Any, expected: int, into_id: int) -> Application:
    """Close an open application, for another open one of the same person answers both. The earlier date holds, also
    when the clock of the other stands and runs again.

    Raises Refused, Stale, or DoesNotExist when one of them is not theirs to see.
    """
    move = BY_ACTION["merge"]
    with transaction.atomic():
        # Always in one order, so that two people who merge crosswise do not wait for each other.
        both = Application.objects.visible_to(user).select_for_update(of=("self",)).order_by("pk")
        rows = {row.pk: row for row in both.filter(pk__in=(application_id, into_id))}
        if application_id not in rows or into_id not in rows:
            raise Application.DoesNotExist
        application, target = rows[application_id], rows[into_id]
        movement.admit(move, application, user, expected)
        if application.pk == target.pk or not target.is_open or target.erase_on:
            raise Refused(_("Объединить можно только с другим открытым обращением."))
        if target.pk not in _reasons(application):
            raise Refused(_("Это обращения разных людей: не совпадает ни телефон, ни почта, ни СНИЛС, ни имя с датой."))
        movement.step(
            application, move, user, {"merged_into": target}, {"into": target.pk, "number": target.public_number}
        )
        due = min(application.due_on, target.due_on)
        facts = {"merged": application.pk, "number": application.public_number}
        facts |= lending.facts(application, target, timezone.localdate())
        facts |= {"due_on": due.isoformat()} if due < target.due_on else {}
        movement.act(target, lending.ABSORB, user, {"due_on": due, "has_news": True}, facts)
        movement.tell(application, move)
    return application


def part(application: Application, target: Application, user: Any) -> None:
    """A merged one is opened again: the date that it lent to the locked `target` goes back, unless another merged one
    still needs it or the date was moved since."""
    absorbed = target.journal.filter(action=lending.ABSORB).order_by("-seq").values_list("facts", flat=True)
    mine = next((kept for kept in absorbed if kept["merged"] == application.pk), None)
    lent = lending.read(mine) if mine else None
    facts: dict[str, Any] = {"parted": application.pk, "number": application.public_number}
    columns: dict[str, Any] = {}
    held = lent is not None and lent.on(target.extended_days, target.paused_days) == target.due_on
    if held and target.is_open and not target.paused_on:
        due = deadlines.due_of(target)
        columns, facts = {"due_on": due.on}, facts | due.facts
    movement.act(target, "part", user, columns, facts)


def _reasons(application: Application) -> dict[int, set[str]]:
    """What is the same, by the number of the other application; one query, newest first, MOST at most."""
    keys: dict[int, str] = {}
    if application.erase_on is None:
        definition = versions.definition_of(application.form_version_id)
        keys = person_keys.of(definition, application.sheet.answers)
    rows = Application.objects.order_by()
    parts = [_part(rows.filter(merged_into=application), MERGED)]
    if application.phone_digits:
        parts.append(_part(rows.filter(phone_digits=application.phone_digits), PHONE))
    if application.email_key:
        parts.append(_part(rows.filter(email_key=application.email_key), EMAIL))
    if keys:
        same = PersonKey.objects.order_by().filter(digest__in=list(keys))
        parts.append(_part(same, KEY, pk="application_id", digest=F("digest")))
    found: dict[int, set[str]] = {}
    for pk, kind, digest in parts[0].union(*parts[1:], all=True).order_by("-c_pk")[:MOST]:
        if pk != application.pk:
            found.setdefault(pk, set()).add(keys[digest] if kind == KEY else kind)
    return found


def _part(rows: Any, kind: str, pk: str = "pk", digest: Any = None) -> Any:
    none = Value(0, output_field=BigIntegerField())
    named = {"c_pk": F(pk), "c_kind": Value(kind, output_field=CharField()), "c_digest": digest or none}
    return rows.annotate(**named).values_list(*named)
