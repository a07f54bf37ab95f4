"""The template pack draws every kind of question so that it can be read, reached and filled again."""

import html
import re
from typing import Any

import pytest
from django.http import QueryDict

from forms.apply import stepform, taking
from forms.apply.stepform import StepForm
from forms.apply.taking import input_names, raw_answers, typed_text
from forms.definitions import fields as field_types
from forms.definitions.document import Field
from tests.factories.services import TerritoryFactory

CHOICES = [{"key": "c1", "label": "Первый <b>"}, {"key": "c2", "label": "Второй"}]
OPTIONS: dict[str, dict[str, Any]] = {"choice": {"choices": CHOICES}, "multiple_choice": {"choices": CHOICES}}


def _question(type_name: str, key: str = "q1", **more: Any) -> Field:
    return Field(**{"key": key, "type": type_name, "label": "Вопрос", "options": OPTIONS.get(type_name, {})} | more)


def _draw(question: Field, **more: Any) -> str:
    return "".join(StepForm("digest", [question], **more).drawn())


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    stepform._blank.clear()
    taking._form_fields.clear()


@pytest.mark.django_db
@pytest.mark.parametrize("type_name", [each.name for each in field_types.all_types()])
def test_every_input_has_a_name_for_people_and_keeps_what_was_typed(type_name: str) -> None:
    question = _question(type_name, hint="Подсказка")
    blank, wrong = _draw(question), _draw(question, typed=QueryDict(), errors={"q1": ["Исправьте"]})
    for drawn in (blank, wrong):
        ids = re.findall(r' id="([^"]+)"', drawn)
        assert len(ids) == len(set(ids))
        for control in re.findall(r"<(?:input|select|textarea)[^>]*>", drawn):
            (own,) = re.findall(r' id="([^"]+)"', control)
            assert f'for="{own}"' in drawn, control
        for described in re.findall(r'aria-describedby="([^"]+)"', drawn):
            assert set(described.split()) <= set(ids)
    assert "Исправьте" in wrong and "Исправьте" not in blank
    assert 'aria-invalid="true"' in wrong and "aria-invalid" not in blank
    names = set(re.findall(r' name="([^"]+)"', blank))
    # What was typed is kept by these names; files are kept by themselves.
    assert names and (type_name == "file" or names <= set(input_names("digest", question)))
    form = StepForm("digest", [question], errors={"q1": ["Исправьте"]})
    assert form.problems()[0][0] in re.findall(r' id="([^"]+)"', wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("type_name", ["short_text", "long_text", "full_name", "phone", "email", "date"])
def test_hostile_text_is_escaped_and_shown_again(type_name: str) -> None:
    question = _question(type_name)
    post = QueryDict(mutable=True)
    for name in input_names("digest", question):
        post[name] = '"><script>'
    drawn = _draw(question, typed=post)
    assert "<script>" not in drawn
    assert '"><script>' in html.unescape(drawn)


def test_blank_questions_are_drawn_once_and_answered_ones_afresh() -> None:
    question = _question("short_text")
    first, second = StepForm("d", [question]), StepForm("d", [question])
    assert first.drawn()[0] is second.drawn()[0]
    assert 'value="ответ"' in _draw(question, answers={"q1": "ответ"})
    assert 'value="ответ"' not in StepForm("d", [question]).drawn()[0]


def test_a_question_settled_otherwise_is_drawn_otherwise() -> None:
    assert "Второй" in _draw(_question("choice"))
    assert "Второй" not in _draw(_question("choice", options={"choices": CHOICES[:1]}))


@pytest.mark.django_db
def test_new_municipalities_appear_at_once() -> None:
    question = _question("territory")
    TerritoryFactory(code="a", name="Аларский район")
    assert "Аларский район" in _draw(question)
    TerritoryFactory(code="b", name="Балаганский район")
    assert "Балаганский район" in _draw(question)


def test_optional_is_said_and_long_texts_warn() -> None:
    assert "(по желанию)" in _draw(_question("phone", required=False))
    assert "(по желанию)" not in _draw(_question("phone"))
    drawn = _draw(_question("long_text", options={"max_length": 700}))
    assert "До 700 знаков" in drawn and "позывной" in drawn
    said = _draw(_question("long_text", hint="Позывной не пишите"))
    assert "До 3000 знаков" in said and said.lower().count("позывн") == 1


def test_inputs_help_the_keyboard_of_a_phone() -> None:
    assert 'type="tel"' in _draw(_question("phone")) and 'autocomplete="tel"' in _draw(_question("phone"))
    assert 'autocomplete="family-name"' in _draw(_question("full_name"))
    assert 'inputmode="numeric"' in _draw(_question("date"))


def test_own_words_stand_beside_the_last_choice() -> None:
    question = _question("choice", options={"choices": CHOICES, "other": True})
    post = QueryDict("q1=other&q1_other=Сосед")
    assert raw_answers("d", [question], post) == {"q1": {"choice": "other", "other": "Сосед"}}
    drawn = _draw(question, typed=post)
    assert 'value="Сосед"' in drawn and 'value="other" class="yes" checked' in drawn
    assert 'value="Сосед"' in _draw(question, answers={"q1": {"choice": "other", "other": "Сосед"}})


def test_what_was_typed_is_cut_to_what_a_draft_may_hold() -> None:
    questions = [_question("long_text"), _question("long_text", key="q2"), _question("short_text", key="q3")]
    post = QueryDict(mutable=True)
    post.update({"q1": "а" * 45_000, "q2": "б" * 45_000, "q3": "в", "secret": "x"})
    assert set(typed_text("d", questions, post)) == {"q1"}
    post.update({"q1": ""})
    post["q1"], post["q2"] = "\x00а\ud800", "б"
    assert typed_text("d", questions, post) == {"q1": ["а"], "q2": ["б"], "q3": ["в"]}
