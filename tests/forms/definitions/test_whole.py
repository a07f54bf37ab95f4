"""A form as one page keeps the same answers as its steps do, and asks for no file."""

from typing import Any

from hypothesis import given, settings

from forms.definitions import whole
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from tests.factories.definitions import help_answers, help_json, question
from tests.factories.family import family, family_json, step

from .test_journey import forms_and_answers

PAPERS = {"papers": [{"key": "p1", "label": "Паспорт"}, {"key": "p2", "label": "Справка"}], "types": ["pdf"]}


@settings(max_examples=150, deadline=None)
@given(forms_and_answers())
def test_one_page_keeps_what_the_steps_keep(case: tuple[Definition, dict[str, Any]]) -> None:
    definition, answers = case
    one = whole.one_page(definition.digest(), definition)
    assert Journey(one, answers).kept() == Journey(definition, answers).kept()
    assert Journey(one, answers).complete() == Journey(definition, answers).complete()
    assert Definition.from_json(one.to_json()).to_json() == one.to_json()


def test_questions_of_the_staff_are_no_part_of_it() -> None:
    one = whole.one_page("family", family())
    assert "q_staff" not in {field.key for field in one.fields}
    assert len(one.steps) == 1


def test_required_ones_and_those_that_conditions_call_for_come_first() -> None:
    one = whole.one_page("help", Definition.from_json(help_json()))
    folded = [field.key for field in one.fields if not whole.matters(field)]
    assert folded == ["q_email", "q_wishes"]
    assert whole.phone_of(one).key == "q_phone"


def test_files_are_said_and_not_asked() -> None:
    steps = help_json()["steps"]
    steps[0]["fields"] += [question("q_scan", "file", "Снимок"), question("q_papers", "file", "Бумаги", options=PAPERS)]
    definition = Definition.from_json(help_json(steps=steps))
    one = whole.one_page("files", definition)
    said = one.field("q_papers")
    assert (said.type, said.required) == ("explanation", False)
    assert "Паспорт, Справка" in said.options["text"]
    answers = whole.promised(definition, help_answers())
    assert answers["q_papers"] == {"papers": {"p1": {"how": "later"}, "p2": {"how": "later"}}}
    assert not Journey(definition, answers).complete()
    assert Journey(whole.eased(definition), answers).complete()


def test_papers_that_nobody_is_asked_for_are_not_promised() -> None:
    asked = question("q_papers", "file", "Бумаги", options=PAPERS, show_if={"q": "q_name", "op": "eq", "v": "нет"})
    steps = [step("s", question("q_name", "short_text", "Имя"), asked)]
    definition = Definition.from_json(family_json(steps=steps, rules=[]))
    assert whole.promised(definition, {"q_name": "Анна"}) == {"q_name": "Анна"}
