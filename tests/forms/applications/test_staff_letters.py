"""Letters about work: when, to whom, once; numbers and links only."""

import datetime
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from forms.applications import answering, delaying, digest, reminding, staff_letters
from forms.applications.models import Absence, Application, Reminded, StaffLetters, Told
from forms.notifications.models import Outbox
from services.production_calendar import Calendar
from tests import processes
from tests.factories import applications as make

MONDAY = date(2026, 11, 30)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
EXCEPTIONS = st.dictionaries(st.dates(date(2026, 11, 20), date(2026, 12, 20)), st.booleans(), max_size=12)


@given(
    today=st.dates(date(2026, 11, 1), date(2027, 1, 31)),
    ahead=st.integers(-5, 30),
    days=st.integers(0, 10),
    exceptions=EXCEPTIONS,
)
def test_the_horizon_is_what_was_to_be_reminded_of_by_today(today, ahead, days, exceptions) -> None:
    calendar = Calendar(exceptions)
    today = calendar.working_day_from(today)
    due = today + timedelta(days=ahead)
    wanted = reminding.remind_on(due, days, calendar) <= today
    assert (due <= reminding.horizon(today, days, calendar)) == wanted


@given(due=DAYS, days=st.integers(0, 20), exceptions=EXCEPTIONS)
def test_each_date_has_one_day_of_reminding_a_working_one_and_early_enough(due, days, exceptions) -> None:
    calendar = Calendar(exceptions)
    day = reminding.remind_on(due, days, calendar)
    assert not calendar.is_day_off(day)
    assert day <= due - timedelta(days=days)
    last = reminding.horizon(day, days, calendar)
    assert due <= last
    before = calendar.working_day_until(day - timedelta(days=1))
    assert due > reminding.horizon(before, days, calendar)


@pytest.mark.django_db
def test_by_the_clock_of_the_region_on_working_days() -> None:
    def at(day, hour):
        # Irkutsk is eight hours ahead.
        return datetime.datetime(2026, 11, day, hour - 8, tzinfo=datetime.UTC)

    assert staff_letters.is_time(at(30, 8))
    assert staff_letters.is_time(at(30, 17))
    assert not staff_letters.is_time(at(30, 18))
    assert not staff_letters.is_time(at(28, 9))


@pytest.fixture
def people(person):
    anna = person("reviewer", "anna", email="anna@example.org")
    boris = person("reviewer", "boris", email="boris@example.org")
    lead = person("lead", "lead", email="lead@example.org")
    make.team("Иркутск", anna, boris, lead)
    return anna, boris, lead


def _due(application: Application, day: date) -> Application:
    Application.objects.filter(pk=application.pk).update(due_on=day)
    return application


def _letters(kind: str) -> list[tuple[str, str]]:
    rows = Outbox.objects.filter(key__startswith="staff:", key__contains=f":{kind}:").order_by("pk")
    return [(row.recipient.split("@")[0], row.body) for row in rows]


@pytest.mark.django_db
def test_who_leads_it_hears_once_of_each_date_and_once_a_day(people, settings) -> None:
    anna, boris, _lead = people
    soon = [_due(make.in_work(anna), MONDAY + timedelta(days=each)) for each in (1, 3)]
    later, other = _due(make.in_work(anna), MONDAY + timedelta(days=4)), _due(make.in_work(boris), MONDAY)
    waiting = _due(make.waiting(anna), MONDAY)
    reminding.send(MONDAY)
    reminding.send(MONDAY)
    (first, body), (second, _body) = _letters("before")
    assert {first, second} == {"anna", "boris"}
    assert all(each.public_number in body and f"/admin/queue/{each.pk}/" in body for each in soon)
    assert not any(each.public_number in body for each in (later, other, waiting))
    # What was given to her in the day waits for the next letter, and a date that moved is a new one.
    late = _due(make.in_work(anna), MONDAY)
    reminding.send(MONDAY)
    assert len(_letters("before")) == 2
    delaying.extend(
        soon[0].pk, anna, Application.objects.get(pk=soon[0].pk).version, days=7, extension_reason="Ждём справку"
    )
    reminding.send(MONDAY + timedelta(days=1))
    name, body = _letters("before")[-1]
    assert name == "anna"
    assert late.public_number in body
    assert later.public_number in body
    assert soon[1].public_number not in body


@pytest.mark.django_db
def test_on_a_day_off_nothing_and_on_friday_what_the_weekend_would_bring(people) -> None:
    anna = people[0]
    friday = MONDAY - timedelta(days=3)
    held = _due(make.in_work(anna), MONDAY + timedelta(days=2))
    assert reminding.send(friday + timedelta(days=1)) == digest.send(friday + timedelta(days=1)) == 0
    reminding.send(friday)
    assert [(name, held.public_number in body) for name, body in _letters("before")] == [("anna", True)]


