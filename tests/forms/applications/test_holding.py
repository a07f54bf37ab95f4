"""Undo: within the seconds nothing leaves; after them the step is taken by whoever comes first, once."""

import datetime
import json
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from forms.applications import actions, answering, codes, due_moves, holding, kept, timeline, withdrawal
from forms.applications.models import JournalEntry, Message, PendingMove
from forms.applications.states import STAFF_MOVES, State
from forms.notifications.models import Outbox
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
LATER = datetime.timedelta(seconds=16)
ANSWER = {"explanation": "Психолог ждёт вас в среду.", "next_step": "Возьмите паспорт."}


@pytest.fixture(autouse=True)
def _undo(settings) -> None:
    settings.UNDO_SECONDS = 15


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def application(reviewer):
    made = make.in_work(reviewer)
    Outbox.objects.all().delete()
    return made


def _public(client, application) -> str:
    pair = {"number": application.public_number, "code": codes.code_for(application)}
    told = client.post("/api/requests/status", json.dumps(pair), content_type="application/json").json()
    client.post("/requests/", pair)
    return json.dumps(told, ensure_ascii=False) + client.get("/requests/status/").content.decode()


def test_nothing_is_seen_before_and_everything_after(application, reviewer, client) -> None:
    entries = JournalEntry.objects.count()
    held = holding.hold("explain", application.pk, reviewer, 2, ANSWER)
    assert due_moves.take_due() == 0
    assert JournalEntry.objects.count() == entries
    assert not Outbox.objects.exists()
    assert "Психолог" not in _public(client, application)
    with time_machine.travel(held.due_at + LATER - datetime.timedelta(seconds=15)):
        assert due_moves.take_due() == 1
        assert due_moves.take_due() == 0
        assert "Психолог" in _public(client, application)
    application.refresh_from_db()
    assert application.state == State.EXPLAINED
    assert Outbox.objects.count() == 1
    assert not PendingMove.objects.exists()


def test_every_step_is_held_alike(reviewer, person) -> None:
    """What is held as JSON is taken as it would have been at once."""
    lead = person("lead")
    make.team("Иркутск", lead)
    for move in STAFF_MOVES:
        if move.is_button or move.action == "merge":
            continue
        application = make.new() if State.NEW in move.sources else make.BY_STATE[move.sources[0]](reviewer)
        needs = dict(make.NEEDS.get(move.action, {}))
        more: dict[str, Any] = {
            "put_off": {"contact_on": timezone.localdate() + datetime.timedelta(days=3)},
            "hand_over": {"team": make.team("Другая команда", codes=())},
            "reopen": {"assignee": reviewer},
            "assign": {"assignee": reviewer},
            "reassign": {"assignee": lead},
        }.get(move.action, {})
        holding.hold(move.action, application.pk, lead, application.version, needs | more)
        PendingMove.objects.filter(state="held").update(due_at=timezone.now())
        due_moves.take_due()
        assert not PendingMove.objects.exists(), move.action
        application.refresh_from_db()
        assert move.target is None or application.state == move.target


def test_undone_nothing_happens_and_the_text_is_a_draft(application, reviewer, person) -> None:
    holding.hold("explain", application.pk, reviewer, 2, ANSWER)
    colleague = person("lead")
    make.team("Иркутск", colleague)
    with pytest.raises(actions.Refused):
        holding.undo(application.pk, colleague)
    draft = holding.undo(application.pk, reviewer)
    assert (draft.state, draft.data) == ("draft", ANSWER)
    with time_machine.travel(timezone.now() + LATER):
        assert due_moves.take_due() == 0
    application.refresh_from_db()
    assert (application.state, application.version) == (State.IN_WORK, 2)
    holding.hold("explain", application.pk, reviewer, 2, ANSWER)
    assert kept.drafts_of(application.pk, reviewer) == []


def test_after_the_seconds_there_is_no_undo(application, reviewer) -> None:
    held = holding.hold("explain", application.pk, reviewer, 2, ANSWER)
    with time_machine.travel(held.due_at), pytest.raises(actions.Refused, match="Отменить уже нельзя"):
        holding.undo(application.pk, reviewer)


def test_while_it_waits_no_other_step_is_taken(application, reviewer, person) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    holding.hold("explain", application.pk, reviewer, 2, ANSWER)
    for attempt in (
        lambda: make.move("resolve", application, lead),
        lambda: actions.write(application.pk, reviewer, 2, "Ещё"),
        lambda: holding.hold("resolve", application.pk, lead, 2, {"explanation": "Готово"}),
    ):
        with pytest.raises(actions.Refused, match="уже отправляет Павлова И"):
            attempt()


def test_what_cannot_be_taken_is_refused_at_once_and_holds_nothing(application, reviewer) -> None:
    with pytest.raises(actions.Refused):
        holding.hold("refuse", application.pk, reviewer, 2, {"explanation": "Нет", "norm": "", "next_step": "x"})
    with pytest.raises(actions.Stale):
        holding.hold("explain", application.pk, reviewer, 1, ANSWER)
    assert not PendingMove.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("meanwhile", ["withdrawn", "written"])
def test_what_the_applicant_did_meanwhile_gives_it_back_with_the_text(application, reviewer, meanwhile) -> None:
    holding.hold("explain", application.pk, reviewer, 2, ANSWER)
    if meanwhile == "withdrawn":
        withdrawal.withdraw(application.pk, "key")
    else:
        answering.write(application.pk, "key", "Уже не нужно")
    Outbox.objects.all().delete()
    with time_machine.travel(timezone.now() + LATER):
        due_moves.take_due()
    back = PendingMove.objects.get()
    assert (back.state, back.user, back.data) == ("returned", reviewer, ANSWER)
    assert "обращение изменилось" in back.reason
    application.refresh_from_db()
    assert application.state == (State.WITHDRAWN if meanwhile == "withdrawn" else State.IN_WORK)
    assert not Outbox.objects.exists()
    assert "Дан ответ" not in str(timeline.for_applicant(application).events)


def test_an_erasure_takes_drafts_along(application, reviewer) -> None:
    kept.keep("explain", application.pk, reviewer, 2, ANSWER)
    withdrawal.withdraw_consent(application.pk)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=400)):
        withdrawal.erase(application.pk)
    assert not PendingMove.objects.exists()
