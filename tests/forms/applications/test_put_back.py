"""Undo of steps that send nothing, and of a merge: the row is what it was, the applicant sees neither."""

import datetime
import json

import pytest
import time_machine
from django.utils import timezone

from forms.applications import actions, arithmetic, due_moves, duplicates, holding, journal, reversing, timeline
from forms.applications.models import Inquiry, PendingMove
from forms.applications.states import State
from forms.notifications.models import Outbox
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
ROW = ("state", "assignee_id", "contact_on", "put_off_reason", "paused_on", "paused_days", "due_on", "is_open")
WAITED = datetime.timedelta(days=4)


@pytest.fixture(autouse=True)
def _undo(settings) -> None:
    settings.UNDO_SECONDS = 15


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


def _row(application) -> dict:
    application.refresh_from_db()
    return {name: getattr(application, name) for name in ROW}


@pytest.mark.parametrize(
    ("action", "source"),
    [("take", State.NEW), ("resume", State.WAITING_APPLICANT), ("pick_up", State.POSTPONED)],
    ids=str,
)
def test_a_step_without_a_form_is_put_back_as_it_was(action, source, reviewer) -> None:
    application = make.new() if source == State.NEW else make.BY_STATE[source](reviewer)
    before = _row(application)
    told = [event.words for event in timeline.for_applicant(application).events]
    with time_machine.travel(timezone.now() + WAITED):
        reversing.take(action, application.pk, reviewer, application.version)
        assert _row(application)["state"] == State.IN_WORK
        assert holding.undo(application.pk, reviewer) is None
        assert _row(application) == before
        assert [event.words for event in timeline.for_applicant(application).events] == told
        assert len(arithmetic.due_sum(application, timeline.entries_of(application))) == (
            3 if source == State.WAITING_APPLICANT else 2
        )
        # It can be taken again, and the clock counts the days once.
        reversing.take(action, application.pk, reviewer, application.version)
    application.refresh_from_db()
    assert application.paused_days == (WAITED.days if source == State.WAITING_APPLICANT else 0)
    assert not Inquiry.objects.filter(closed_at=None).exists()
    assert not list(journal.problems())
    words = [
        str(event.words)
        for _day, events in timeline.for_staff(application, timeline.entries_of(application)).days
        for event in events
    ]
    assert any(each.startswith("Отменено: ") for each in words)


def test_too_late_foreign_or_changed_meanwhile_is_refused(reviewer, person) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    application = make.new()
    reversing.take("take", application.pk, reviewer, application.version)
    with pytest.raises(actions.Refused, match="Отменить уже нельзя"):
        holding.undo(application.pk, lead)
    application.refresh_from_db()
    make.move("assign", application, lead, assignee=lead)
    with pytest.raises(actions.Refused, match="после этого обращение изменилось"):
        holding.undo(application.pk, reviewer)
    other = make.new(q_story="другая")
    reversing.take("take", other.pk, reviewer, other.version)
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=15)):
        with pytest.raises(actions.Refused, match="прошло больше 15"):
            holding.undo(other.pk, reviewer)
        due_moves.take_due()
    assert not PendingMove.objects.exists()


def test_a_merge_leaves_only_after_the_seconds(reviewer) -> None:
    first, second = make.in_work(reviewer), make.in_work(reviewer)
    Outbox.objects.all().delete()
    holding.hold("merge", second.pk, reviewer, second.version, {"into_id": first.pk})
    assert holding.undo(second.pk, reviewer) is None
    assert not PendingMove.objects.exists() and not Outbox.objects.exists()
    holding.hold("merge", second.pk, reviewer, second.version, {"into_id": first.pk})
    assert json.loads(json.dumps(PendingMove.objects.get().data)) == {"into_id": first.pk}
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=16)):
        assert due_moves.take_due() == 1
    second.refresh_from_db()
    assert (second.state, second.merged_into) == (State.MERGED, first)
    assert Outbox.objects.exists()


def test_a_merge_that_cannot_be_any_more_comes_back_with_the_reason(reviewer) -> None:
    first, second = make.in_work(reviewer), make.in_work(reviewer)
    holding.hold("merge", second.pk, reviewer, second.version, {"into_id": first.pk})
    make.move("explain", first, reviewer)
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=16)):
        due_moves.take_due()
    second.refresh_from_db()
    back = PendingMove.objects.get(application=second)
    assert second.state == State.IN_WORK and "другим открытым обращением" in back.reason
    with pytest.raises(duplicates.Refused):
        duplicates.merge(second.pk, reviewer, second.version, first.pk)
