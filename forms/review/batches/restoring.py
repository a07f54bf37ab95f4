"""«Вернуть как было»: what an act without words for the applicant changed is put back, item by item, as another batch.

Each item of the first batch keeps what its application had before and which version it left behind; whatever was
changed since stays as it is, and is told as passed over.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forms.applications import assigning, movement, reversing, staffing
from forms.applications.models import Application, Labelling
from forms.applications.states import BY_ACTION, State
from forms.review.models import Batch, BatchItem

from .inputs import Given

Before = dict[str, Any]
RESTORE = "restore"
RESTORED = frozenset({"assign", "label", "urgency"})


def before(act: str, pk: int, given: Given) -> Before:
    """What the act is about to change; empty for an act that cannot be put back."""
    if act == "label":
        return {"had": Labelling.objects.filter(application=pk, label=given["label"]).exists()}
    if act not in RESTORED:
        return {}
    found = Application.objects.filter(pk=pk).values("state", "assignee_id", "urgency").first()
    return dict(found or {})


def can(batch: Batch) -> bool:
    """Whether it is over, did something that can be put back, and was not put back yet."""
    if batch.act not in RESTORED or not batch.is_over or not batch.done:
        return False
    return not Batch.objects.filter(owner=batch.owner_id, act=RESTORE, given__of=str(batch.pk)).exists()


def rows(batch: Batch) -> list[tuple[int, int]]:
    """What was done, each at the version that the batch left."""
    done = BatchItem.objects.filter(batch=batch, state=BatchItem.State.DONE).order_by("place")
    found = done.values_list("application_id", "before")
    return [(pk, kept["version"]) for pk, kept in found if kept and kept.get("version")]


def perform(pk: int, user: Any, expected: int, given: Given) -> None:
    """Put one back. Raises as the acts of the card do."""
    item = BatchItem.objects.select_related("batch").get(batch=given["of"], application=pk)
    kept: Before = item.before or {}
    _ACTS[item.batch.act](pk, user, expected, item.batch.given, kept)


def _assign(pk: int, user: Any, expected: int, given: Given, kept: Before) -> None:
    if kept["state"] != State.NEW:
        assignee = User.objects.filter(pk=kept["assignee_id"]).first()
        assigning.assign(pk, user, expected, assignee=assignee)
        return
    with transaction.atomic():
        application = movement.seen(pk, user)
        movement.admit(BY_ACTION["reassign"], application, user, expected)
        reversing.put(application, user, "assign", {"state": kept["state"], "assignee_id": kept["assignee_id"]})


def _label(pk: int, user: Any, expected: int, given: Given, kept: Before) -> None:
    if kept["had"]:
        return
    now = Labelling.objects.filter(application=pk).values_list("label_id", flat=True)
    staffing.save(pk, user, expected, staffing.Wanted(labels=frozenset({*now} - {given["label"]})))


def _urgency(pk: int, user: Any, expected: int, given: Given, kept: Before) -> None:
    staffing.save(pk, user, expected, staffing.Wanted(urgency=kept["urgency"], reason=_("Вернули как было")))


_ACTS = {"assign": _assign, "label": _label, "urgency": _urgency}
