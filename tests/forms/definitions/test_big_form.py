"""A form at the limit of what an editor may build: right, however long. Its figures come from the benchmark."""

from bench.forms import big_answers, big_json
from forms.definitions import checks
from forms.definitions.document import Definition
from forms.definitions.journey import Journey


def test_every_question_is_asked_and_every_answer_kept() -> None:
    form, answers = Definition.from_json(big_json()), big_answers()
    journey = Journey(form, answers)
    assert journey.complete()
    assert journey.kept() == answers


def test_one_answer_closes_the_whole_chain_behind_it() -> None:
    form, answers = Definition.from_json(big_json()), big_answers() | {"q_17": "c_no"}
    kept = Journey(form, answers).kept()
    assert [key for key in kept if key.startswith("q_") and key[2:].isdigit()] == [f"q_{n}" for n in range(1, 18)]


def test_nothing_is_wrong_with_it() -> None:
    assert checks.problems(Definition.from_json(big_json())) == []
