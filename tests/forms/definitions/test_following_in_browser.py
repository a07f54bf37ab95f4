"""What follows answers on a page is the same in the browser as on the server: choices, rows, words with answers."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forms.definitions import checks, fields, following, numbers
from forms.definitions.document import Definition, Field
from forms.definitions.journey import Journey
from forms.definitions.onpage import page_rules
from forms.definitions.wording import render
from tests.factories.definitions import help_json, question
from tests.factories.family import step

pytestmark = pytest.mark.browser
STATIC = Path(settings.BASE_DIR) / "portal/static/portal"
RUN = """async ([conditions, following, text]) => {
  const rules = await import(conditions), more = (await import(following)).live(rules);
  return JSON.stringify(JSON.parse(text).map(([fields, answers, spoken, today]) => {
    try {
      const { seen, told } = rules.walk(fields, answers, { today, territories: {} }, more.settle);
      const words = {};
      for (const { key, words: has } of fields) if (has) words[key] = more.said(has.label, seen, spoken);
      return { seen, told, words };
    } catch (error) { return String(error.stack); }
  }));
}"""
KINDS = [{"key": key, "label": label} for key, label in (("c_a", "Паспорт"), ("c_b", "Полис"), ("c_c", "Справка"))]
IMAGES = {"types": ["image"], "max_mb": 5, "max_files": 9}
PAPERS = [{"key": "p_pass", "label": "Договор"}, {"key": "p_cert", "label": "Анкета: 2"}]
IDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(6)]
COUNT = {"q": "q_count", "op": "ge", "v": 2}


def form() -> Definition:
    """One step where every question follows those above."""
    cuts = {"c_b": COUNT, "c_c": {"q": "q_name", "op": "answered"}}
    rows = {"group": "q_guests", "label": "q_guest"}
    return Definition.from_json(
        help_json(
            steps=[
                step(
                    "s_one",
                    question("q_name", "full_name", "Как вас зовут", required=False),
                    question("q_count", "whole_number", "Сколько гостей", required=False),
                    question(
                        "q_one", "choice", "{q_name|Вы}: что покажете", options={"choices": KINDS, "choices_if": cuts}
                    ),
                    question(
                        "q_all", "multiple_choice", "Всё", options={"choices": KINDS, "choices_if": cuts, "none": True}
                    ),
                    question(
                        "q_guests",
                        "group",
                        "Гости: {q_count}",
                        options={"count_from": "q_count", "max": 4, "row_title": "Гость"},
                        fields=[question("q_guest", "short_text", "Имя")],
                    ),
                    question(
                        "q_papers",
                        "group",
                        "О бумагах",
                        options={"rows_from": "q_all"},
                        fields=[question("q_no", "short_text", "№")],
                    ),
                    question("q_main", "choice", "Кто главный, {q_one|никто}", options={"choices_from_rows": rows}),
                    question("q_end", "short_text", "Итак, {q_main|без главного}: {q_all|ничего}"),
                    question("q_from", "date", "С какого дня", options={"partial": True}, required=False),
                    question(
                        "q_till",
                        "date",
                        "По какой",
                        options={
                            "min": {"q": "q_from", "plus": 1, "unit": "months"},
                            "max": {"today": 400},
                            "partial": True,
                        },
                        required=False,
                    ),
                    question(
                        "q_born",
                        "birth_date",
                        "Когда родились",
                        options={"age_on": {"q": "q_till"}, "age_min": 18, "age_max": 60, "age": True, "partial": True},
                        required=False,
                    ),
                    question("q_docs", "file", "Бумаги", options=IMAGES | {"papers": PAPERS}, required=False),
                    question("q_pics", "file", "Снимки", options=IMAGES, required=False),
                    question(
                        "q_sum",
                        "short_text",
                        "{q_guests|Одни}; {q_docs|без бумаг}; {q_pics|без фото}; {q_till}",
                        required=False,
                    ),
                    question("q_phone", "phone", "Телефон"),
                )
            ]
        )
    )


@pytest.fixture(scope="module")
def walked(browser: Any) -> Iterator[Callable[[list[Any]], list[Any]]]:
    """Walk [rules of fields, answers, how they are said, today] in the browser."""
    page = browser.new_page()
    sources = [
        "data:text/javascript;base64," + base64.b64encode((STATIC / name).read_bytes()).decode()
        for name in ("conditions.js", "following.js")
    ]

    def run(batch: list[Any]) -> list[Any]:
        return json.loads(page.evaluate(RUN, [*sources, json.dumps(batch)]))

    yield run
    page.close()


keys = st.sampled_from(["c_a", "c_b", "c_c", "none", "c_gone"])
guests = st.lists(st.fixed_dictionaries({"q_guest": st.sampled_from(["Аня", "", "Пётр"])}), max_size=5)
days = st.dates(date(2026, 9, 1), date(2028, 1, 1)).map(str)
periods = st.sampled_from(["2026", "2026-11", "2027-01", "2027"])
births = st.dates(date(1960, 1, 1), date(2027, 1, 1)).map(str)
ages = st.fixed_dictionaries({"age": st.integers(0, 99), "on": st.just("2026-10-07")})
uploaded = st.integers(1, 6).map(lambda n: IDS[:n])
papers = st.one_of(
    st.sampled_from([{"how": "later"}, {"how": "have"}]), uploaded.map(lambda ids: {"how": "now", "files": ids})
)
typed = st.fixed_dictionaries(
    {
        "q_name": st.sampled_from([None, {"last": "Иванова", "first": "Мария", "middle": ""}]),
        "q_count": st.one_of(st.none(), st.integers(-1, 7)),
        "q_one": st.one_of(st.none(), keys),
        "q_all": st.lists(st.sampled_from(["c_a", "c_b", "c_c"]), max_size=3, unique=True).map(sorted),
        "q_guests": guests.map(
            lambda rows: [
                {"id": f"r{n}"} | {key: name for key, name in row.items() if name}
                for n, row in enumerate(rows, start=1)
            ]
        ),
        "q_papers": st.lists(
            st.fixed_dictionaries({"id": keys, "q_no": st.just("7")}), max_size=2, unique_by=lambda r: r["id"]
        ),
        "q_main": st.sampled_from([None, "r1", "r2", "r9"]),
        "q_from": st.one_of(st.none(), days, periods),
        "q_till": st.one_of(st.none(), days, periods),
        "q_born": st.one_of(st.none(), births, periods, ages),
        "q_docs": st.one_of(
            st.none(), st.fixed_dictionaries({"p_pass": papers, "p_cert": papers}).map(lambda each: {"papers": each})
        ),
        "q_pics": st.one_of(st.none(), uploaded.map(lambda ids: {"files": ids})),
    }
).map(lambda answers: {key: value for key, value in answers.items() if value not in (None, [])})


def test_the_form_of_these_tests_is_in_order() -> None:
    assert not checks.problems(form())


def test_choices_rows_and_words_are_those_of_the_server(walked: Callable[[list[Any]], list[Any]]) -> None:
    definition, found = form(), list[dict[str, Any]]()
    here = definition.steps[0]

    @hypothesis_settings(max_examples=400, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(typed)
    def collect(answers: dict[str, Any]) -> None:
        found.append(answers)

    collect()
    rules = page_rules(definition, here, Journey(definition, {}))
    there = walked([[rules["fields"], answers, rules["spoken"], rules["today"]] for answers in found])
    for answers, browser in zip(found, there, strict=True):
        assert isinstance(browser, dict), browser
        journey = Journey(definition, answers)
        kept, said = journey.kept(), browser["told"]
        for field in journey.fields(here):
            offered = fields.get(field.type).choices(field)
            if "offered" in said[field.key]:
                assert [tuple(each) for each in said[field.key]["offered"]] == offered, (field.key, answers)
                assert said[field.key]["required"] is field.required, (field.key, answers)
            if "ids" in said[field.key]:
                assert said[field.key]["ids"] == [row.id for row in journey.rows(field.key)], (field.key, answers)
        for key in ("q_one", "q_all", "q_main", "q_till", "q_born"):
            assert browser["seen"].get(key) == kept.get(key), (key, answers)
        for key, words in browser["words"].items():
            assert words == render(definition.field(key).label, definition, kept), (key, answers)


SAID: list[tuple[str, dict[str, Any], Any]] = [
    ("short_text", {}, "  Слово {q_x} "),
    ("short_text", {}, "д" * 300),
    ("long_text", {}, "Раз\n\nдва"),
    ("email", {}, "a@example.ru"),
    ("full_name", {}, {"last": "Иванова", "first": "Мария", "middle": "Петровна"}),
    ("phone", {}, "+79000000000"),
    ("snils", {}, "11223344595"),
    ("choice", {"choices": KINDS, "other": True}, "c_b"),
    ("choice", {"choices": KINDS, "other": True, "other_label": "Иное"}, {"choice": "other", "other": "паром"}),
    ("multiple_choice", {"choices": KINDS}, ["c_a", "c_c"]),
    ("yes_no", {"yes": "Ещё бы"}, True),
    ("yes_no", {}, False),
    ("date", {}, "2026-03-07"),
    ("date", {}, "2026-03"),
    ("date", {}, "2026"),
    ("birth_date", {}, "1990-12-31"),
    ("date", {}, {"age": 43, "on": "2026-03-07"}),
    ("time", {}, "09:30"),
    ("time", {}, "00:05"),
    ("address", {}, {"place": "Иркутск", "street": "Ленина", "house": "1", "flat": "2"}),
    ("money", {}, "12500.50"),
    ("money", {}, "1.00"),
    ("money", {}, "1000022.00"),
    *(("whole_number", {"unit": "чел."}, number) for number in (0, -3, 9999, 10000, 1234567)),
    *(("decimal", {}, number) for number in (0.5, -2.25, 12345.6, 3)),
]


@hypothesis_settings(max_examples=300, database=None, deadline=None)
@given(st.floats(-numbers.MOST, numbers.MOST).map(numbers.normal).filter(lambda number: number is not None))
def test_a_computed_number_loses_no_digit(number: float) -> None:
    field = Field(key="q_x", type="computed", label="Всего", options={"expr": {}})
    said = fields.get("computed").display(field, number)
    plain = said.replace(",", ".").replace("−", "-").replace("\u00a0", "")
    assert Decimal(plain) == Decimal(repr(number)) and "e" not in said.lower(), said


def test_a_computed_number_is_said_as_the_server_says_it(walked: Callable[[list[Any]], list[Any]]) -> None:
    field = Field(key="q_x", type="computed", label="Всего", options={"expr": {}, "unit": "руб."})
    given = [0.1, 1234567.5, -1234567.891234, 0.000001, -0.25, 8589934592.123457, 4503599627370495.5, 12, 1e15]
    found = [number for number in map(numbers.normal, given) if number is not None]
    asked = [[{"key": "q_y", "words": {"label": [["q_x", ""]]}}], {}, {"q_x": {"type": "computed", "unit": "руб."}}, ""]
    there = walked([[asked[0], {"q_x": number}, *asked[2:]] for number in found])
    said = [" ".join(fields.get("computed").display(field, number).split()) for number in found]
    assert [each["words"]["q_y"] for each in there] == said and said[1] == "1 234 567,5 руб."


def test_an_answer_is_said_as_the_server_says_it(walked: Callable[[list[Any]], list[Any]]) -> None:
    batch, here = [], []
    for type_name, options, value in SAID:
        definition = Definition.from_json(
            help_json(
                steps=[
                    step(
                        "s_one",
                        question("q_x", type_name, "Что", options=options),
                        question("q_y", "phone", "Вот: {q_x|нет}."),
                    )
                ]
            )
        )
        rules = page_rules(definition, definition.steps[0], Journey(definition, {}))
        batch.append([rules["fields"], {"q_x": value}, rules["spoken"], rules["today"]])
        here.append(render("Вот: {q_x|нет}.", definition, {"q_x": value}))
    assert [each["words"]["q_y"] if isinstance(each, dict) else each for each in walked(batch)] == here


def test_an_earlier_answer_stands_in_the_words_of_the_page_and_braces_in_it_are_no_place() -> None:
    steps = [step("s_a", question("q_a", "short_text", "Имя")), form().steps[0].to_json()]
    steps[1]["fields"][7]["label"] = "{q_a}, {q_one|ничего}!"
    definition = Definition.from_json(help_json(steps=steps))
    rules = page_rules(definition, definition.steps[1], Journey(definition, {"q_a": "{q_one}"}))
    assert rules["fields"][7]["words"]["label"] == ["{q_one}, ", ["q_one", "ничего"], "!"]
    assert "words" not in rules["fields"][0] and "q_a" not in rules["spoken"]
    assert rules["blank"] == following.BLANK_ROW
