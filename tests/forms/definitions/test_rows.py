"""Repeating groups, computed answers and questions of the staff: the journey, cleaning, schema, words."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions import fields
from forms.definitions.answers import clean_all, clean_step
from forms.definitions.document import Definition, DefinitionError
from forms.definitions.journey import Journey
from forms.definitions.schema import answers_schema
from forms.definitions.wording import render, worded
from tests.factories.family import child, family, family_json

from . import strategies

FORM = family()
ANYA = child("r1", "Аня", "2015-05-05", q_school="Школа 1", q_study=False)
BORIS = child("r2", "Борис", "2000-01-01", q_school="нет")
YOUNG = {"q_who": "c_wife", "q_name": "Мария", "q_kids": [ANYA, BORIS], "q_phone": "+79000000000"}


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 05:00:00+00:00")


def test_the_document_survives_the_round_trip() -> None:
    again = Definition.from_json(FORM.to_json())
    assert again == FORM
    assert again.digest() == FORM.digest()


def test_a_group_inside_of_a_group_and_an_answer_called_id_are_refused() -> None:
    data = family_json()
    kids = data["steps"][1]["fields"][0]
    kids["fields"][0]["key"] = "id"
    kids["fields"].append(deepcopy(kids) | {"key": "q_deep", "fields": []})
    with pytest.raises(DefinitionError) as error:
        Definition.from_json(data)
    assert ("steps", 1, "fields", 0, "fields", 0, "key") in dict(error.value.problems)
    assert ("steps", 1, "fields", 0, "fields", 5, "type") in dict(error.value.problems)


def test_questions_are_found_inside_of_groups() -> None:
    assert FORM.field("q_kid").label == "Имя"
    assert FORM.step_of("q_kid").key == "s_family"
    assert FORM.group_of("q_kid") == FORM.field("q_kids")
    assert FORM.group_of("q_kids") is None


def test_rows_see_their_own_answers_and_keep_only_what_is_visible() -> None:
    journey = Journey(FORM, YOUNG)
    anya, boris = journey.rows("q_kids")
    assert [field.key for field in anya.fields] == ["q_kid", "q_born", "q_age", "q_school", "q_study"]
    assert [field.key for field in boris.fields] == ["q_kid", "q_born", "q_age", "q_study"]
    assert anya.answers["q_age"] == 11
    assert "q_school" not in boris.answers
    assert (anya.title, boris.title) == ("Ребёнок 1", "Ребёнок 2")
    assert journey.kept()["q_young"] == 1
    assert journey.kept()["q_kids"][1] == {"id": "r2", "q_kid": "Борис", "q_born": "2000-01-01", "q_age": 26}


def test_required_if_asks_only_whom_it_concerns() -> None:
    rows = Journey(FORM, YOUNG | {"q_kids": [ANYA | {"q_study": None}, BORIS]}).rows("q_kids")
    assert [[field.key for field in row.missing] for row in rows] == [["q_study"], []]


def test_a_hidden_computed_answer_decides_later_questions_and_is_never_taken() -> None:
    three = [ANYA | {"id": f"r{n}"} for n in range(3)]
    journey = Journey(FORM, YOUNG | {"q_kids": three, "q_young": 0})
    keys = [field.key for field in journey.fields(FORM.step("s_family"))]
    assert "q_tired" in keys
    assert "q_young" not in keys
    cleaned, errors = clean_all(FORM, YOUNG | {"q_young": 99})
    assert not errors
    assert cleaned["q_young"] == 1


def test_one_row_for_each_tick_in_the_order_of_the_list() -> None:
    answers = YOUNG | {"q_papers": ["c_birth", "c_pass"], "q_sheets": [{"id": "c_pass", "q_number": "12"}]}
    journey = Journey(FORM, answers)
    assert [(row.id, row.title) for row in journey.rows("q_sheets")] == [
        ("c_birth", "Свидетельство"),
        ("c_pass", "Паспорт"),
    ]
    assert FORM.field("q_sheets") in journey.missing(FORM.step("s_family"))
    assert Journey(FORM, answers | {"q_papers": []}).kept().get("q_sheets") is None


def test_as_many_rows_as_the_earlier_answer_says() -> None:
    journey = Journey(FORM, YOUNG | {"q_guests": 2, "q_coming": [{"id": "a", "q_guest": "Пётр"}]})
    assert [row.id for row in journey.rows("q_coming")] == ["a", "r1"]
    assert not journey.complete()
    fewer = Journey(FORM, YOUNG | {"q_guests": 1, "q_coming": [{"id": "a", "q_guest": "Пётр"}, {"id": "b"}]})
    assert fewer.complete()
    assert fewer.kept()["q_coming"] == [{"id": "a", "q_guest": "Пётр"}]


def test_fewest_and_most_rows() -> None:
    data = family_json()
    data["steps"][1]["fields"][0]["options"] |= {"min": 2, "max": 2}
    form = Definition.from_json(data)
    assert [row.id for row in Journey(form, {}).rows("q_kids")] == ["r1", "r2"]
    assert form.field("q_kids") in Journey(form, YOUNG | {"q_kids": [ANYA]}).missing(form.step("s_family"))
    assert not Journey(form, YOUNG).missing(form.step("s_family"))
    _cleaned, errors = clean_all(form, YOUNG | {"q_kids": [ANYA, BORIS, ANYA | {"id": "r3"}]})
    assert "q_kids" in errors
    _cleaned, errors = clean_all(form, YOUNG | {"q_kids": [ANYA]})
    assert "q_kids.r2.q_kid" in errors


def test_cleaning_a_step_names_the_row_and_the_question() -> None:
    raw = {
        "q_kids": [
            {"id": "r1", "q_kid": "Аня", "q_born": "5 5 2015", "q_school": "", "q_study": "no", "q_age": 77},
            {"id": "r7", "q_kid": "", "q_born": "", "q_school": "", "q_study": ""},
            {"q_kid": "", "q_born": "1 1 2000", "q_school": "", "q_study": ""},
        ]
    }
    cleaned, errors = clean_step(FORM, FORM.step("s_family"), YOUNG, raw | {"q_papers": []})
    assert sorted(errors) == ["q_kids.r1.q_school", "q_kids.r2.q_kid"]
    assert [row["id"] for row in cleaned["q_kids"]] == ["r1", "r2"]
    assert cleaned["q_kids"][0]["q_age"] == 11


def test_rows_may_come_as_an_object_by_id() -> None:
    rows = {row["id"]: {key: value for key, value in row.items() if key != "id"} for row in (ANYA, BORIS)}
    cleaned, errors = clean_all(FORM, YOUNG | {"q_kids": rows})
    assert not errors
    assert [row["id"] for row in cleaned["q_kids"]] == ["r1", "r2"]


def test_a_question_that_appears_in_a_known_row_is_asked_for() -> None:
    raw_row = {"id": "r2", "q_kid": "Борис", "q_born": "1 1 2020", "q_study": "no"}
    _cleaned, errors = clean_step(FORM, FORM.step("s_family"), YOUNG, {"q_kids": [raw_row], "q_papers": []})
    assert list(errors) == ["q_kids.r2.q_school"]
    assert "появился" in errors["q_kids.r2.q_school"][0]


def test_unknown_and_staff_answers_are_refused_in_a_whole_form() -> None:
    _cleaned, errors = clean_all(FORM, YOUNG | {"q_staff": "да", "q_kids": [ANYA | {"q_wrong": 1}]})
    assert set(errors) == {"q_staff", "q_kids.r1.q_wrong"}


def test_questions_of_the_staff_reach_nobody() -> None:
    journey = Journey(FORM, YOUNG | {"q_staff": "x"})
    assert "q_staff" not in journey.kept()
    assert all(field.key != "q_staff" for step in journey.steps for field in journey.fields(step))
    assert "q_staff" not in answers_schema(FORM)["properties"]
    public = FORM.public_json()
    assert "q_staff" not in str(public)
    assert {rule["kind"] for rule in public["rules"]} == {"stop", "check"}
    assert [field.key for field in FORM.staff_fields] == ["q_staff"]


def test_the_schema_asks_for_rows_and_for_nothing_computed_or_shown() -> None:
    schema = answers_schema(FORM)
    assert set(schema["required"]) == {"q_who", "q_name", "q_phone"}
    assert not {"h_who", "q_young"} & set(schema["properties"])
    items = schema["properties"]["q_kids"]["items"]
    assert items["required"] == ["q_kid", "q_born"]
    assert "q_age" not in items["properties"]


def test_people_read_rows() -> None:
    group, kind = FORM.field("q_kids"), fields.get("group")
    rows = Journey(FORM, YOUNG).kept()["q_kids"]
    assert kind.display_list(group, rows)[0].startswith("Ребёнок 1: Имя — Аня, Когда родился")
    assert kind.column(group, rows) == "2 записи"
    assert [title for title, _text in kind.export(group, rows)] == [title for title, _text in kind.export(group, None)]
    assert ("Дети: Имя", "1) Аня; 2) Борис") in kind.export(group, rows)
    assert kind.display(group, None) == "не указано"


def test_earlier_answers_stand_in_later_words() -> None:
    assert render("Семья: {q_name|заявитель}", FORM, YOUNG) == "Семья: Мария"
    assert render("Семья: {q_name|заявитель}", FORM, {}) == "Семья: заявитель"
    assert render("{q_gone|никто} {Нет} {q_staff}", FORM, {"q_staff": "тайна"}) == "никто {Нет} "
    assert render("{q_name}", FORM, {"q_name": "<b>{q_phone}"}) == "<b>{q_phone}"
    row = Journey(FORM, YOUNG).rows("q_kids")[0]
    assert worded(FORM.field("q_born"), FORM, row.seen).label == "Когда родился Аня"
    assert worded(FORM.field("q_kid"), FORM, row.seen) is FORM.field("q_kid")


@given(st.dictionaries(st.sampled_from([f.key for f in FORM.all_fields]), strategies.json_values, max_size=6))
def test_no_answers_break_the_journey_and_what_is_kept_stays_kept(answers: dict[str, Any]) -> None:
    kept = Journey(FORM, answers).kept()
    assert Journey(FORM, kept).kept() == kept
    assert set(kept) <= {field.key for field in FORM.fields}


rows_sent = st.lists(
    st.dictionaries(
        st.sampled_from(["id", "q_kid", "q_born", "q_school", "q_study"]),
        st.one_of(st.sampled_from(["r1", "r2", "Аня", "2015-05-05", "1 1 2000", "yes", ""]), strategies.json_values),
    ),
    max_size=6,
)


@given(rows_sent)
def test_cleaning_rows_never_raises_and_clean_rows_stay_clean(sent: list[Any]) -> None:
    cleaned, errors = clean_all(FORM, YOUNG | {"q_kids": sent})
    again, errors_again = clean_all(FORM, cleaned)
    if not errors:
        assert not errors_again
        assert again == cleaned == Journey(FORM, cleaned).kept()
    assert all(name.split(".")[0] in FORM._fields_by_key for name in errors)
