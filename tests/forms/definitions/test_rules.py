"""Stops, checks, team, topics, urgency, words of the receipt."""

from typing import Any

import pytest

from forms.definitions import rules
from tests.factories.family import child, family, family_json, rule

FORM = family()
KID = child("r1", "Аня", "2015-05-05", q_school="Школа 1", q_study=False)


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 05:00:00+00:00")


def test_a_hard_stop_stands_in_every_later_step_and_a_soft_one_only_at_its_own() -> None:
    hard, soft = {"q_who": "c_other"}, {"q_who": "c_wife", "q_income": 100_000}
    assert rules.stop_for(FORM, hard, "s_who").key == "r_stop"
    assert rules.stop_for(FORM, hard, "s_contact").hard
    assert rules.hard_stop(FORM, hard).link == "/measures/"
    assert rules.stop_for(FORM, soft, "s_who").key == "r_soft"
    assert rules.stop_for(FORM, soft, "s_family") is None
    assert rules.hard_stop(FORM, soft) is None
    assert rules.stop_for(FORM, hard | soft | {"q_who": "c_other"}, "s_who").key == "r_stop"


def test_a_stop_waits_for_the_last_question_it_asks_about() -> None:
    empty = {"q": "q_phone", "op": "empty"}
    form = family(rules=[rule("r_1", "stop", empty, message="Без телефона нельзя", hard=True)])
    assert rules.stop_for(form, {"q_who": "c_wife"}, "s_who") is None
    assert rules.stop_for(form, {"q_who": "c_wife"}, "s_contact") is not None
    assert rules.due_step(form, form.rules[0]).key == "s_contact"
    early = family(rules=[rule("r_1", "stop", empty, message="Нет", hard=True, step="s_who")])
    assert rules.stop_for(early, {}, "s_who") is not None


def test_checks_name_their_questions() -> None:
    failed = rules.failed_checks(FORM, {"q_guests": 6}, "s_contact")
    assert [(check.message, check.fields) for check in failed] == [("Не больше пяти", ("q_guests",))]
    assert rules.failed_checks(FORM, {"q_guests": 6}, "s_who") == ()
    assert len(rules.failed_checks(FORM, {"q_guests": 6})) == 1
    assert rules.failed_checks(FORM, {"q_guests": 5}) == ()


def test_first_team_and_urgency_and_text_win_and_topics_add_up() -> None:
    with_kid = {"q_who": "c_wife", "q_kids": [KID], "q_papers": ["c_pass"]}
    assert rules.route(FORM, with_kid) == "children"
    assert rules.route(FORM, {"q_who": "c_wife"}) == "families"
    assert rules.route(FORM, {}) is None
    assert rules.route(family(team="common"), {}) == "common"
    assert rules.topics(FORM, with_kid) == ["дети", "бумаги"]
    assert rules.urgency(FORM, with_kid) == 0
    assert rules.urgency(FORM, with_kid | {"q_kids": [KID | {"id": f"r{n}"} for n in range(3)]}) == 2
    assert rules.receipt_text(FORM, with_kid) == "Позвоним о детях."
    assert rules.receipt_text(FORM, {}) == "Позвоним."


def test_a_hidden_answer_decides_nothing() -> None:
    data = family_json()
    data["steps"][0]["fields"][3]["show_if"] = {"q": "q_who", "op": "eq", "v": "c_wife"}
    form = family(steps=data["steps"])
    assert rules.stop_for(form, {"q_who": "c_mother", "q_income": 100_000}, "s_who") is None
