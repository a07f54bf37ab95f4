"""Every setting of the editor: from a document to blocks and back nothing is lost, nothing becomes wrong."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.build.blocks import StepsBlock
from forms.build.blocks import settings as block_settings
from forms.build.compiler import blocks_from, compile_steps
from forms.definitions import fields
from forms.definitions.question import Field
from tests.factories.definitions import CHOICES, help_json, question
from tests.forms.definitions import strategies

LIST = [{"key": f"c2000000{n}", "label": f"Вариант {n}"} for n in range(3)]
lengths = st.integers(1, 90)
texts = st.sampled_from(["Слова", "Другие слова"])
limits = st.one_of(
    st.dates().filter(lambda day: day.year > 1900).map(lambda day: day.isoformat()),
    st.builds(lambda n: {"today": n}, st.integers(-90, 90)),
    st.builds(lambda n, unit: {"today": n, "unit": unit}, st.integers(-90, 90), st.sampled_from(["months", "years"])),
    st.builds(lambda n, unit: {"q": "q50000001", "plus": n, "unit": unit}, st.integers(1, 90), st.just("months")),
    st.just({"q": "q50000001"}),
)
numbers = st.one_of(st.integers(-900, 900), st.sampled_from([0.5, 36.6]))
tick = st.just(True)
TOPICS = [{"key": f"c6000000{n}", "label": f"Тема {n}"} for n in range(2)]
EARLIER = [
    question("q50000001", "whole_number", "Сколько"),
    question("q50000002", "multiple_choice", "Темы", options={"choices": TOPICS}),
    question("q50000003", "group", "Дети", fields=[question("q50000007", "whole_number", "Возраст")]),
]


def _renamed(value: Any) -> Any:
    """A random expression about the questions of this module."""
    if isinstance(value, list):
        return [_renamed(each) for each in value]
    if not isinstance(value, dict):
        return value
    known = {"q": "q50000007", "rows": "q50000003"}
    return {name: known.get(name) or (part if name == "v" else _renamed(part)) for name, part in value.items()}


expressions = strategies.expressions.map(_renamed)
ticked = {"q": "q50000002", "op": "in", "v": ["c60000001"]}
many = {"rows": "q50000003", "op": "count_rows", "n": 2, "cmp": "ge", "where": {"q": "q50000007", "op": "lt", "v": 18}}
DEPENDING = {
    "choices_if": st.dictionaries(
        st.sampled_from(["c20000000", "c20000001"]), st.sampled_from([ticked, many]), min_size=1
    ),
    "choices_from_rows": st.just({"group": "q50000003", "label": "q50000007"}),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "short_text": {
        "preset": st.sampled_from(sorted(block_settings.presets.PRESETS)),
        "min_length": lengths,
        "max_length": lengths,
    },
    "long_text": {"min_length": lengths, "max_length": lengths},
    "choice": {"display": st.sampled_from(["radio", "list"]), "other": tick, "other_label": texts} | DEPENDING,
    "multiple_choice": {"min": st.integers(1, 3), "max": st.integers(1, 3), "none": st.one_of(tick, texts)} | DEPENDING,
    "computed": {"expr": expressions, "shown": tick, "unit": texts},
    "date": {
        "min": limits,
        "max": limits,
        "precision": st.sampled_from(["month", "year"]),
        "partial": tick,
        "age": tick,
    },
    "birth_date": {
        "age_min": st.integers(0, 90),
        "age_max": st.integers(0, 90),
        "age_on": limits,
        "partial": tick,
        "age": tick,
    },
    "time": {"min": st.sampled_from(["09:00", "10:30"]), "max": st.sampled_from(["09:00", "18:30"])},
    "yes_no": {"yes": texts, "no": texts},
    "whole_number": {"min": st.integers(-9, 9), "max": st.integers(-9, 9), "unit": texts},
    "decimal": {"min": numbers, "max": numbers, "unit": texts, "places": st.integers(1, 6)},
    "money": {"min": numbers, "max": numbers},
    "address": {"index": tick, "how": st.just(False)},
    "file": {
        "types": st.lists(st.sampled_from(["image", "pdf", "word"]), min_size=1, unique=True),
        "max_mb": st.integers(1, 50),
        "max_files": st.integers(1, 20),
        "papers": st.just(LIST),
    },
    "explanation": {"text": texts},
    "group": {"min": st.integers(0, 9), "max": st.integers(1, 9), "row_title": texts, "add_label": texts}
    | {"count_from": st.just("q50000001"), "rows_from": st.just("q50000002")},
}
ALWAYS: dict[str, dict[str, Any]] = {
    "computed": {"expr": {"fn": "age", "of": [{"q": "q50000001"}]}},
    "choice": {"choices": LIST},
    "multiple_choice": {"choices": LIST},
    "file": {"types": ["pdf"], "max_mb": 5, "max_files": 2},
}


def again(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a document through the editor's blocks, loaded and stored as Wagtail does it."""
    block = StepsBlock()
    return compile_steps(block.get_prep_value(block.to_python(blocks_from(steps, "seed"))))


