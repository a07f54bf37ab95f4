"""Which hours hold where several things are said of one day: on the page, to machines, in lists, for groups."""

import json
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from services.holidays import calendar
from services.hours import Special, Timetable, special_on
from services.models import Centre, HoursException, SharedHours
from services.shared_hours_effect import effects
from tests.factories import services as make

pytestmark = pytest.mark.django_db

IRKUTSK = ZoneInfo("Asia/Irkutsk")
EVE = date(2026, 12, 31)
DAYS = {"december": (date(2026, 12, 1), date(2027, 1, 31)), "week": (date(2026, 12, 28), date(2027, 1, 3))}
SHORT, CLOSED, TEN, LATE = ((540, 900),), (), ((600, 720),), ((960, 1140),)


def _special(days, spans, *, shared):
    first, last = DAYS.get(days, (EVE, EVE))
    return Special(first, last, spans, f"{days}-{'shared' if shared else 'own'}", is_shared=shared)


@pytest.mark.parametrize(
    ("own", "shared", "spans", "holds"),
    [
        ([("december", CLOSED)], [("day", SHORT)], CLOSED, "december-own"),  # its repair, a shared short day
        ([("day", SHORT)], [("day", CLOSED)], SHORT, "day-own"),
        ([("day", TEN)], [("week", CLOSED)], TEN, "day-own"),  # on duty while all are closed
        ([("december", TEN)], [("week", CLOSED)], CLOSED, "week-shared"),  # its winter hours, the holidays of all
        ([("december", TEN)], [("day", SHORT)], TEN, "day-shared"),  # never longer than its own winter hours
        ([("december", LATE)], [("day", SHORT)], CLOSED, "day-shared"),
        ([("december", CLOSED), ("day", TEN)], [("day", SHORT)], TEN, "day-own"),
        ([("december", CLOSED), ("week", TEN)], [("day", SHORT)], TEN, "day-shared"),
        ([], [("week", CLOSED), ("day", SHORT)], SHORT, "day-shared"),
        ([], [("day", SHORT), ("day", CLOSED)], CLOSED, "day-shared"),  # nobody comes to a closed door
        ([("day", SHORT), ("day", CLOSED)], [], CLOSED, "day-own"),
    ],
)
def test_which_special_day_holds(own, shared, spans, holds):
    rows = [_special(*each, shared=False) for each in own] + [_special(*each, shared=True) for each in shared]
    for order in (rows, rows[::-1]):
        found = special_on(Timetable(IRKUTSK, specials=tuple(order)), EVE)
        assert (found.spans, found.reason) == (spans, holds)


@pytest.fixture
def repaired(db):
    """Closed for its own repair through December, beside one that is not; all work until 15:00 on the last day."""
    repair = HoursException(first_day=date(2026, 12, 1), last_day=date(2027, 1, 31), reason="Ремонт")
    places = [make.centre("semya", exceptions=[repair]), make.centre("sosed", title="Сосед")]
    shared = SharedHours.objects.create(
        first_day=EVE, last_day=EVE, opens=time(9), closes=time(15), reason="Короткий день"
    )
    shared.centres.set(places)
    return places


def test_every_place_that_tells_hours_says_the_same(client, text, repaired):
    with time_machine.travel(datetime(2026, 12, 31, 11, tzinfo=IRKUTSK), tick=False):
        page = text(repaired[0].url)
        assert "Открыто" not in page and "Короткий день" not in page and "Ремонт" in page
        assert "Открыто до 15:00" in text(repaired[1].url)
        listed = text("/centres/")
        assert listed.count("Открыто до 15:00") == 1
        data = json.loads(re.search(r'application/ld\+json"[^>]*>(.*?)</script>', page).group(1))
        changed = [each for each in data["openingHoursSpecification"] if "validFrom" in each]
        assert [(each["opens"], each["closes"]) for each in changed] == [("00:00", "00:00")]
        said = client.get("/api/where", {"place": "Иркутск"}).json()
        assert "15:00" not in json.dumps({key: said[key] for key in said if key == "first"}, ensure_ascii=False)


