"""Each field type against good, bad and hostile input."""

import datetime
import json
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.definitions import fields
from forms.definitions.document import Field
from tests.factories.definitions import CHOICES
from tests.factories.services import TerritoryFactory

OPTIONS = {"choice": {"choices": CHOICES}, "multiple_choice": {"choices": CHOICES}, "consent": {"version": 3}}
TYPES = [field_type.name for field_type in fields.all_types()]
# Types that came later are read back in tests of their own, in fields/.
FIRST_TEN = [
    "short_text",
    "long_text",
    "full_name",
    "phone",
    "email",
    "choice",
    "multiple_choice",
    "territory",
    "date",
    "consent",
]
RLO, NUL, LONE, ZWSP = "\u202e", "\x00", "\ud800", "\u200b"
HOSTILE: list[Any] = [
    None, "", " ", NUL, LONE, RLO, ZWSP * 5, [], {}, [[]], [None], {"last": []}, {"day": {}}, {"version": []}, {1: 2},
    0, -1, 1.5, float("nan"), True, b"bytes", object(), 10**400, "x" * 10_000_000, "я" * 100_000, ["c_spouse"] * 5000,
    ["c_spouse", []], {"last": "x" * 10_000_000, "first": NUL}, {"day": "9" * 5000, "month": "1", "year": "1"},
    {"day": NUL, "month": LONE, "year": RLO}, "2026-02-30", "9999-99-99", "٠٣/٠٤/٢٠٢٤", "+7" * 30, "tel:+7;ext=5",
    "a@" + "b" * 300 + ".ru", "a@b.ru\nBcc: c@d.ru", "<script>alert(1)</script>", "' OR 1=1 --", "%00", "\r\n\r\n",
]  # fmt: skip


def field(type_name: str, required: bool = True, **options: Any) -> Field:
    """A question of a type."""
    return Field(
        key="q", type=type_name, label="Вопрос", required=required, options={**OPTIONS.get(type_name, {}), **options}
    )


def clean(type_name: str, raw: Any, required: bool = True, **options: Any) -> Any:
    """The cleaned value, or the sentence of the refusal."""
    try:
        return fields.get(type_name).clean(field(type_name, required, **options), raw)
    except ValidationError as error:
        return error.messages[0]


@pytest.fixture(autouse=True)
def _a_territory(db) -> None:
    TerritoryFactory(code="irkutsk", name="Иркутск")
    cache.clear()


@pytest.mark.parametrize("type_name", TYPES)
@pytest.mark.parametrize("required", [True, False])
def test_nothing_breaks_a_field(type_name: str, required: bool) -> None:
    question = field(type_name, required)
    kind = fields.get(type_name)
    for raw in HOSTILE:
        try:
            value = kind.clean(question, raw)
        except ValidationError as error:
            assert all(isinstance(message, str) and message for message in error.messages)
            continue
        stored = json.dumps(value, ensure_ascii=False).encode("utf-8").decode()
        assert "\\u0000" not in stored
        assert NUL not in stored
        assert kind.display(question, value)
        assert isinstance(kind.column(question, value), str)
        assert kind.clean(question, value) == value


@pytest.mark.parametrize("type_name", [name for name in TYPES if fields.get(name).is_sent])
def test_a_required_field_says_what_to_do(type_name: str) -> None:
    words = clean(type_name, None)
    assert words.split()[0].strip(",") in {"Напишите", "Выберите", "Отметьте", "Приложите", "Добавьте"}
    assert clean(type_name, None, required=False) is None
    assert clean(type_name, None, ask="Скажите, как вас зовут") == "Скажите, как вас зовут"


@pytest.mark.parametrize(
    ("type_name", "raw", "value"),
    [
        ("short_text", "  Позвоните\tпосле\u00a017:00 ", "Позвоните после 17:00"),
        ("short_text", "Ю\u0438\u0306лия" + RLO + NUL, "Юйлия"),
        ("long_text", "раз\r\n\r\n\r\n\r\nдва  ", "раз\n\nдва"),
        ("email", " Ivanova@Example.RU ", "Ivanova@example.ru"),
        ("phone", "8 (900) 000-00-00", "+79000000000"),
        ("phone", "+7 900 0000000", "+79000000000"),
        ("phone", "9000000000", "+79000000000"),
        ("phone", "+375 29 123-45-67", "+375291234567"),
        ("choice", "c_parent", "c_parent"),
        ("multiple_choice", ["c_child", "c_spouse", "c_child"], ["c_spouse", "c_child"]),
        ("multiple_choice", "c_child", ["c_child"]),
        ("territory", "irkutsk", "irkutsk"),
        ("date", {"day": "7", "month": "3", "year": "2018"}, "2018-03-07"),
        ("date", {"day": "07", "month": "марта", "year": "2018"}, "2018-03-07"),
        ("date", {"day": 7, "month": 3, "year": 2018}, "Напишите дату числами, например 7 3 2018"),
        ("date", "2018-03-07", "2018-03-07"),
        ("date", "7.3.2018", "2018-03-07"),
        ("consent", "3", {"version": 3}),
        ("consent", {"version": 3}, {"version": 3}),
        (
            "full_name",
            {"last": " Иванова ", "first": "Мария", "middle": ""},
            {"last": "Иванова", "first": "Мария", "middle": ""},
        ),
        (
            "full_name",
            {"last": "Ким", "first": "Ли", "middle": "кто", "no_middle": "on"},
            {"last": "Ким", "first": "Ли", "middle": ""},
        ),
    ],
)
def test_good_answers(type_name: str, raw: Any, value: Any) -> None:
    assert clean(type_name, raw) == value


