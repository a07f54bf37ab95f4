"""Documents: read, refused, checked, digested."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.definitions import checks
from forms.definitions.document import Definition
from forms.definitions.parsing import DefinitionError
from tests.factories.definitions import help_definition, help_json, question

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def test_reading_and_writing_agree() -> None:
    definition = help_definition()
    assert Definition.from_json(json.loads(json.dumps(definition.to_json()))) == definition
    assert definition.digest() == Definition.from_json(definition.to_json()).digest()
    assert definition.digest() != help_definition(minutes=8).digest()
    assert checks.problems(definition) == []


def paths(definition: Any) -> set[tuple[Any, ...]]:
    """Where the problems are."""
    return {path for path, _sentence in checks.problems(definition)}


def broken(**changes: Any) -> dict[str, Any]:
    """The help document with its first question changed."""
    data = copy.deepcopy(help_json())
    data["steps"][0]["fields"][0] |= changes
    return data


@pytest.mark.parametrize(
    "data",
    [
        help_json(format=2),
        help_json(surprise=1),
        help_json(steps=5),
        help_json(minutes="5"),
        broken(key="Ключ"),
        broken(key="q_phone"),
        broken(type="telepathy"),
        broken(type=["short_text"]),
        broken(required="yes"),
        broken(show_if={"op": "all", "of": []}),
        broken(show_if={"op": "maybe", "of": [{"q": "q_phone", "op": "answered"}]}),
        broken(show_if={"q": "q_phone", "op": "eq", "v": ["a"]}),
        broken(show_if={"q": "q_phone", "op": ["eq"], "v": "a"}),
        broken(show_if={"op": "all", "of": [None]}),
        broken(label="x" * 100_000),
        [],
        None,
    ],
)
def test_a_broken_document_is_refused_with_a_place(data: Any) -> None:
    with pytest.raises(DefinitionError) as caught:
        Definition.from_json(data)
    assert all(sentence for _path, sentence in caught.value.problems)


def test_a_condition_nested_too_deep_is_refused() -> None:
    condition: Any = {"q": "q_phone", "op": "answered"}
    for _ in range(2000):
        condition = {"op": "all", "of": [condition]}
    with pytest.raises(DefinitionError):
        Definition.from_json(broken(show_if=condition))


@settings(max_examples=150, deadline=None)
@given(JSON, st.sampled_from(["steps", "consent", "texts", "title", "at_hand", "team", "field", "show_if", "options"]))
def test_any_json_is_read_or_refused(value: Any, where: str) -> None:
    data = broken(**{where: value}) if where in {"show_if", "options"} else help_json(**{where: value})
    if where == "field":
        data = help_json()
        data["steps"][0]["fields"][0] = value
    try:
        definition = Definition.from_json(data)
    except DefinitionError:
        return
    checks.problems(definition)
    definition.digest()


def test_static_checks_name_the_place() -> None:
    later = {"q": "q_story", "op": "answered"}
    gone = {"op": "none", "of": [{"q": "q_gone", "op": "answered"}]}
    data = copy.deepcopy(help_json(title=" ", consent={"version": 1, "text": "", "summary": "", "dated": ""}))
    first, second = data["steps"][0]["fields"], data["steps"][1]["fields"]
    first[0] |= {"label": " ", "show_if": later}
    first[1]["type"], first[2]["type"] = "short_text", "short_text"
    second[0]["options"] = {"choices": [{"key": "a", "label": "Да"}, {"key": "b", "label": "да "}]}
    second[1]["show_if"] = {"q": "q_relation", "op": "eq", "v": "c_gone"}
    data["steps"][2]["show_if"] = gone
    data["steps"].append({"key": "s_empty", "title": "", "lead": "", "show_if": None, "fields": []})
    assert paths(Definition.from_json(data)) == {
        ("title",),
        ("consent", "text"),
        ("consent", "summary"),
        ("steps",),
        ("steps", 0, "fields", 0, "label"),
        ("steps", 0, "fields", 0, "show_if"),
        ("steps", 1, "fields", 0, "options"),
        ("steps", 1, "fields", 1, "show_if"),
        ("steps", 2, "show_if"),
        ("steps", 3, "title"),
        ("steps", 3, "fields"),
    }


def test_a_condition_on_itself_or_with_the_wrong_operator_is_found() -> None:
    own = broken(show_if={"q": "q_name", "op": "answered"})
    assert ("steps", 0, "fields", 0, "show_if") in paths(Definition.from_json(own))
    data = copy.deepcopy(help_json())
    data["steps"][2]["fields"][1]["show_if"] = {"q": "q_topics", "op": "eq", "v": "c_money"}
    assert ("steps", 2, "fields", 1, "show_if") in paths(Definition.from_json(data))


def test_choices_need_two_different_words() -> None:
    for choices in ([], [{"key": "a", "label": "Да"}], "x", [{"key": "a"}], [{"key": "a", "label": ""}] * 2):
        data = help_json(steps=[help_json()["steps"][0]])
        data["steps"][0]["fields"].append(question("q_c", "choice", "Что", options={"choices": choices}))
        assert ("steps", 0, "fields", 4, "options") in paths(Definition.from_json(data))
