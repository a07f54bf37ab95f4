"""Whole numbers, fractions and sums of money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions import fields
from forms.definitions.fields import numbers

from .asking import asking, clean, config, display, refused


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("3", 3),
        (" 12 500 ", 12500),
        ("12\u00a0500", 12500),
        ("−3", -3),
        ("+7", 7),
        (0, 0),
        ("0", 0),
        (5.0, 5),
        ("007", 7),
    ],
)
def test_whole_numbers(raw: object, value: int) -> None:
    got = clean(asking("whole_number"), raw)
    assert got == value
    assert type(got) is int


@pytest.mark.parametrize(
    "raw",
    ["три", "3 4", "1 00", "3,5", 3.5, "1e3", "0x10", "٣", "３", "1.000.000", "--1", "-", True, [3], "9" * 16, "1/2"],
)
def test_what_is_no_whole_number(raw: object) -> None:
    refused(asking("whole_number"), raw)


def test_limits_of_a_number_are_told() -> None:
    question = asking("whole_number", min=1, max=12000)
    assert clean(question, "12000") == 12000
    assert "не больше 12\u00a0000" in refused(question, "12001").messages[0]
    assert "не меньше 1" in refused(question, 0).messages[0]


def test_a_number_is_shown_with_its_unit() -> None:
    question = asking("whole_number", unit="человек")
    assert display(question, 12500) == "12 500 человек"
    assert display(question, 0) == "0 человек"
    assert fields.get("whole_number").export(question, 0) == [("Вопрос, человек", "0")]


@pytest.mark.parametrize(
    ("raw", "value"),
    [("36,6", 36.6), ("36.6", 36.6), ("-0,5", -0.5), ("2,00", 2), (2.0, 2), ("1 000,25", 1000.25), (0.1, 0.1)],
)
def test_fractions(raw: object, value: float) -> None:
    assert clean(asking("decimal"), raw) == value


def test_digits_after_the_comma_are_limited() -> None:
    assert "не больше 2 цифр" in refused(asking("decimal"), "1,234").messages[0]
    assert clean(asking("decimal", places=3), "1,234") == 1.234
    refused(asking("decimal"), 5e-324)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        *(("12 500,50", "12500.50"), ("12500.5", "12500.50"), ("12 500 рублей", "12500.00"), ("1 рубль", "1.00")),
        *(("3 р.", "3.00"), ("7 ₽", "7.00"), (100, "100.00"), (0.1, "0.10"), ("12500.50", "12500.50"), ("0", "0.00")),
    ],
)
def test_money(raw: object, value: str) -> None:
    assert clean(asking("money"), raw) == value


@pytest.mark.parametrize(
    "raw", ["рублей", "-5", "1,234", "12.500,50", "$5", "5 долларов", "1,2,3", [], {"v": 1}, "1 0"]
)
def test_what_is_no_sum(raw: object) -> None:
    refused(asking("money"), raw)


def test_a_sum_is_shown_in_roubles() -> None:
    assert display(asking("money"), "12500.50") == "12 500,50 рублей"
    assert display(asking("money"), "21.00") == "21 рубль"
    assert display(asking("money"), "0.00") == "0 рублей"
    assert fields.get("money").export(asking("money"), "12500.50") == [("Вопрос, рублей", "12500,50")]
    assert "1\u00a0000\u00a0000" in refused(asking("money", max="1000000"), "1000000,01").messages[0]


@given(st.decimals(min_value=0, max_value=numbers.MOST, places=2, allow_nan=False))
def test_a_sum_goes_round(amount: Decimal) -> None:
    question, kind = asking("money"), fields.get("money")
    value = clean(question, str(amount))
    assert Decimal(value) == amount
    assert clean(question, kind.shown_in_form(question, value)) == value
    assert clean(question, kind.display(question, value)) == value


@given(st.integers(min_value=-numbers.MOST, max_value=numbers.MOST))
def test_a_whole_number_goes_round(number: int) -> None:
    question, kind = asking("whole_number"), fields.get("whole_number")
    assert clean(question, kind.shown_in_form(question, number)) == number
    assert clean(question, kind.display(question, number)) == number


@given(st.decimals(min_value=-999_999_999, max_value=999_999_999, places=6, allow_nan=False))
def test_a_fraction_goes_round_through_json(number: Decimal) -> None:
    question, kind = asking("decimal", places=6), fields.get("decimal")
    value = clean(question, f"{number:f}")
    assert Decimal(repr(value)) == number
    assert clean(question, value) == value
    assert clean(question, kind.shown_in_form(question, value)) == value


def test_options_of_numbers() -> None:
    assert not config(asking("whole_number", min=0, max=10, unit="см"))
    assert config(asking("whole_number", min=10, max=1))
    assert config(asking("whole_number", min="много"))
    assert config(asking("decimal", places=0))
    assert config(asking("decimal", places=7))
    assert config(asking("money", unit="евро"))
    assert not config(asking("money", min="0.50", max=1000))
