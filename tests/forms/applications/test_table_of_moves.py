"""The matrix: every move from every state by every role, through the actions; and every pair past them, in raw SQL."""

import itertools

import pytest
from django.db import DatabaseError, connection, transaction

from forms.applications import actions, policies
from forms.applications.models import Application, StaffReason
from forms.applications.states import BY_ACTION, OPEN, PAIRS, STAFF_MOVES, State
from forms.notifications.models import Outbox
from tests.factories import applications as make

pytestmark = pytest.mark.django_db
LEADS = {"assign", "reassign", "hand_over", "reopen"}


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


def _in(state: State, reviewer) -> Application:
    return make.new() if state == State.NEW else make.BY_STATE[state](reviewer)


def _take(move, application, user) -> Application:
    if move.action in ("merge", "assign", "reassign"):
        decision = policies.may_move(user, move, application)
        if not decision:
            raise actions.Refused(decision.reason)
    if move.action == "merge":
        return application
    return make.move(move.action, application, user)


@pytest.mark.parametrize("state", list(State), ids=str)
def test_every_move_from_this_state_by_every_role(state, reviewer, person) -> None:
    """A step is taken exactly where the table has it, by whom the policy names, and leaves the state of the table."""
    people = {role: person(role, f"the-{role}") for role in ("reviewer", "lead", "operator", "manager")}
    make.team("Иркутск", *people.values())
    people["holder"] = reviewer
    application = _in(state, reviewer)
    wrong = []
    for move, (role, user) in itertools.product(STAFF_MOVES, people.items()):
        allowed = state in move.sources and (
            role == "lead"
            or (role == "holder" and move.action not in LEADS)
            or (role == "reviewer" and state == State.NEW and move.action not in LEADS)
        )
        try:
            with transaction.atomic():
                moved = _take(move, Application.objects.get(pk=application.pk), user)
                stays = move.action == "merge" or move.target is None
                assert moved.state == (state if stays else move.target)
                assert move.action in {each.action for each in policies.moves_for(user, application)}
                transaction.set_rollback(True)
            happened = True
        except actions.Refused as refused:
            assert str(refused.sentence).endswith(".")
            happened = False
        # A step that stays may be refused for another reason of its own: the holder is already the holder.
        if happened != allowed and not (move.action == "reassign" and role == "holder"):
            wrong.append((move.action, role, happened))
    assert not wrong
    application.refresh_from_db()
    assert application.state == state


def test_every_pair_that_is_not_in_the_table_is_refused_by_the_database(reviewer) -> None:
    wrong = []
    for source in State:
        application = _in(source, reviewer)
        for target in State:
            if source == target or (source, target) in PAIRS:
                continue
            is_open = target in OPEN
            columns = {
                "state": str(target),
                "is_open": is_open,
                "result": "" if is_open else str(target),
                "explanation": "" if is_open else "x",
                "closed_at": None if is_open else "2026-11-28 00:00:00+00:00",
                "paused_on": "2026-11-28" if target == State.WAITING_APPLICANT else None,
                "contact_on": "2026-11-28" if target == State.POSTPONED else None,
                "put_off_reason": "other" if target == State.POSTPONED else "",
                "norm": "x" if target == State.REFUSED else "",
                "next_step": "x" if target == State.REFUSED else "",
                "redirected_to": "x" if target == State.REDIRECTED else "",
                "assignee_id": reviewer.pk,
            }
            sets = ", ".join(f"{name} = %s" for name in columns)
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(
                        f"UPDATE form_applications_application SET {sets} WHERE id = %s",
                        [*columns.values(), application.pk],
                    )
                wrong.append((source, target))
            except DatabaseError as error:
                # Merging has a constraint that this row breaks too; whichever speaks first refuses.
                assert "illegal move" in str(error) or State.MERGED in (source, target)
    assert not wrong


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("postponed", {"put_off_reason": ""}),
        ("postponed", {"contact_on": None}),
        ("in_work", {"contact_on": "2026-12-01"}),
        ("in_work", {"extended_days": 10}),
        ("in_work", {"extended_days": 31, "extension_reason": "x"}),
        ("in_work", {"norm": "x"}),
        ("refused", {"norm": ""}),
        ("refused", {"next_step": ""}),
        ("redirected", {"redirected_to": ""}),
        ("redirected", {"explanation": ""}),
        ("merged", {"merged_into": None}),
        ("spam", {"result": "resolved"}),
    ],
)
def test_what_a_state_cannot_be_without_is_held_by_the_database(reviewer, state, change) -> None:
    application = make.BY_STATE[state](reviewer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**change)


def test_nothing_is_merged_into_itself_and_nothing_is_extended_twice(reviewer) -> None:
    merged, extended = make.merged(reviewer), make.moved("extend", reviewer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Application.objects.filter(pk=merged.pk).update(merged_into=merged.pk)
    with pytest.raises(DatabaseError, match="extended once"), transaction.atomic():
        Application.objects.filter(pk=extended.pk).update(extended_days=20)


def test_a_reason_for_colleagues_is_never_rewritten(reviewer) -> None:
    make.moved("mark_spam", reviewer)
    for change in (lambda rows: rows.update(text="иначе"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            change(StaffReason.objects.all())
    StaffReason.objects.update(text="")


@pytest.mark.parametrize("action", [move.action for move in STAFF_MOVES if move.asks and move.action != "merge"])
def test_a_step_without_what_it_asks_for_is_refused(reviewer, person, action) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    sources = BY_ACTION[action].sources
    application = _in(sources[0], reviewer)
    for missing in make.NEEDS.get(action, {}):
        empty = {missing: 0 if missing == "days" else "  "}
        with pytest.raises(actions.Refused):
            make.move(action, application, lead, **empty)
    if action in ("assign", "reassign"):
        with pytest.raises(actions.Refused, match="работает в команде"):
            make.move(action, application, lead, assignee=person("reviewer", "stranger"))
    application.refresh_from_db()
    assert application.state == sources[0]


@pytest.mark.parametrize("move", [move for move in STAFF_MOVES if move.action not in ("ask", "merge")], ids=str)
def test_the_letter_of_a_move_and_no_other(reviewer, person, move) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    application = _in(move.sources[0], reviewer)
    Outbox.objects.all().delete()
    make.move(move.action, application, lead)
    kinds = [letter.key.split(":")[2] for letter in Outbox.objects.all()]
    assert kinds == ([move.letter] if move.letter else [])
