"""Dates, partial dates, ages instead of dates, limits, dates of birth. Today is 22 November 2026."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions import fields
from forms.definitions.fields.date import dates_of

from .asking import asking, clean, config, display, refused


@pytest.fixture(autouse=True, scope="module")
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-22 12:00+08:00", tick=False):
        yield


def born(**options: Any) -> Any:
    return asking("birth_date", **options)


@pytest.mark.parametrize(
    "raw",
    [
        "2018-03-07",
        "7.3.2018",
        "07 03 2018",
        "7/3/2018",
        {"day": "7", "month": "марта", "year": "2018"},
        {"day": "07", "month": "3", "year": "2018"},
    ],
)
def test_spellings(raw: Any) -> None:
    assert clean(asking("date"), raw) == "2018-03-07"


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        *(({"day": "", "month": "3", "year": "2018"}, "day"), ({"day": "7", "month": "13", "year": "2018"}, "month")),
        *(({"day": "7", "month": "3", "year": "18"}, "year"), ({"day": "31", "month": "2", "year": "2018"}, "day")),
        *(("2018-03", "month"), ("2018", "month"), ("٢٠١٨-٠٣-٠٧", "day"), (20180307, "day"), ({"age": "8"}, "day")),
    ],
)
def test_the_error_names_the_part(raw: Any, part: str) -> None:
    assert refused(asking("date"), raw).code in {part, "day"}


@pytest.mark.parametrize(
    ("options", "raw", "value"),
    [
        *(
            ({"precision": "month"}, {"month": "3", "year": "2018"}, "2018-03"),
            ({"precision": "month"}, "3.2018", "2018-03"),
        ),
        *(
            ({"precision": "year"}, {"year": "2018"}, "2018"),
            ({"partial": True}, {"day": "", "month": "", "year": "2018"}, "2018"),
        ),
        *(
            ({"partial": True}, {"month": "3", "year": "2018"}, "2018-03"),
            ({"partial": True}, "2018-03-07", "2018-03-07"),
        ),
        *(({"precision": "month", "partial": True}, "2018", "2018"), ({"precision": "year"}, "2018-03-07", "2018")),
        ({"age": True}, {"day": "", "month": "", "year": "", "age": "43"}, {"age": 43, "on": "2026-11-22"}),
        ({"age": True}, {"age": 43, "on": "2020-01-01"}, {"age": 43, "on": "2020-01-01"}),
        ({"age": True}, {"age": 43, "on": "2099-01-01"}, {"age": 43, "on": "2026-11-22"}),
    ],
)
def test_as_much_as_is_known(options: dict[str, Any], raw: Any, value: Any) -> None:
    question = asking("date", **options)
    assert clean(question, raw) == value
    assert clean(question, value) == value


def test_what_is_too_little() -> None:
    assert refused(asking("date", partial=True), {"day": "7", "month": "", "year": "2018"}).code == "month"
    assert refused(asking("date", precision="month"), "2018").code == "month"
    assert refused(asking("date", age=True), {"age": "много"}).code == "age"
    assert refused(asking("date", age=True), {"age": "131"}).code == "age"
    assert "что-то одно" in refused(asking("date", age=True), {"age": "8", "year": "2018"}).messages[0]


def test_partial_dates_in_words() -> None:
    question, kind = asking("date"), fields.get("date")
    assert display(question, "2018-03-07") == "7 марта 2018 года"
    assert display(question, "2018-03") == "март 2018 года"
    assert display(question, "2018") == "2018 год"
    assert display(question, {"age": 43, "on": "2026-11-22"}) == "43 года на 22 ноября 2026 года"
    assert [kind.column(question, value) for value in ("2018-03-07", "2018-03", "2018")] == [
        "07.03.2018",
        "03.2018",
        "2018",
    ]
    assert kind.column(question, {"age": 5, "on": "2026-11-22"}) == "5 лет"


def test_limits_from_today() -> None:
    question = asking("date", min={"today": -1, "unit": "months"}, max={"today": 0})
    assert clean(question, "2026-10-22") == "2026-10-22"
    assert "22 октября 2026 года" in refused(question, "2026-10-21").messages[0]
    refused(question, "2026-11-23")
    partial = asking("date", partial=True, min="2018-03-07")
    assert clean(partial, "2018-03") == "2018-03"
    refused(partial, "2018-02")


def test_limits_against_an_earlier_answer() -> None:
    question = asking(
        "date", min={"q": "q_from", "plus": 1, "unit": "days"}, max={"q": "q_from", "plus": 1, "unit": "years"}
    )
    assert clean(question, "2018-03-08", {"q_from": "2018-03-07"}) == "2018-03-08"
    refused(question, "2018-03-07", {"q_from": "2018-03-07"})
    refused(question, "2019-03-08", {"q_from": "2018-03-07"})
    for answers in ({}, {"q_from": None}, {"q_from": "не дата"}, {"q_from": {"age": 1, "on": "2020-01-01"}}):
        assert clean(question, "2018-03-07", answers) == "2018-03-07"
    assert list(fields.get("date").refers(question)) == ["q_from", "q_from"]


def test_a_date_of_birth() -> None:
    assert clean(born(), "1906-11-23") == "1906-11-23"
    assert "120" in refused(born(), "1905-11-22").messages[0]
    assert "в будущем" in refused(born(), "2026-11-23").messages[0]
    assert clean(born(), "2026-11-22") == "2026-11-22"


def test_limits_of_age() -> None:
    adult, child = born(age_min=18), born(age_max=17)
    assert clean(adult, "2008-11-22") == "2008-11-22"
    assert "18 лет" in refused(adult, "2008-11-23").messages[0]
    assert clean(child, "2008-11-23") == "2008-11-23"
    refused(child, "2008-11-22")
    leap = born(age_min=18, age_on="2026-02-28")
    assert refused(leap, "2008-02-29")
    assert clean(born(age_min=18, age_on="2026-03-01"), "2008-02-29")


def test_age_on_the_day_of_an_earlier_answer() -> None:
    question = born(age_max=6, age_on={"q": "q_day"})
    assert clean(question, "2020-09-02", {"q_day": "2027-09-01"}) == "2020-09-02"
    refused(question, "2020-09-01", {"q_day": "2027-09-01"})
    assert clean(question, "2020-09-01", {}) == "2020-09-01"
    assert list(fields.get("birth_date").refers(question)) == ["q_day"]


def test_an_age_instead_of_a_birthday() -> None:
    question = born(age=True, age_min=18)
    assert clean(question, {"age": "18"}) == {"age": 18, "on": "2026-11-22"}
    refused(question, {"age": "17"})
    refused(question, {"age": "121"})


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 100))
def test_the_span_of_an_age_holds_every_birthday_of_that_age(on: date, age: int) -> None:
    first, last = dates_of({"age": age, "on": on.isoformat()})

    def years(day: date) -> int:
        return on.year - day.year - ((on.month, on.day) < (day.month, day.day))

    assert years(last) == age
    # 29 February: the calendar has no such day in most years, so the span may begin a day off.
    assert years(first + timedelta(days=1)) == age


def test_options() -> None:
    good = [
        asking("date", min="2018-03-07", max={"today": 5}),
        asking("date", precision="month", partial=True),
        born(age_min=0, age_max=17),
    ]
    assert not any(config(question) for question in good)
    bad = [
        *(
            asking("date", min="2018-03"),
            asking("date", min={"today": "x"}),
            asking("date", min={"today": 1, "unit": "weeks"}),
        ),
        *(
            asking("date", min="2019-01-01", max="2018-01-01"),
            asking("date", precision="hour"),
            asking("date", partial="да"),
        ),
        *(
            asking("date", min={"q": "q_x", "minus": 1}),
            asking("date", max={"today": 10**9}),
            born(age_min=18, age_max=3),
        ),
        *(born(age_min=-1), born(age_on={"today": None, "x": 1}), born(min="2018-03-07")),
    ]
    assert all(config(question) for question in bad)
