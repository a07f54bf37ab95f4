"""Lists of days as people type them or paste them from an act."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import day_lists

YEAR = 2027
JANUARY = [date(YEAR, 1, day) for day in range(1, 9)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1, 2, 3 января", JANUARY[:3]),
        ("1 января\n2 января\n\n 3 января", JANUARY[:3]),
        ("1–8 января", JANUARY),
        ("с 1 по 8 января 2027 года", JANUARY),
        ("01.01.2027 - 08.01.2027", JANUARY),
        ("01.01, 2027-01-02; 3 янв. и 4 января", JANUARY[:4]),
        ("31 января – 2 февраля", [date(YEAR, 1, 31), date(YEAR, 2, 1), date(YEAR, 2, 2)]),
        ("понедельник, 11 января\n22 февраля (пн)", [date(YEAR, 1, 11), date(YEAR, 2, 22)]),
        ("11 января, понедельник; вторник, 12 января, среда, 13 января", [date(YEAR, 1, day) for day in (11, 12, 13)]),
        ("суббота 20 февраля 2027 г.", [date(YEAR, 2, 20)]),
        ("\t4 ноября\tчт", [date(YEAR, 11, 4)]),
        ("", []),
    ],
)
def test_what_people_write(text, days):
    found = day_lists.read(text, YEAR)
    assert (found.days, found.problems) == (days, [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 января 2026", "это 2026 год, а список на 2027"),
        ("01.01.26", "это 2026 год, а список на 2027"),
        ("11 января, 1–11 января", "Дважды в списке: 11 января"),
        ("вторник, 11 января", "в 2027 году это понедельник"),
        ("1, 2", "допишите месяц"),
        ("30 февраля", "такого дня нет"),
        ("8–1 января", "конец раньше начала"),
        ("праздник", "не дата"),
        ("праздник 1 января", "не дата"),
        ("<script>", "не дата"),
    ],
)
def test_what_cannot_be_read_is_said(text, sentence):
    found = day_lists.read(text, YEAR)
    assert any(sentence in problem for problem in found.problems), found


@given(st.lists(st.integers(0, 364), max_size=40))
def test_what_is_written_is_read_back(numbers):
    days = sorted({date(YEAR, 1, 1) + timedelta(days=number) for number in numbers})
    found = day_lists.read(day_lists.written(days), YEAR)
    assert (found.days, found.problems) == (days, [])


@given(st.text(max_size=200) | st.text("0123456789.,-–январясуббот ()\n", max_size=60))
def test_anything_may_be_pasted(text):
    found = day_lists.read(text, YEAR)
    assert all(day.year == YEAR for day in found.days)