@pytest.mark.parametrize(
    ("type_name", "raw", "words"),
    [
        ("email", "ivanova@", "Проверьте адрес почты"),
        ("phone", "12345", "Проверьте номер"),
        ("phone", "8 900 000-00-00 доб. 5", "без добавочного"),
        ("choice", "c_other", "Выберите один ответ"),
        ("multiple_choice", ["c_other"], "Отметьте ответы из списка"),
        ("territory", "moscow", "Выберите муниципалитет"),
        ("date", {"day": "31", "month": "2", "year": "2020"}, "Такого дня"),
        ("date", {"day": "3", "month": "", "year": "2020"}, "Напишите месяц"),
        ("date", {"day": "3", "month": "2", "year": "20"}, "четырьмя цифрами"),
        ("consent", "2", "Текст согласия обновился"),
        ("consent", True, "Текст согласия обновился"),
        ("full_name", {"last": "Иванова"}, "Напишите имя"),
        ("full_name", {"last": "12", "first": "Мария"}, "буквами"),
        ("short_text", "x" * 201, "Сократите ответ: не больше 200 знаков, сейчас 201"),
        ("short_text", 5, "Напишите ответ текстом"),
    ],
)
def test_bad_answers_get_a_sentence(type_name: str, raw: Any, words: str) -> None:
    assert words in clean(type_name, raw)


@time_machine.travel(datetime.datetime(2026, 11, 25, 6, tzinfo=datetime.UTC))
def test_date_limits() -> None:
    past = {"max": {"today": 0}}
    assert clean("date", "2026-11-25", **past) == "2026-11-25"
    assert clean("date", "2026-11-26", **past) == "Напишите дату не позже 25 ноября 2026 года"
    assert clean("date", "1999-12-31", min="2000-01-01") == "Напишите дату не раньше 1 января 2000 года"
    assert fields.get("date").config_errors(field("date", min={"today": "x"}))


@pytest.mark.parametrize(
    ("type_name", "value", "words"),
    [
        ("phone", "+79000000000", "8 900 000-00-00"),
        ("date", "2018-03-07", "7 марта 2018 года"),
        ("full_name", {"last": "Ким", "first": "Ли", "middle": ""}, "Ким Ли"),
        ("multiple_choice", ["c_spouse", "c_child"], "Супруга или супруг, Сын или дочь"),
        ("territory", "irkutsk", "Иркутск"),
        ("short_text", None, "не указано"),
    ],
)
def test_words_of_an_answer(type_name: str, value: Any, words: str) -> None:
    assert fields.get(type_name).display(field(type_name), value) == words


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_cleaned_text_is_stable(raw: str) -> None:
    for type_name in ("short_text", "long_text"):
        once = clean(type_name, raw, required=False)
        assert once is None or clean(type_name, once, required=False) == once or "Сократите" in once


@pytest.mark.parametrize("type_name", FIRST_TEN)
def test_the_form_field_shows_and_reads_back_what_it_stored(type_name: str) -> None:
    values = {
        "choice": "c_child",
        "multiple_choice": ["c_child"],
        "full_name": {"last": "Ким", "first": "Ли", "middle": ""},
        "phone": "+79000000000",
        "email": "a@b.ru",
        "territory": "irkutsk",
        "date": "2018-03-07",
        "consent": {"version": 3},
    }
    value = values.get(type_name, "слово")
    form_field = fields.get(type_name).form_field(field(type_name))
    html = form_field.widget.render("q", form_field.prepare_value(value), {"id": "id_q"})
    assert "q" in html
    shown = {
        "phone": {"q": "8 900 000-00-00"},
        "full_name": {"q_last": "Ким", "q_first": "Ли", "q_middle": "", "q_no_middle": "on"},
        "date": {"q_day": "7", "q_month": "3", "q_year": "2018"},
        "consent": {"q": "3"},
    }.get(type_name, {"q": value})
    raw = form_field.widget.value_from_datadict(_Posted(shown), {}, "q")
    assert form_field.clean(raw) == value


class _Posted(dict[str, Any]):
    def getlist(self, name: str) -> list[Any]:
        value = self.get(name, [])
        return value if isinstance(value, list) else [value]