@pytest.mark.django_db
def test_the_lead_hears_when_the_day_has_come_and_the_substitute_for_who_is_away(people, person) -> None:
    anna, boris, lead = people
    other = person("lead", "other", email="other@example.org")
    make.team("Братск", other, codes=("bratsk",))
    late, nobodys = _due(make.in_work(anna), MONDAY - timedelta(days=3)), _due(make.new(), MONDAY)
    Absence.objects.create(person=anna, starts_on=MONDAY, ends_on=MONDAY, substitute=boris)
    reminding.send(MONDAY)
    assert [name for name, _body in _letters("before")] == ["boris"]
    ((name, body),) = _letters("due")
    assert name == "lead"
    assert late.public_number in body
    assert nobodys.public_number in body
    Absence.objects.create(person=lead, starts_on=MONDAY, ends_on=MONDAY)
    Told.objects.all().delete()
    Reminded.objects.all().delete()
    Outbox.objects.all().delete()
    # With no other lead there the one who is away hears of it all the same.
    reminding.send(MONDAY)
    assert [name for name, _body in _letters("due")] == ["lead"]


@pytest.mark.django_db
def test_the_morning_letter_says_what_waits_and_nothing_of_any_person(people) -> None:
    anna, boris, _lead = people
    burning = _due(make.in_work(anna), MONDAY)
    told = _due(make.in_work(anna), MONDAY + timedelta(days=20))
    answering.write(told.pk, "key", "Секретные слова")
    _due(make.new(), MONDAY + timedelta(days=20))
    StaffLetters.objects.create(person=boris, digest=False)
    digest.send(MONDAY)
    digest.send(MONDAY)
    letters = dict(_letters("digest"))
    assert set(letters) == {"anna", "lead"}
    body = letters["anna"]
    for words in ("Горит сегодня: 1", burning.public_number, "Новые сообщения: 1", "У вас в работе: 2", "команд"):
        assert words in body
    assert "Никто не взял в ваших командах: 1" in letters["lead"]
    every = "".join(row.subject + row.body for row in Outbox.objects.filter(key__startswith="staff:"))
    for secret in ("Секретные", burning.name.split()[0], burning.phone, burning.summary[:12]):
        assert secret
        assert secret not in every


@pytest.mark.django_db
def test_nothing_waits_no_letter_and_noon_is_no_morning(people) -> None:
    anna = people[0]
    assert digest.send(MONDAY) == 0
    _due(make.in_work(anna), MONDAY)
    assert digest.send(MONDAY) == 0
    assert digest.send(MONDAY + timedelta(days=1)) == 1


@pytest.mark.django_db
def test_a_round_that_broke_off_goes_on_and_repeats_nobody(people, monkeypatch) -> None:
    anna, boris, _lead = people
    for each in (anna, boris):
        _due(make.in_work(each), MONDAY)
    whole, put = [], staff_letters.put

    def breaks(person, *arguments, **more):
        if whole:
            raise SystemExit
        whole.append(person)
        put(person, *arguments, **more)

    monkeypatch.setattr(staff_letters, "put", breaks)
    with pytest.raises(SystemExit):
        reminding.send(MONDAY)
    assert len(_letters("before")) == 1
    monkeypatch.undo()
    reminding.send(MONDAY)
    assert sorted(name for name, _body in _letters("before")) == ["anna", "boris"]


@pytest.mark.django_db
def test_their_price_does_not_grow_with_the_applications(people, django_assert_max_num_queries) -> None:
    asked = []
    for day in range(2):
        for _number in range(1 + 3 * day):
            _due(make.in_work(people[0]), MONDAY)
        with CaptureQueriesContext(connection) as captured:
            assert digest.send(MONDAY + timedelta(days=day)) + reminding.send(MONDAY + timedelta(days=day)) == 3
        asked.append(len(captured))
    assert asked[0] == asked[1]
    with django_assert_max_num_queries(16):
        assert digest.send(MONDAY) + reminding.send(MONDAY) == 0


SEND = """
import sys, datetime
from forms.applications import digest, reminding
print("ready")
sys.stdin.readline()
day = datetime.date.fromisoformat(sys.argv[1])
print(digest.send(day) + reminding.send(day))
"""


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_letter(people, tmp_path) -> None:
    anna = people[0]
    _due(make.in_work(anna), MONDAY)
    env = processes.environment(tmp_path)
    said = processes.together([processes.start(SEND, MONDAY.isoformat(), env=env) for _number in range(3)])
    assert sum(map(int, said)) == 3
    assert [name for name, _body in _letters("before") + _letters("digest") + _letters("due")] == [
        "anna",
        "anna",
        "lead",
    ]
