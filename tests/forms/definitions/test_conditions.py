"""Conditions by the shared table of cases, and what holds for all of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions import conditions
from forms.definitions.conditions import RowView, compile_condition
from forms.definitions.world import World

from . import strategies

TABLE = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
leaf = {"q": "a", "op": "eq", "v": "x"}


def world(today: str = "2026-11-22", below: Any = TABLE["territories"]) -> World:
    return World(date.fromisoformat(today), lambda code: below.get(code, ()))


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    assert conditions.problems(case["condition"]) == []
    result = compile_condition(case["condition"])(case["answers"], world(case["today"]))
    assert result is case["expected"]


@given(strategies.conditions, strategies.answers, strategies.todays)
def test_a_well_formed_condition_is_yes_or_no_whatever_was_answered(condition, answers, today) -> None:
    assert conditions.problems(condition) == []
    assert isinstance(compile_condition(condition)(answers, world(today)), bool)


@given(strategies.conditions, strategies.answers)
def test_none_is_the_opposite_of_any(condition, answers) -> None:
    opposite = compile_condition({"op": "none", "of": [condition]})
    assert opposite(answers, world()) is not compile_condition(condition)(answers, world())


@given(strategies.leaves(), strategies.answers)
def test_an_operator_on_an_absent_answer_is_false_but_for_empty(found, answers) -> None:
    answers.pop(found["q"], None)
    assert compile_condition(found)(answers, world()) is (found["op"] == "empty")


@given(strategies.json_values)
def test_whatever_json_it_is_either_refused_or_compiled(value) -> None:
    if not conditions.problems(value):
        compile_condition(value)({}, world())


@given(
    st.dictionaries(st.sampled_from(["q", "op", "v", "to", "of", "rows", "n", "cmp", "where"]), strategies.json_values),
    st.sampled_from(["eq", "in", "before", "any_row", "all", "within"]),
)
def test_nearly_right_json_is_either_refused_or_compiled(value, op) -> None:
    value |= {"op": op}
    if not conditions.problems(value):
        compile_condition(value)({"q": "x"}, world())


@pytest.mark.parametrize(
    "wrong",
    [
        "x",
        [],
        {},
        {"q": "", "op": "eq", "v": 1},
        {"q": "a", "op": "like", "v": 1},
        {"q": "a", "op": "eq"},
        {"q": "a", "op": "eq", "v": None},
        {"q": "a", "op": "eq", "v": float("nan")},
        {"q": "a", "op": "eq", "v": 2**60},
        {"q": "a", "op": "eq", "v": 1, "to": {"q": "b"}},
        {"q": "a", "op": "in", "v": []},
        {"q": "a", "op": "in", "v": [[]]},
        {"q": "a", "op": "between", "v": [1]},
        {"q": "a", "op": "between", "v": [1, "2"]},
        {"q": "a", "op": "before", "v": "завтра"},
        {"q": "a", "op": "age_at_least", "v": -1},
        {"q": "a", "op": "age_at_least", "v": True},
        {"q": "a", "op": "within", "v": 3},
        {"q": "a", "op": "within", "to": {"q": "b"}},
        {"q": "a", "op": "eq", "to": {"q": "b", "plus": 1.5, "unit": "days"}},
        {"q": "a", "op": "eq", "to": {"q": "b", "unit": "weeks"}},
        {"q": "a", "op": "eq", "to": {"today": "1"}},
        {"q": "a", "op": "eq", "to": {}},
        {"q": "a", "op": "answered", "to": {"q": "b"}},
        {"op": "all", "of": []},
        {"op": "all", "of": [None]},
        {"op": "most", "of": [leaf]},
        {"op": "all", "of": [leaf] * 201},
        {"op": "all", "of": [leaf], "more": 1},
        {"rows": "g", "op": "any_row"},
        {"rows": "g", "op": "count_rows"},
        {"rows": "g", "op": "count_rows", "n": -1},
        {"rows": "g", "op": "count_rows", "n": 1, "cmp": "between"},
        {"rows": 1, "op": "any_row", "where": leaf},
        {"rows": "g", "op": "any_row", "where": {"q": "a"}},
    ],
    ids=repr,
)
def test_a_malformed_condition_gets_a_sentence(wrong: Any) -> None:
    assert conditions.problems(wrong)


def test_too_deep_is_refused_and_deep_enough_is_not() -> None:
    deep: Any = leaf
    for _level in range(9):
        deep = {"op": "all", "of": [deep]}
    assert conditions.problems(deep) == []
    assert conditions.problems({"op": "all", "of": [deep]})
    assert conditions.problems({"rows": "g", "op": "any_row", "where": deep})


def test_references_name_every_question() -> None:
    condition = {
        "op": "all",
        "of": [leaf, {"q": "b", "op": "gt", "to": {"q": "c"}}, {"rows": "g", "op": "any_row", "where": leaf}],
    }
    assert list(conditions.references(condition)) == ["a", "b", "c", "g", "a"]


def test_a_row_view_is_a_mapping() -> None:
    view = RowView({"a": 1, "id": "r1"}, {"a": 2, "b": 3})
    assert dict(view) == {"a": 1, "id": "r1", "b": 3}
    assert len(view) == 3
    assert view.get("c") is None
    assert "b" in view


def test_today_is_the_default_world(time_machine) -> None:
    time_machine.move_to("2030-01-01 12:00:00+00:00")
    assert compile_condition({"q": "a", "op": "before", "to": {"today": 0}})({"a": "2029-12-31"})


@pytest.mark.django_db
def test_within_asks_the_territories_of_the_region() -> None:
    from services import territories
    from tests.factories.services import TerritoryFactory

    city = TerritoryFactory(code="irkutsk")
    TerritoryFactory(code="lenin", parent=TerritoryFactory(code="right", parent=city))
    assert territories.descendants("irkutsk") == {"lenin", "right"}
    assert territories.descendants("lenin") == frozenset()
    assert compile_condition({"q": "a", "op": "within", "v": "irkutsk"})({"a": "lenin"}) is True
