"""Take and close: the table, the reasons, stale writes, letters and the applicant's view."""

import pytest
import time_machine
from django.utils import timezone

from forms.applications import actions, journal, policies, timeline
from forms.applications.models import Application, JournalEntry
from forms.applications.states import State
from forms.notifications.models import Outbox
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(person):
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


def test_take_makes_it_mine(reviewer) -> None:
    application = actions.take(make.new().pk, reviewer, 1)
    application.refresh_from_db()
    assert (application.state, application.assignee, application.version) == (State.IN_WORK, reviewer, 2)
    assert application.journal.last().actor == reviewer


@pytest.mark.parametrize(("action", "state"), [("resolve", State.RESOLVED), ("explain", State.EXPLAINED)])
def test_close_keeps_result_explanation_and_sends_a_letter(reviewer, action, state) -> None:
    application = make.in_work(reviewer)
    getattr(actions, action)(application.pk, reviewer, 2, "  Ждём вас\r\nв пятницу.\x00 ")
    application.refresh_from_db()
    assert (application.state, application.result, application.is_open) == (state, state, False)
    assert application.closed_at is not None
    assert application.explanation == "Ждём вас\nв пятницу."
    letter = Outbox.objects.get(key__contains="closed")
    assert "Ждём вас\nв пятницу." in letter.body
    assert "Павлова" not in letter.body


@pytest.mark.parametrize("text", ["", "   ", "\n\x00"])
def test_no_closing_without_an_explanation(reviewer, text) -> None:
    application = make.in_work(reviewer)
    with pytest.raises(actions.Refused, match="прочтёт заявитель"):
        actions.resolve(application.pk, reviewer, 2, text)
    application.refresh_from_db()
    assert application.is_open


def test_an_endless_explanation_is_refused(reviewer) -> None:
    application = make.in_work(reviewer)
    with pytest.raises(actions.Refused, match="Сократите"):
        actions.resolve(application.pk, reviewer, 2, "а" * (actions.EXPLANATION_LENGTH + 1))


def test_no_letter_without_an_address(reviewer) -> None:
    make.resolved(reviewer, q_email="")
    assert not Outbox.objects.exists()


def test_a_stale_write_changes_nothing_and_tells_what_changed(reviewer, person) -> None:
    colleague = person("reviewer", "colleague", last_name="Лапин", first_name="Денис")
    make.team("Иркутск", colleague)
    application = make.new()
    actions.take(application.pk, colleague, 1)
    with pytest.raises(actions.Stale) as stale:
        actions.take(application.pk, reviewer, 1)
    assert stale.value.application.assignee == colleague
    changes = timeline.changes_since(stale.value.application, 1)
    assert [(change.who, str(change.words)) for change in changes] == [("Лапин Д.", "Взято в работу")]


def test_a_colleague_cannot_close_but_the_lead_can(reviewer, person) -> None:
    colleague = person("reviewer", "colleague")
    lead = person("lead")
    make.team("Иркутск", colleague, lead)
    application = make.in_work(reviewer)
    with pytest.raises(actions.Refused, match=r"ведёт Павлова И\."):
        actions.resolve(application.pk, colleague, 2, "Готово")
    assert actions.resolve(application.pk, lead, 2, "Готово").state == State.RESOLVED


@pytest.mark.parametrize("role", ["operator", "manager"])
def test_who_only_looks_cannot_move(person, role) -> None:
    user = person(role)
    make.team("Иркутск", user)
    application = make.new()
    with pytest.raises(actions.Refused, match="только смотреть"):
        actions.take(application.pk, user, 1)
    assert policies.moves_for(user, application) == []


@pytest.mark.parametrize("role", ["reviewer", "lead", "operator", "press", "formeditor"])
def test_a_foreign_application_does_not_exist(person, role) -> None:
    user = person(role)
    make.team("Братск", user, codes=("bratsk",))
    make.team("Иркутск")
    application = make.new()
    with pytest.raises(Application.DoesNotExist):
        actions.take(application.pk, user, 1)
    assert not Application.objects.visible_to(user).exists()


def test_visibility_by_role(person) -> None:
    make.team("Братск", codes=("bratsk",))
    local, far = make.new(), make.new(q_place="bratsk")
    reviewer, manager, admin, press = (person(role) for role in ("reviewer", "manager", "admin", "press"))
    make.team("Иркутск", reviewer, press)
    local.refresh_from_db()
    # The first went to the common queue: nobody served Irkutsk then.
    here = make.new()
    seen = lambda user: set(Application.objects.visible_to(user).values_list("pk", flat=True))  # noqa: E731
    assert seen(reviewer) == {here.pk}
    assert seen(manager) == seen(admin) == {local.pk, far.pk, here.pk}
    assert seen(press) == set()
    two = make.team("Братск", reviewer, codes=())
    assert two.members.count() == 1
    assert seen(reviewer) == {here.pk, far.pk}
    reviewer.is_active = False
    assert seen(reviewer) == set()


def test_the_applicant_reads_every_stage_and_no_name(reviewer) -> None:
    application = make.resolved(reviewer, explanation="Психолог ждёт вас в пятницу.")
    view = timeline.for_applicant(application)
    assert [str(event.words) for event in view.events] == [
        "Обращение принято",
        "Обращением занимается специалист",
        "Помощь оказана",
    ]
    assert view.explanation == "Психолог ждёт вас в пятницу."
    assert str(view.state_words) == "Помощь оказана"
    assert "Павлова" not in repr(view)


def test_the_card_timeline_and_its_reads(reviewer, person) -> None:
    lead = person("lead")
    application = make.resolved(reviewer)
    for user in (reviewer, lead):
        journal.note_read(application, user)
    # An object loaded before somebody else wrote.
    journal.note_read(Application(pk=application.pk, journal_length=1, source_key="x"), lead)
    entries = timeline.entries_of(application)
    assert journal.read_lately(entries, lead)
    with time_machine.travel(timezone.now() + journal.READ_AGAIN):
        assert not journal.read_lately(entries, lead)
    view = timeline.for_staff(application, entries)
    assert [(each.who, each.times) for each in view.readers] == [("lead", 2), ("Павлова И.", 1)]
    assert [str(event.words) for _day, events in view.days for event in events] == [
        "Закрыто: решено",
        "Взято в работу",
        "Получено: сайт",
    ]
    assert not list(journal.problems())
    application.refresh_from_db()
    assert application.version == 3


def test_a_failure_in_the_middle_leaves_nothing(reviewer, monkeypatch) -> None:
    application = make.in_work(reviewer)
    entries = JournalEntry.objects.count()
    monkeypatch.setattr("forms.applications.messages.of_move", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.resolve(application.pk, reviewer, 2, "Готово")
    application.refresh_from_db()
    assert application.state == State.IN_WORK
    assert JournalEntry.objects.count() == entries
