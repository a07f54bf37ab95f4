"""Conditions of the editor: nothing a browser sends breaks the compiling, nothing is lost on the way back."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.build.blocks import condition_words, picker
from forms.build.compiler import compile_steps
from forms.definitions import comparisons, fields
from forms.definitions.parsing import Reader
from tests.factories.definitions import question
from tests.forms.build.test_settings import LIST, again, step
from tests.forms.definitions import strategies

KEYS = {name: f"q1000000{number}" for number, name in enumerate([*strategies.KEYS, strategies.GROUP], start=1)}
CHOICE = "q10000009"
ASKED = [question(key, "short_text", "Вопрос") for key in KEYS.values()]
ASKED.append(question(CHOICE, "choice", "Кто вы", options={"choices": LIST, "other": True}))


def renamed(value: Any) -> Any:
    """A condition about the questions of this module."""
    if isinstance(value, list):
        return [renamed(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: KEYS[part] if name in {"q", "rows"} else part if name == "v" else renamed(part)
        for name, part in value.items()
    }


def through_the_editor(show_if: Any) -> Any:
    steps = [step(*ASKED, question("q20000000", "short_text", "Ещё", show_if=show_if))]
    return again(steps)[0]["fields"][-1]["show_if"]


@given(strategies.conditions)
@settings(max_examples=150, deadline=None)
def test_a_condition_survives_the_editor(drawn: Any) -> None:
    show_if = renamed(drawn)
    expected = json.loads(json.dumps(show_if), object_hook=_without_needless_values)
    assert through_the_editor(show_if) == expected


def _without_needless_values(leaf: dict[str, Any]) -> dict[str, Any]:
    return {"q": leaf["q"], "op": leaf["op"]} if "q" in leaf and leaf.get("op") in {"answered", "empty"} else leaf


def test_a_choice_is_named_by_its_block_and_other_by_its_name() -> None:
    show_if = {"q": CHOICE, "op": "in", "v": [LIST[1]["key"], "other"]}
    assert through_the_editor(show_if) == show_if


@given(strategies.json_values, st.booleans())
@settings(max_examples=150, deadline=None)
def test_nothing_from_a_browser_breaks_the_compiling(value: Any, leaf: bool) -> None:
    sent = picker.read(json.dumps({"q": value, "op": "eq", "v": value, "to": value} if leaf else {"of": [value]}))
    steps = compile_steps(
        [
            {
                "type": "step",
                "id": "a1",
                "value": {
                    "title": "Шаг",
                    "show_if": sent,
                    "questions": [
                        {"type": "choice", "id": "b1", "value": {"show_if": sent, "more": {"required_if": sent}}},
                    ],
                },
            }
        ]
    )
    reader = Reader(fields.exists)
    reader.step(steps[0], ())
    assert reader.problems or sent is None or leaf


def test_what_the_picker_offers_fits() -> None:
    for kind, operators in condition_words.OFFERED.items():
        assert set(operators) <= set(comparisons.OPERATORS_OF[kind])
        assert {*operators} <= condition_words.WORDS.keys()
    assert set(condition_words.KINDS.values()) <= condition_words.OFFERED.keys()
