"""A sum of money is stored as text and counts as the number that it is."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions import checks, fields
from forms.definitions.conditions import compile_condition
from forms.definitions.document import Definition
from forms.definitions.expressions import compile_expression
from forms.definitions.numbers import number_of
from forms.definitions.possible import verdict
from forms.definitions.question import Field
from forms.definitions.world import World
from tests.factories.definitions import help_json, question

SUM = Field("q_sum", "money", "Доход")
sums = st.decimals(-(10**9), 10**9, places=2)


@given(sums, sums)
def test_sums_are_ordered_as_numbers_however_they_are_written(one: Decimal, other: Decimal) -> None:
    stored = {"a": f"{one:.2f}", "b": f"{other:.2f}"}
    wanted = {"lt": one < other, "le": one <= other, "eq": one == other, "ne": one != other, "gt": one > other}
    for op, expected in wanted.items():
        assert compile_condition({"q": "a", "op": op, "to": {"q": "b"}})(stored) is expected
        assert compile_condition({"q": "a", "op": op, "v": float(other)})(stored) is expected


@given(st.text(max_size=20))
def test_no_other_text_is_a_number(text: str) -> None:
    found = number_of(text)
    assert found is None or f"{found:.2f}" in {text, text.removeprefix("-")}


@pytest.mark.parametrize("raw", ["12 500,50 руб.", "0,10", "1", "999999999,99"])
def test_what_the_question_stores_is_a_number(raw: str) -> None:
    stored = fields.get("money").clean(SUM, raw)
    assert number_of(stored) == pytest.approx(float(stored))


@pytest.mark.parametrize(("fn", "expected"), [("sum", 2500.6), ("min", 500), ("max", 1500), ("count", 3)])
def test_sums_of_rows_are_worked_out(fn: str, expected: Any) -> None:
    rows = [{"id": "r1", "q": "1500.00"}, {"id": "r2", "q": "500.60"}, {"id": "r3"}, {"id": "r4", "q": "500.00"}]
    assert compile_expression({"fn": fn, "of": [{"rows": "g", "q": "q"}]})({"g": rows}, World()) == expected


def test_a_share_of_a_sum_is_worked_out() -> None:
    expression = {"fn": "mul", "of": [{"fn": "sub", "of": [{"q": "a"}, {"v": 100}]}, {"v": 0.5}]}
    assert compile_expression(expression)({"a": "1100.50"}, World()) == 500.25


def test_between_two_roubles_there_are_kopecks() -> None:
    data = help_json()
    data["steps"][0]["fields"].append(question("q_sum", "money", "Доход"))
    between = {"op": "all", "of": [{"q": "q_sum", "op": "gt", "v": 10}, {"q": "q_sum", "op": "lt", "v": 11}]}
    data["steps"][1]["fields"][2]["show_if"] = between
    definition = Definition.from_json(data)
    assert verdict(between, definition) is None
    assert not checks.problems(definition)
    never = {"op": "all", "of": [{"q": "q_sum", "op": "gt", "v": 11}, {"q": "q_sum", "op": "lt", "v": 10}]}
    assert verdict(never, definition) == "never"
