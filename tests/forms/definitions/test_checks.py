"""Static checks: each fault is found at its place, and a sound form has none."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions import checks, conditions
from forms.definitions.comparisons import sentence
from forms.definitions.document import Definition
from forms.definitions.possible import TODAY, verdict
from forms.definitions.world import World
from tests.factories.definitions import question
from tests.factories.family import WHO, family, family_json, step

SHOW = {"q": "q_who", "op": "eq", "v": "c_wife"}
YES = [{"key": "c_1", "label": "Один"}, {"key": "c_2", "label": "Два"}, {"key": "c_3", "label": "Три"}]


def found(form: Definition) -> dict[tuple[Any, ...], str]:
    return {finding.path: finding.sentence for finding in checks.findings(form)}


def changed(path: tuple[Any, ...], value: Any) -> Definition:
    """The form of the family with one place of its document changed."""
    data = family_json()
    place: Any = data
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return Definition.from_json(data)


def test_a_sound_form_has_no_findings() -> None:
    assert checks.findings(family()) == []


STEP, FIELD, INNER = (
    ("steps", 1, "show_if"),
    ("steps", 1, "fields", 2, "show_if"),
    ("steps", 1, "fields", 0, "fields", 3),
)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (STEP, {"q": "q_gone", "op": "answered"}, "удалённый"),
        (STEP, {"q": "q_phone", "op": "answered"}, "позже"),
        (FIELD, {"q": "q_tired", "op": "answered"}, "сам от себя"),
        (("steps", 0, "fields", 3, "show_if"), {"q": "q_young", "op": "gt", "v": 1}, "позже"),
        (FIELD, {"q": "q_staff", "op": "answered"}, "сотрудники"),
        (FIELD, {"q": "h_who", "op": "answered"}, "не подходит"),
        (FIELD, {"q": "q_kid", "op": "answered"}, "внутри списка"),
        (FIELD, {"rows": "q_who", "op": "count_rows", "n": 1}, "не список"),
        (FIELD, {"rows": "q_kids", "op": "any_row", "where": {"q": "q_kid", "op": "lt", "v": 3}}, "не подходит"),
        (FIELD, {"q": "q_who", "op": "eq", "v": "c_gone"}, "нет такого ответа"),
        (FIELD, {"q": "q_income", "op": "eq", "v": "много"}, "Значение"),
        (FIELD, {"q": "q_income", "op": "before", "v": "2026-01-01"}, "не подходит"),
        (FIELD, {"q": "q_income", "op": "lt", "to": {"q": "q_name"}}, "разного вида"),
        (FIELD, {"q": "q_income", "op": "lt", "to": {"today": 0}}, "разного вида"),
        ((*INNER, "show_if"), {"q": "q_study", "op": "eq", "v": True}, "позже"),
        ((*INNER, "required_if"), {"q": "q_gone", "op": "answered"}, "удалённый"),
        (FIELD, {"op": "all", "of": [SHOW, {"q": "q_who", "op": "eq", "v": "c_mother"}]}, "никогда"),
        (FIELD, {"op": "none", "of": [{"q": "q_who", "op": "in", "v": [w["key"] for w in WHO]}]}, "никогда"),
        (FIELD, {"q": "q_who", "op": "in", "v": [w["key"] for w in WHO]}, "всегда"),
        (
            FIELD,
            {"op": "all", "of": [{"q": "q_income", "op": "lt", "v": 5}, {"q": "q_income", "op": "gt", "v": 4}]},
            "никогда",
        ),
        (STEP, {"op": "all", "of": [SHOW, {"op": "none", "of": [SHOW]}]}, "никогда"),
        (("rules", 0, "link"), "", "без выхода"),
        (("rules", 0, "link"), "javascript:alert(1)", "начинается"),
        (("rules", 0, "if"), {"q": "q_who", "op": "answered"}, "для всех"),
        (("rules", 1, "message"), " ", "увидит"),
        (("rules", 2, "fields"), ["q_gone"], "нет"),
        (("rules", 3, "team"), "", "Заполните"),
    ],
)
def test_each_fault_is_found_at_its_place(path: tuple[Any, ...], value: Any, words: str) -> None:
    here = found(changed(path, value))
    at = [place for place in here if place[: len(path)] == path]
    assert at, here
    assert words in here[at[0]]


def test_a_computed_circle_is_named() -> None:
    data = family_json()
    one = {"expr": {"fn": "sum", "of": [{"q": "q_two"}]}}
    two = {"expr": {"fn": "sum", "of": [{"q": "q_one"}]}}
    data["steps"][0]["fields"] += [
        question("q_one", "computed", "Раз", options=one),
        question("q_two", "computed", "Два", options=two),
    ]
    here = found(Definition.from_json(data))
    assert "по кругу" in here["steps", 0, "fields", 5, "options"]


def test_a_contact_that_may_be_missing_is_a_warning() -> None:
    form = changed(("steps", 2, "fields", 0, "required"), False)
    assert [finding.level for finding in checks.findings(form)] == ["warning"]
    assert checks.problems(form) == []
    assert "некуда ответить" in found(changed(("steps", 2, "fields", 0, "staff"), True))[("steps",)]


def test_words_that_ask_for_a_later_answer_are_a_warning() -> None:
    form = changed(("steps", 0, "title"), "Семья {q_phone|ваша}")
    assert [(f.path, f.level) for f in checks.findings(form)] == [(("steps", 0, "title"), "warning")]


def test_a_step_without_a_possible_question_is_unreachable() -> None:
    data = family_json()
    never = {"op": "all", "of": [SHOW, {"q": "q_who", "op": "eq", "v": "c_mother"}]}
    data["steps"].append(step("s_last", question("q_x", "short_text", "Икс", show_if=never)))
    assert ("steps", 3) in found(Definition.from_json(data))


def test_repeated_choices_and_a_file_without_limits_are_found() -> None:
    data = family_json()
    data["steps"][0]["fields"][1]["options"]["choices"] = [*WHO, {"key": "c_4", "label": " мать "}]
    data["steps"][0]["fields"].append(question("q_file", "file", "Справка"))
    here = found(Definition.from_json(data))
    assert "повторяются" in here["steps", 0, "fields", 1, "options"]
    assert ("steps", 0, "fields", 5, "options") in here


def test_a_condition_that_depends_on_when_its_question_is_shown() -> None:
    fields = [
        question("q_a", "choice", "А", options={"choices": YES}),
        question("q_b", "yes_no", "Б", show_if={"q": "q_a", "op": "eq", "v": "c_1"}),
        question("q_phone", "phone", "Телефон"),
    ]
    form = family(steps=[step("s_1", *fields)], rules=[])
    both = {"op": "all", "of": [{"q": "q_b", "op": "answered"}, {"q": "q_a", "op": "eq", "v": "c_2"}]}
    assert verdict(both, form) == "never"
    assert verdict({"q": "q_b", "op": "answered"}, form) is None
    assert verdict({"q": "q_b", "op": "answered"}, form, {"q": "q_a", "op": "eq", "v": "c_1"}) == "always"


def test_conditions_are_read_in_russian() -> None:
    known = {field.key: field for field in family().all_fields}
    assert sentence({"op": "all", "of": [SHOW, {"q": "q_income", "op": "lt", "v": 5}]}, known) == (
        "«Кем вы приходитесь» — это «Супруга» и «Доход» меньше 5"
    )
    rows = {"rows": "q_kids", "op": "any_row", "where": {"q": "q_born", "op": "after", "to": {"today": -30}}}
    assert sentence(rows, known).startswith("в списке «Дети» хотя бы в одной записи: «Когда родился")
    assert "сегодня − 30 дн." in sentence(rows, known)


SMALL = family(
    steps=[
        step(
            "s_1",
            question("a", "choice", "А", options={"choices": YES}),
            question("b", "whole_number", "Б", required=False),
            question("c", "multiple_choice", "В", required=False, options={"choices": YES}),
            question("d", "date", "Г"),
            question("e", "yes_no", "Д", show_if={"q": "a", "op": "eq", "v": "c_1"}),
        )
    ],
    rules=[],
)
keys = st.sampled_from(["c_1", "c_2", "c_3"])
days = st.sampled_from(["2026-11-20", "2026-11-22", "2020-01-01", "2008-11-22", "2008-11-23"])
small_leaves = st.one_of(
    st.builds(lambda op, v: {"q": "a", "op": op, "v": v}, st.sampled_from(["eq", "ne"]), keys),
    st.builds(lambda v: {"q": "a", "op": "in", "v": v}, st.lists(keys, min_size=1, max_size=3)),
    st.builds(lambda op, v: {"q": "b", "op": op, "v": v}, st.sampled_from(["lt", "ge", "eq", "ne"]), st.integers(0, 4)),
    st.builds(lambda v: {"q": "c", "op": "contains", "v": v}, keys),
    st.builds(lambda op, v: {"q": "d", "op": op, "v": v}, st.sampled_from(["before", "after"]), days),
    st.builds(lambda v: {"q": "d", "op": "age_at_least", "v": v}, st.sampled_from([0, 6, 18])),
    st.builds(lambda v: {"q": "e", "op": "eq", "v": v}, st.booleans()),
    st.builds(lambda q, op: {"q": q, "op": op}, st.sampled_from("abcde"), st.sampled_from(["answered", "empty"])),
)
small_conditions = st.recursive(
    small_leaves,
    lambda inner: st.fixed_dictionaries(
        {"op": st.sampled_from(["all", "any", "none"]), "of": st.lists(inner, min_size=1, max_size=3)}
    ),
    max_leaves=5,
)
small_answers = st.fixed_dictionaries(
    {"a": keys, "d": days},
    optional={"b": st.integers(-1, 5), "c": st.lists(keys, min_size=1, unique=True), "e": st.booleans()},
)


@given(small_conditions, st.lists(small_answers, min_size=5, max_size=20))
def test_a_certain_verdict_is_never_contradicted_by_answers(condition: Any, many: list[dict[str, Any]]) -> None:
    certain = verdict(condition, SMALL)
    test = conditions.compile_condition(condition)
    for answers in many:
        kept = {key: value for key, value in answers.items() if key != "e" or answers["a"] == "c_1"}
        if answers["a"] == "c_1":
            kept.setdefault("e", True)
        result = test(kept, World(TODAY))
        assert certain != ("never" if result else "always")
