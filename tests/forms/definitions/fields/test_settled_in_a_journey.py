"""A question that depends on earlier answers, through a whole form."""

from typing import Any

from forms.definitions.answers import clean_all, clean_step
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from tests.factories.definitions import help_json, question

CHOICES = [{"key": f"c_{letter}", "label": letter} for letter in "abc"]
CUT = {"c_a": {"q": "q_one", "op": "eq", "v": "c_a"}}


def _definition() -> Definition:
    steps: list[dict[str, Any]] = [
        {
            "key": "s_1",
            "title": "1",
            "fields": [
                question("q_one", "choice", "Один", options={"choices": CHOICES}),
                question("q_from", "date", "С"),
            ],
        },
        {
            "key": "s_2",
            "title": "2",
            "fields": [
                question("q_many", "multiple_choice", "Много", options={"choices": CHOICES, "choices_if": CUT}),
                question("q_till", "date", "По", options={"min": {"q": "q_from"}}),
            ],
        },
    ]
    return Definition.from_json(help_json(steps=steps))


ANSWERS = {"q_one": "c_a", "q_from": "2026-01-02", "q_many": ["c_a", "c_b"], "q_till": "2026-01-02"}


def test_what_no_longer_fits_is_not_kept() -> None:
    definition = _definition()
    assert Journey(definition, ANSWERS).kept() == ANSWERS
    assert Journey(definition, ANSWERS).complete()
    changed = Journey(definition, ANSWERS | {"q_one": "c_b", "q_from": "2026-01-03"})
    assert changed.kept() == {"q_one": "c_b", "q_from": "2026-01-03", "q_many": ["c_b"]}
    assert changed.first_incomplete() is definition.step("s_2")
    assert [choice["key"] for choice in changed.fields(definition.step("s_2"))[0].options["choices"]] == ["c_b", "c_c"]


def test_cleaning_knows_the_answers_before() -> None:
    definition = _definition()
    _cleaned, errors = clean_all(definition, ANSWERS | {"q_one": "c_b", "q_from": "2026-01-03"})
    assert set(errors) == {"q_many", "q_till"}
    raw = {"q_many": ["c_a"], "q_till": "2026-01-01"}
    _cleaned, errors = clean_step(definition, definition.step("s_2"), {"q_one": "c_a", "q_from": "2026-01-02"}, raw)
    assert set(errors) == {"q_till"}
