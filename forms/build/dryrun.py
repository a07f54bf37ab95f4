"""A changed form tried on what people really sent: who would fail now, be stopped, see other questions, go elsewhere.

Nothing is written. What would be so with the version that was answered too (an age limit that the years have passed) is
no consequence of the change and does not count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms.applications import applicant
from forms.applications.models import Application
from forms.applications.routing import Routes
from forms.definitions import rules, versions
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from forms.definitions.models import Form, FormVersion
from forms.definitions.moving import migrate_answers
from services import territories

CHUNK = 200
SIZES = (50, 200, 1000)
KINDS = ("failing", "stopped", "other", "team")
Found = tuple[str, str]


@dataclass
class Outcome:
    """What came of it so far: ids of applications by reason, for each of KINDS. JSON by `to_json`."""

    looked: int = 0
    last: int | None = None
    ended: bool = False
    reasons: dict[str, dict[str, list[int]]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    def to_json(self) -> dict[str, Any]:
        """For the cache."""
        return {"looked": self.looked, "last": self.last, "ended": self.ended, "reasons": self.reasons}

    def count(self, kind: str) -> int:
        """How many applications, each once."""
        return len({pk for ids in self.reasons[kind].values() for pk in ids})


def go_on(form: Form, new: Definition, outcome: Outcome, limit: int) -> Outcome:
    """Look at the next applications, newest first, at most CHUNK now and `limit` in all. Five queries or less."""
    room = min(CHUNK, limit - outcome.looked)
    before = {"pk__lt": outcome.last} if outcome.last else {}
    # Whose consent was withdrawn is not looked at any more.
    rows = Application.objects.filter(form=form, erase_on__isnull=True, erased_at__isnull=True, **before)
    batch = list(
        rows.order_by("-pk").values_list("pk", "form_version_id", "sheet__answers", named=False)[: max(room, 0)]
    )
    answered = {version for _pk, version, _answers in batch}
    known = {each.pk: versions.compiled(each) for each in FormVersion.objects.filter(pk__in=answered)}
    routes, ids = Routes(), territories.ids()
    for pk, version, answers in batch:
        for kind, reason in compare(known[version], new, answers or {}, routes, ids=ids):
            held = outcome.reasons[kind].setdefault(reason, [])
            if pk not in held[-1:]:
                held.append(pk)
    outcome.looked += len(batch)
    outcome.last = batch[-1][0] if batch else outcome.last
    outcome.ended = len(batch) < room or outcome.looked >= limit
    return outcome


def compare(
    old: Definition, new: Definition, answers: Mapping[str, Any], routes: Routes, *, ids: Mapping[str, int]
) -> Iterator[Found]:
    """(kind, reason in words) for everything that would be otherwise with one application."""
    kept, _told = migrate_answers(old, new, answers)
    before, now = Journey(old, answers), Journey(new, kept)
    yield from _failing(before, now, answers, kept)
    stop = rules.hard_stop(new, kept)
    if stop and not rules.hard_stop(old, answers):
        yield "stopped", _("Остановка: «%s»") % stop.message
    yield from _other(before, now)
    teams = [
        routes.team_name(
            ids.get(applicant.territory_code(each, given)), rules.route(each, given), rules.topics(each, given)
        )
        for each, given in ((old, answers), (new, kept))
    ]
    if teams[0] != teams[1]:
        yield "team", _("«%(old)s» → «%(new)s»") % {"old": teams[0], "new": teams[1]}


def _failing(before: Journey, now: Journey, answers: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[Found]:
    """Answers that are missing now though the question was there, and checks that hold now."""
    known = {question.key for question in before.definition.all_fields}
    missed = {question.key for step in before.steps for question in before.missing(step)}
    for step in now.steps:
        for question in now.missing(step):
            if question.key in known and question.key not in missed:
                given = question.key in answers
                words = _("«%s»: ответ больше не подходит") if given else _("«%s»: ответа нет, а он обязателен")
                yield "failing", words % question.label
    failed = {each.rule.key for each in rules.failed_checks(before.definition, answers)}
    for each in rules.failed_checks(now.definition, kept):
        if each.rule.key not in failed:
            yield "failing", _("Проверка: «%s»") % each.message


def _other(before: Journey, now: Journey) -> Iterator[Found]:
    """Steps that appear or go, and new questions on steps that stay."""
    shown = {step.key for step in before.steps}
    for step in now.steps:
        if step.key not in shown:
            yield "other", _("Добавился бы шаг «%s»") % step.title
    shows = {step.key for step in now.steps}
    for step in before.steps:
        if step.key not in shows:
            yield "other", _("Не было бы шага «%s»") % step.title
    seen = {question.key for step in before.steps for question in before.fields(step)}
    for step in now.steps:
        for question in now.fields(step):
            if step.key in shown and question.key not in seen and question.is_sent:
                yield "other", _("Появился бы вопрос «%s»") % question.label
