"""The browser's evaluator gives what the server's does: all cases of the table and thousands of random ones."""

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forms.definitions.conditions import compile_condition
from forms.definitions.document import Definition
from forms.definitions.expressions import compile_expression
from forms.definitions.journey import Journey
from forms.definitions.onpage import page_rules
from forms.definitions.world import World
from tests.factories.family import family, family_json

from . import strategies

pytestmark = pytest.mark.browser

TODAY = "2026-11-22"
MODULE = Path(settings.BASE_DIR) / "portal/static/portal/conditions.js"
TABLE = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
Batch = Callable[[str, list[Any]], list[Any]]
RUN = """async ([source, name, text]) => {
  const module = await import(source);
  return JSON.stringify(JSON.parse(text).map(([what, answers, today, territories]) => {
    try { return module[name](what, answers, {today, territories}); } catch (error) { return String(error); }
  }));
}"""


@pytest.fixture(scope="module")
def in_browser(browser: Any) -> Iterator[Batch]:
    """Run one function of the module over a list of (condition, answers, today, territories)."""
    page = browser.new_page()
    source = "data:text/javascript;base64," + base64.b64encode(MODULE.read_bytes()).decode()

    def run(name: str, batch: list[Any]) -> list[Any]:
        return json.loads(page.evaluate(RUN, [source, name, json.dumps(batch)]))

    yield run
    page.close()


def collected(strategy: st.SearchStrategy[Any], number: int) -> list[Any]:
    """`number` random (thing, answers, today)."""
    found: list[Any] = []

    @hypothesis_settings(max_examples=number, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy, strategies.answers, strategies.todays)
    def collect(thing: Any, answers: Any, today: str) -> None:
        found.append([thing, answers, today, strategies.BELOW])

    collect()
    return found


def world(today: str, below: Any) -> World:
    return World(date.fromisoformat(today), lambda code: below.get(code, ()))


def compare(batch: list[Any], here: list[Any], there: list[Any]) -> None:
    different = [
        f"{json.dumps(item[:3], ensure_ascii=False)}: server {mine!r}, browser {theirs!r}"
        for item, mine, theirs in zip(batch, here, there, strict=True)
        if mine != theirs or isinstance(mine, bool) is not isinstance(theirs, bool)
    ]
    assert not different, "\n".join(different[:10])


def test_the_table_of_cases(in_browser: Batch) -> None:
    batch = [[case["condition"], case["answers"], case["today"], TABLE["territories"]] for case in TABLE["cases"]]
    compare(batch, [case["expected"] for case in TABLE["cases"]], in_browser("evaluate", batch))


def test_random_conditions(in_browser: Batch) -> None:
    batch = collected(strategies.conditions, 2500)
    assert len(batch) > 2000
    here = [compile_condition(what)(answers, world(today, below)) for what, answers, today, below in batch]
    compare(batch, here, in_browser("evaluate", batch))


def test_random_expressions(in_browser: Batch) -> None:
    batch = collected(strategies.expressions, 1000)
    here = [compile_expression(what)(answers, world(today, below)) for what, answers, today, below in batch]
    compare(batch, [without_undefined(value) for value in here], in_browser("compute", batch))


born = st.sampled_from(["2026-11-01", "2015-05-05", "2005-01-01", "", None])
kids = st.lists(st.fixed_dictionaries({"q_kid": st.sampled_from(["Аня", ""]), "q_born": born}), max_size=4)


def test_the_questions_of_a_step_and_of_its_rows_appear_as_the_journey_says(in_browser: Batch) -> None:
    form, here, batch = family(), [], []
    step = form.step("s_family")
    for rows in _some(kids):
        journey = Journey(form, {"q_kids": [{"id": f"r{n}"} | row for n, row in enumerate(rows)]}, world(TODAY, {}))
        rules, kept = page_rules(form, step, journey), journey.kept()
        batch.append([rules["fields"], rules["answers"] | kept, TODAY, {}])
        here.append({field.key for field in journey.fields(step)} | {"q_young"})
        for row in journey.rows("q_kids"):
            batch.append([rules["fields"][0]["fields"], kept | row.answers, TODAY, {}])
            here.append({field.key: field.required and field.is_sent for field in row.fields})
    for mine, theirs in zip(here, in_browser("look", batch), strict=True):
        shown = {key: told["required"] for key, told in theirs.items() if told["shown"]}
        assert mine == (shown if isinstance(mine, dict) else set(shown))


def test_what_was_typed_into_rows_gives_what_the_journey_computes(in_browser: Batch) -> None:
    form, here, batch = family(), [], []
    step = form.step("s_family")
    for rows in _some(kids):
        typed = {"q_kids": [{"id": f"r{n}"} | {k: v for k, v in row.items() if v} for n, row in enumerate(rows)]}
        journey = Journey(form, typed, world(TODAY, {}))
        rules = page_rules(form, step, journey)
        batch.append([rules["fields"], typed, TODAY, {}])
        here.append(journey)
    for journey, (seen, told) in zip(here, map(_seen_and_told, in_browser("walk", batch)), strict=True):
        kept = journey.kept()
        assert seen.get("q_young") == kept.get("q_young")
        assert [row["id"] for row in seen["q_kids"]] == [row["id"] for row in kept.get("q_kids", [])]
        assert told["q_tired"]["shown"] is (form.field("q_tired") in journey.fields(step))
        for row, said in zip(journey.rows("q_kids"), told["q_kids"]["rows"], strict=True):
            assert said["q_age"].get("value") == row.answers.get("q_age")


def _seen_and_told(walked: Any) -> tuple[Any, Any]:
    return walked["seen"], walked["told"]


def test_which_later_steps_there_will_be(in_browser: Batch) -> None:
    document = family_json()
    document["steps"][1]["show_if"] = {"q": "q_who", "op": "eq", "v": "c_wife"}
    form = Definition.from_json(document)
    rules = page_rules(form, form.step("s_who"), Journey(form, {}, world(TODAY, {})))
    assert [each.get("show_if") for each in rules["later"]] == [document["steps"][1]["show_if"], None]
    assert rules["later"][1]["sure"] and not page_rules(form, form.step("s_contact"), Journey(form, {})).get("later")


def _some(strategy: st.SearchStrategy[Any]) -> list[Any]:
    return [thing for thing, _answers, _today, _below in collected(strategy, 60)]


def without_undefined(value: Any) -> Any:
    """A number as JSON of JavaScript writes it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def test_the_module_is_small_on_the_line() -> None:
    assert len(gzip.compress(MODULE.read_bytes())) < 3.5 * 1024
