"""The invariants of a journey, for any form and any answers."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.definitions import conditions
from forms.definitions.answers import clean_all, clean_step
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from tests.factories.definitions import help_answers, help_definition, help_json, question

VALUES = ["a", "b", ""]


@st.composite
def condition(draw: Any, keys: list[str], depth: int = 3) -> Any:
    """Any condition over these keys, or none at all."""
    if not keys or draw(st.booleans()):
        return None
    return draw(_tree(keys, depth))


def _tree(keys: list[str], depth: int) -> Any:
    leaf = st.one_of(
        st.fixed_dictionaries({"q": st.sampled_from(keys), "op": st.just("eq"), "v": st.sampled_from(VALUES)}),
        st.fixed_dictionaries({"q": st.sampled_from(keys), "op": st.just("answered")}),
    )
    if depth == 0:
        return leaf
    parts = st.lists(_tree(keys, depth - 1), min_size=1, max_size=3)
    return st.one_of(leaf, st.fixed_dictionaries({"op": st.sampled_from(conditions.GROUPS), "of": parts}))


@st.composite
def forms_and_answers(draw: Any) -> tuple[Definition, dict[str, Any]]:
    """A form of up to 5 steps whose conditions look back, and answers to some of it."""
    keys: list[str] = []
    steps = []
    for number in range(draw(st.integers(1, 5))):
        show_step = draw(condition(keys))
        fields = []
        for _ in range(draw(st.integers(0, 4))):
            key = f"q{len(keys)}"
            show = draw(condition(keys))
            fields.append(question(key, "short_text", key, required=draw(st.booleans()), show_if=show))
            keys.append(key)
        steps.append({"key": f"s{number}", "title": "Шаг", "lead": "", "show_if": show_step, "fields": fields})
    known = st.sampled_from([*keys, "stranger"])
    answers = draw(st.dictionaries(known, st.sampled_from(VALUES)))
    return Definition.from_json(help_json(steps=steps)), answers


@settings(max_examples=100, deadline=None)
@given(forms_and_answers())
def test_a_journey_holds_together(case: tuple[Definition, dict[str, Any]]) -> None:
    definition, answers = case
    journey = Journey(definition, answers)
    kept = journey.kept()
    visible = {field.key for step in journey.steps for field in journey.fields(step)}
    assert set(kept) == visible & set(answers), "hidden answers are never kept, visible ones always"
    assert Journey(definition, kept).kept() == kept, "what is kept gives the same journey again"
    assert Journey(definition, kept).steps == journey.steps
    total = len(journey.steps)
    for place, step in enumerate(journey.steps, start=1):
        assert journey.position(step.key) == (place, total)
        assert journey.fields(step)
        following = journey.next(step.key)
        assert (following is None) == (place == total)
        if following:
            assert journey.previous(following.key) == step
    for step in definition.steps:
        before, after = journey.previous(step.key), journey.next(step.key)
        if before and after and not journey.shows(step.key):
            assert journey.next(before.key) == after


@settings(max_examples=100, deadline=None)
@given(forms_and_answers())
def test_the_first_incomplete_step_is_the_first(case: tuple[Definition, dict[str, Any]]) -> None:
    definition, answers = case
    journey = Journey(definition, answers)
    first = journey.first_incomplete()
    assert journey.complete() == (first is None)
    for step in journey.steps:
        if step == first:
            assert journey.missing(step)
            break
        assert not journey.missing(step)


@settings(max_examples=100, deadline=None)
@given(forms_and_answers())
def test_walking_the_steps_and_sending_at_once_agree(case: tuple[Definition, dict[str, Any]]) -> None:
    """Filling step by step, with each page asked again for what has just appeared, gives what one request gives."""
    definition, raw = case
    walked: dict[str, Any] = {}
    problems: set[str] = set()
    for step in definition.steps:
        asked = {field.key: raw.get(field.key) for field in step.fields}
        cleaned, errors = clean_step(definition, step, walked, asked)
        walked |= cleaned
        problems |= set(errors)
    once, wrong = clean_all(definition, {key: value for key, value in raw.items() if key != "stranger"})
    assert walked == once
    assert problems == set(wrong)
    assert Journey(definition, once).kept() == once
    assert Journey(definition, once).complete() == (not wrong)


def test_a_chain_of_hidden_questions_falls_together() -> None:
    definition = help_definition()
    answers = help_answers(q_relation="c_spouse", q_birth="2020-03-07")
    assert "q_birth" in Journey(definition, answers).kept()
    assert "q_birth" not in Journey(definition, answers | {"q_relation": "c_parent"}).kept()


def test_a_question_that_appeared_on_the_same_page_is_asked_for() -> None:
    definition = help_definition()
    step = definition.step("s_family")
    _cleaned, errors = clean_step(definition, step, {}, {"q_relation": "c_spouse", "q_wishes": ""})
    assert errors == {"q_birth": ["После вашего ответа появился этот вопрос. Ответьте и на него"]}
    cleaned, errors = clean_step(definition, step, {}, {"q_relation": "c_spouse", "q_wishes": "", "q_birth": None})
    assert (cleaned, errors) == ({"q_relation": "c_spouse"}, {})


def test_answers_of_a_stranger_are_refused_by_name() -> None:
    _answers, errors = clean_all(help_definition(), {"nonsense": 1, "\ud800": 2, 5: 6} | help_answers(q_place=None))
    assert {"nonsense", "5"} <= set(errors)
    for raw in (None, [], "x", 5):
        assert clean_all(help_definition(), raw)[1]