def step(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"key": "s30000001", "title": "Шаг", "lead": "", "show_if": None, "fields": list(questions)}


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_every_option_of_a_type_has_a_setting(name: str) -> None:
    known = set(OPTIONS[name]) | set(ALWAYS.get(name, ()))
    assert known == fields.get(name).option_names


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_options_survive_the_editor(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(OPTIONS)))
    drawn = data.draw(st.fixed_dictionaries({}, optional=OPTIONS[name] | {"ask": texts}))
    if name == "explanation":
        drawn.pop("ask", None)
    options = ALWAYS.get(name, {}) | drawn
    if "choices_from_rows" in options:
        options = {key: value for key, value in options.items() if key not in {"choices", "choices_if"}}
    field = again([step(*EARLIER, question("q10000001", name, "Вопрос", options=options))])[0]["fields"][-1]
    assert (field["key"], field["options"]) == ("q10000001", options)
    was, now = (Field("q1", name, "Вопрос", options=each) for each in (options, field["options"]))
    assert fields.get(name).config_errors(was) == fields.get(name).config_errors(now)


def test_the_example_forms_come_back_as_they_were() -> None:
    published = again(help_json()["steps"])
    assert again(published) == published
    before = [field for each in help_json()["steps"] for field in each["fields"]]
    after = [field for each in published for field in each["fields"]]
    for old, new in zip(before, after, strict=True):
        names = ("type", "label", "hint", "required")
        assert [old[name] for name in names] == [new[name] for name in names]
        assert bool(old["show_if"]) == bool(new["show_if"])
        assert len(old["options"].get("choices", [])) == len(new["options"].get("choices", []))


def test_staff_questions_and_needs_come_back() -> None:
    asked = question("q10000001", "choice", "Кто вы", options={"choices": LIST})
    needed = question(
        "q10000002",
        "short_text",
        "Где служит",
        required=False,
        required_if={"q": "q10000001", "op": "eq", "v": "c20000001"},
        staff=True,
    )
    field = again([step(asked, needed)])[0]["fields"][1]
    assert (field["required_if"], field["staff"]) == (needed["required_if"], True)


def test_what_the_editor_cannot_show_is_refused_and_not_lost() -> None:
    asked = question("q10000001", "choice", "Кто вы", options={"choices": CHOICES, "colour": "red"})
    with pytest.raises(ValueError, match="colour"):
        again([step(asked)])


PAPERS = {
    "types": ["image"],
    "max_mb": 5,
    "max_files": 2,
    "papers": [{"key": "c50000001", "label": "Свидетельство"}, {"key": "c50000002", "label": "Справка"}],
}


def test_a_group_comes_back_with_its_questions_and_conditions() -> None:
    outside = question("q10000001", "choice", "Есть дети", options={"choices": LIST})
    inner = [
        question("q10000003", "choice", "Где учится", options={"choices": [{"key": "c40000001", "label": "Дома"}]}),
        question(
            "q10000004",
            "short_text",
            "Почему",
            show_if={
                "op": "all",
                "of": [
                    {"q": "q10000003", "op": "eq", "v": "c40000001"},
                    {"q": "q10000001", "op": "ne", "v": "c20000000"},
                ],
            },
        ),
        question("q10000006", "file", "Бумаги", options=PAPERS),
    ]
    children = question("q10000002", "group", "Дети", options={"max": 4, "row_title": "Ребёнок"}, fields=inner)
    many = {"rows": "q10000002", "op": "any_row", "where": {"q": "q10000003", "op": "eq", "v": "c40000001"}}
    after = question("q10000005", "short_text", "Ещё", show_if=many)
    fields_again = again([step(outside, children, after)])[0]["fields"]
    assert [field["key"] for field in fields_again] == ["q10000001", "q10000002", "q10000005"]
    assert fields_again[1]["options"] == children["options"]
    assert [field["key"] for field in fields_again[1]["fields"]] == ["q10000003", "q10000004", "q10000006"]
    assert fields_again[1]["fields"][2]["options"] == PAPERS
    assert fields_again[1]["fields"][0]["options"] == inner[0]["options"]
    assert fields_again[1]["fields"][1]["show_if"] == inner[1]["show_if"]
    assert fields_again[2]["show_if"] == many


def test_at_most_five_settings_are_in_sight() -> None:
    for name, block in StepsBlock().child_blocks["step"].child_blocks["questions"].child_blocks.items():
        assert len(set(block.child_blocks) - {"more", "questions"}) <= 5, name
