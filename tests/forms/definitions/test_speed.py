"""A form at the limit stays quick. The bounds are loose: a busy machine must not fail the suite."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from forms.definitions import checks
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from tests.factories.big_form import big_answers, big_definition, big_json


def best(work: Callable[[], Any], times: int = 20) -> float:
    """Milliseconds of the quickest of several runs."""
    found = []
    for _time in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return min(found) * 1000


def test_a_whole_journey_takes_less_than_five_milliseconds() -> None:
    form, answers = big_definition(), big_answers()
    journey = Journey(form, answers)
    assert journey.complete()
    assert journey.kept() == answers
    assert best(lambda: Journey(form, answers).complete()) < 5


def test_reading_and_checking_take_well_under_two_seconds() -> None:
    data = big_json()
    assert best(lambda: Definition.from_json(data), 3) < 300
    form = big_definition()
    assert checks.problems(form) == []
    assert best(lambda: checks.findings(form), 2) < 1500