def test_a_group_meets_at_a_place_that_opened_itself_while_all_are_closed():
    on_duty = HoursException(
        first_day=date(2026, 12, 26), last_day=date(2026, 12, 26), opens=time(9), closes=time(18), reason="Дежурим"
    )
    place = make.centre("semya", exceptions=[on_duty])
    shared = SharedHours.objects.create(first_day=date(2026, 12, 24), last_day=date(2026, 12, 30), reason="Переезд")
    shared.centres.add(place)
    group = make.group(venue=place, weekday=5, starts_on=date(2026, 11, 7), skips_holidays=False)
    with time_machine.travel(datetime(2026, 12, 22, 11, tzinfo=IRKUTSK), tick=False):
        group = type(group).objects.with_schedule().get(pk=group.pk)
        assert group.next_meetings(datetime(2026, 12, 22, 11, tzinfo=IRKUTSK), 1)[0].by_rule == date(2026, 12, 26)


def test_the_turn_of_the_hours_is_when_the_holding_day_turns(repaired):
    eve = datetime(2026, 12, 31, 11, tzinfo=IRKUTSK)
    rows = {each.slug: each.open_state(eve, calendar()) for each in Centre.objects.with_hours()}
    assert rows["sosed"].until == eve.replace(hour=15)
    assert rows["semya"].until == datetime(2027, 1, 1, tzinfo=IRKUTSK)


def test_the_preview_says_where_it_does_not_hold_and_why(repaired):
    winter = HoursException(
        first_day=date(2026, 12, 1), last_day=date(2027, 2, 28), opens=time(10), closes=time(14), reason="Зима"
    )
    on_duty = HoursException(first_day=EVE, last_day=EVE, opens=time(10), closes=time(12), reason="Дежурим")
    make.centre("zima", title="Зимний", exceptions=[winter])
    make.centre("smena", title="Смена", exceptions=[on_duty])
    make.centre("stop", title="Стоит", state=Centre.State.SUSPENDED)
    shared = SharedHours(
        first_day=date(2026, 12, 30), last_day=EVE, opens=time(9), closes=time(15), reason="Короткие дни"
    )
    with time_machine.travel(datetime(2026, 12, 20, 11, tzinfo=IRKUTSK), tick=False):
        found = {each.name: each for each in effects(shared, Centre.objects.all())}
    assert found["Центр semya"].is_idle
    assert found["Центр semya"].kept == (
        "30–31 декабря: остаётся свой график «Ремонт» (1 декабря – 31 января): закрыто",
    )
    assert found["Сосед"].kept == ("31 декабря: остаётся другой общий график «Короткий день» (31 декабря): 9:00–15:00",)
    assert not found["Сосед"].is_idle
    assert found["Зимний"].kept == ("30–31 декабря: только в пределах своего графика на эти дни",)
    assert found["Зимний"].then == ("30–31 декабря: 10:00–14:00",) and not found["Зимний"].is_idle
    assert found["Смена"].kept == ("31 декабря: остаётся свой график «Дежурим» (31 декабря): 10:00–12:00",)
    assert found["Стоит"].is_idle and found["Стоит"].kept == ("Временно закрыто: часы на сайте не показаны",)


def test_the_preview_of_a_change_compares_with_what_holds_now_and_names_who_left(repaired):
    shared = SharedHours.objects.get()
    shared.closes = time(13)
    with time_machine.travel(datetime(2026, 12, 20, 11, tzinfo=IRKUTSK), tick=False):
        (stays, left) = sorted(effects(shared, Centre.objects.filter(slug="semya")), key=lambda each: each.is_left)
        assert (stays.name, left.name, left.is_left) == ("Центр semya", "Сосед", True)
        assert left.now == ("31 декабря: 9:00–15:00",) and left.then == ("31 декабря: закрыто",)
        (changed,) = [each for each in effects(shared, Centre.objects.filter(slug="sosed")) if not each.is_left]
        assert changed.now == ("31 декабря: 9:00–15:00",) and changed.then == ("31 декабря: 9:00–13:00",)
