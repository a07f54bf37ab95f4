"""Rules that hold for every type: nothing a stranger sends may raise anything but a sentence, and values are JSON."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.definitions import fields

from .asking import asking

CHOICES = [{"key": "c_a", "label": "Один"}, {"key": "c_b", "label": "Два"}]
OPTIONS: dict[str, dict[str, Any]] = {"choice": {"choices": CHOICES}, "multiple_choice": {"choices": CHOICES}}
BIG = "я" * 10_000_000
HOSTILE: list[Any] = [
    *(None, "", " ", "\x00", "\ud800", "\u202e", "0", "-0", "NaN", "Infinity", "1e999", "١٢٣", "１２", "²", "½"),
    *(0, -1, 10**5000, -(10**400), 0.1, float("nan"), float("inf"), float("-inf"), 1e308, 5e-324, True, False),
    *([], {}, [[]], [None], [{}], {"": ""}, {"day": {}}, {"last": 1}, {"choice": []}, {"choice": "other", "other": 5}),
    *([{"id": 1}], {"papers": 7}, {"files": [None]}, [float("nan")], {"year": "9" * 5000, "month": "1", "day": "1"}),
    *(
        ["x"] * 5000,
        dict.fromkeys(map(str, range(5000)), "x"),
        b"bytes",
        object(),
        {1, 2},
        {"place": "\x00", "house": 5},
    ),
]


@pytest.fixture(autouse=True)
def _rows(db: None) -> None:
    """Types with choices from pages look at the tables."""


def _questions() -> list[Any]:
    return [asking(kind.name, **OPTIONS.get(kind.name, {})) for kind in fields.all_types()]


def _try(question: Any, raw: Any) -> None:
    try:
        value = fields.get(question.type).clean(question, raw, {})
    except ValidationError as error:
        assert all(message.strip() for message in error.messages)
        assert all(len(message) < 1000 for message in error.messages)
    else:
        stored = json.dumps(value, allow_nan=False, ensure_ascii=False)
        assert stored.encode()
        assert "\\u0000" not in stored
        again = fields.get(question.type).clean(question, json.loads(stored), {})
        assert again == value


@pytest.mark.parametrize("question", _questions(), ids=lambda question: question.type)
def test_no_input_raises_anything_but_a_sentence_and_a_stored_value_is_accepted_again(question: Any) -> None:
    for raw in HOSTILE:
        _try(question, raw)


@pytest.mark.parametrize("question", _questions(), ids=lambda question: question.type)
@pytest.mark.parametrize(
    "raw", [BIG, {"last": BIG, "first": BIG, "place": BIG, "day": BIG}, [BIG]], ids=["t", "o", "l"]
)
def test_ten_million_letters_are_refused_or_dropped_quickly(question: Any, raw: Any) -> None:
    _try(question, raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("question", _questions(), ids=lambda question: question.type)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=JSON)
def test_any_json(question: Any, raw: Any) -> None:
    _try(question, raw)


@pytest.mark.parametrize("question", _questions(), ids=lambda question: question.type)
def test_an_unanswered_question_can_be_shown(question: Any) -> None:
    kind = fields.get(question.type)
    assert kind.display(question, None)
    assert kind.column(question, None) == ""
    assert all(title and text == "" for title, text in kind.export(question, None))
    assert json.dumps(kind.json_schema(question))
    assert kind.form_field(question, {}).widget.render("q_it", None)


@pytest.mark.parametrize("question", _questions(), ids=lambda question: question.type)
def test_the_options_of_a_stranger_never_raise(question: Any) -> None:
    kind = fields.get(question.type)
    for name in kind.option_names:
        for value in (
            None,
            5,
            -1,
            True,
            "x",
            [],
            {},
            [1],
            {"q": 1},
            {"today": "x"},
            [{"key": 1}],
            float("nan"),
            10**400,
        ):
            options = dict(question.options) | {name: value}
            assert isinstance(kind.config_errors(asking(kind.name, **options)), list)
    assert kind.config_errors(asking(kind.name, **question.options, nonsense=1))
