"""How people get through a form: aggregates only. No answer, no sentence and no name of anybody is kept or shown.

What is under way is read from the drafts. Before old drafts are deleted they are added to counters, and so is every
mistake at a step, by question and sort; that is the only thing written while somebody fills a form.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils import timezone

from forms.definitions import fields
from forms.definitions.document import Definition
from forms.definitions.models import Form

from .models import Application, Channel, Draft, FormCount

FEW = 5
"""Smaller numbers are not told: they could be about somebody."""
IDLE = datetime.timedelta(days=1)
LONGEST = 24 * 60
BLANK, UNFIT, CHECK = "blank", "unfit", "check"
Counts = Counter[tuple[int, datetime.date, str, str]]
AT_ONCE = 100
INSERT = "INSERT INTO form_applications_formcount (form_id, day, kind, about, count) VALUES "
ADD = """
ON CONFLICT (form_id, day, kind, about) DO UPDATE SET count = form_applications_formcount.count + excluded.count
"""


@dataclass(frozen=True, slots=True)
class Funnel:
    """Of one form in one period: how many drafts were begun, sent, are being filled, were left after each step."""

    started: int
    sent: int
    filling: int
    left: Mapping[str, int]
    minutes: int | None
    wrong: Mapping[str, Counter[str]]

    @property
    def is_told(self) -> bool:
        """Whether there is enough to say anything."""
        return self.started >= FEW


def note_wrong(form: Form, definition: Definition, wrong: Mapping[str, list[str]], *, check: bool) -> None:
    """Count mistakes of one sent step by question and sort. `wrong` is named as in the step; `check`: answers that do
    not agree with each other. One statement."""
    today = timezone.localdate()
    found: Counts = Counter()
    for name, sentences in wrong.items():
        try:
            question = definition.field(name.rpartition(".")[2])
        except KeyError:
            continue
        missing = fields.get(question.type).ask_for(question) in sentences
        sort = CHECK if check else BLANK if missing else UNFIT
        found[form.pk, today, FormCount.Kind.WRONG, f"{question.key}:{sort}"] += 1
    _add(found)


def tally(drafts: QuerySet[Draft]) -> None:
    """Add drafts that are about to be deleted to the counters; trials are nobody's journey."""
    found: Counts = Counter()
    # Locked, so that nobody goes on with one between the counting and the deleting.
    rows = (
        drafts.filter(trial=None)
        .select_for_update()
        .values_list("form_id", "created_at", "updated_at", "step_key", "application_id")
    )
    for form_id, begun, last, step_key, application_id in rows.iterator():
        if application_id is None:
            found[form_id, timezone.localdate(begun), FormCount.Kind.LEFT, step_key] += 1
        else:
            found[form_id, timezone.localdate(last), FormCount.Kind.MINUTES, str(_minutes(begun, last))] += 1
    _add(found)


def _add(found: Counts) -> None:
    rows = [(*name, count) for name, count in sorted(found.items())]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(f"{INSERT}{places}{ADD}", [value for row in some for value in row])


def _minutes(begun: datetime.datetime, last: datetime.datetime) -> int:
    return min(max(int((last - begun).total_seconds() // 60), 0), LONGEST)


def of_form(form: Form, days: int) -> Funnel:
    """The last `days` days of a form."""
    since = timezone.localdate() - datetime.timedelta(days=days)
    sent = Application.objects.filter(form=form, channel=Channel.SITE, received_at__date__gte=since).count()
    counted = _counted(form, since)
    left, filling = _under_way(form, since)
    left.update(counted[FormCount.Kind.LEFT])
    minutes = Counter({int(about): count for about, count in counted[FormCount.Kind.MINUTES].items()})
    just_sent = Draft.objects.filter(form=form, application__isnull=False, updated_at__date__gte=since)
    minutes.update(_minutes(begun, last) for begun, last in just_sent.values_list("created_at", "updated_at"))
    wrong: dict[str, Counter[str]] = {}
    for about, count in counted[FormCount.Kind.WRONG].items():
        key, _colon, sort = about.partition(":")
        wrong.setdefault(key, Counter())[sort] += count
    return Funnel(sent + filling + left.total(), sent, filling, left, _median(minutes), wrong)


def _counted(form: Form, since: datetime.date) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {kind: Counter() for kind in FormCount.Kind.values}
    rows = FormCount.objects.filter(form=form, day__gte=since).values_list("kind", "about")
    for kind, about, count in rows.annotate(sum=Sum("count")).values_list("kind", "about", "sum"):
        found[kind][about] += count
    return found


def _under_way(form: Form, since: datetime.date) -> tuple[Counter[str], int]:
    """Drafts nobody touched for a day, by their last step, and how many are being filled."""
    left: Counter[str] = Counter()
    filling = 0
    fresh = timezone.now() - IDLE
    rows = Draft.objects.filter(form=form, application=None, created_at__date__gte=since)
    for step_key, last in rows.values_list("step_key", "updated_at"):
        if last < fresh:
            left[step_key] += 1
        else:
            filling += 1
    return left, filling


def _median(minutes: Mapping[int, int]) -> int | None:
    """The middle value; None where there are too few."""
    total = sum(minutes.values())
    if total < FEW:
        return None
    passed = 0
    for value in sorted(minutes):
        passed += minutes[value]
        if passed * 2 >= total:
            return value
    return None
