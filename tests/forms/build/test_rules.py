"""Rules and the team: from a document to the editor and back nothing is lost, and what is wrong stands at its block."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.build import gate
from forms.build.compiler import document
from forms.build.importing import form_page_from_definition, page_fields
from forms.build.models import FormPage
from forms.definitions import rules as decided
from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.rule import PARTS
from tests.factories.applications import team
from tests.factories.definitions import help_answers, help_json, question
from tests.factories.forms import form_index

LIST = [{"key": f"c2000000{n}", "label": f"Вариант {n}"} for n in range(3)]
CONDITION = {"op": "all", "of": [{"q": "q10000001", "op": "eq", "v": "c20000001"}]}
ROWS = {"op": "all", "of": [{"rows": "q10000003", "op": "count_rows", "cmp": "ge", "n": 2}]}
STEPS = [
    {
        "key": "s30000001",
        "title": "Кто вы",
        "lead": "",
        "show_if": None,
        "fields": [
            question("q10000001", "choice", "Кто вы", options={"choices": LIST}),
            question("q10000002", "phone", "Телефон"),
            question(
                "q10000003", "group", "Дети", fields=[question("q10000004", "short_text", "Имя, {q10000001|ребёнок}")]
            ),
        ],
    },
]
conditions = st.sampled_from([CONDITION, ROWS])
texts = st.sampled_from(["Позвоните нам: 8 800 100-00-00", "Слова\n\nв два абзаца", ""])
lines = st.sampled_from(["/measures/", "https://gosuslugi.ru/", ""])
KINDS: dict[str, dict[str, Any]] = {
    "stop": {
        "message": texts,
        "link": lines,
        "link_text": lines,
        "hard": st.booleans(),
        "step": st.sampled_from(["", "s30000001"]),
    },
    "check": {"message": texts, "fields": st.lists(st.sampled_from(["q10000001", "q10000003"]), unique=True)},
    "route": {"team": st.sampled_from(["Иркутск", ""])},
    "topic": {"label": lines},
    "urgency": {"level": st.integers(0, 3)},
    "text": {"text": texts},
}
rule: st.SearchStrategy[dict[str, Any]] = st.one_of(
    [st.fixed_dictionaries({"kind": st.just(kind), "if": conditions} | parts) for kind, parts in KINDS.items()]
)
some_rules = st.lists(rule, max_size=5).map(
    lambda rules: [{"key": f"r4000000{number}", **each} for number, each in enumerate(rules)]
)


def through_the_editor(data: dict[str, Any], seed: str = "seed") -> dict[str, Any]:
    """The document of the page that a document makes."""
    return document(FormPage(slug=seed, **page_fields(Definition.from_json(data), seed)))


@pytest.mark.django_db
@given(rules=some_rules, wanted=st.sampled_from([None, "Иркутск"]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_comes_back_as_it_was(rules: Any, wanted: str | None) -> None:
    data = help_json(steps=STEPS, rules=rules, team=wanted)
    assert Definition.from_json(through_the_editor(data)) == Definition.from_json(data)


def test_every_kind_of_rule_has_its_block() -> None:
    stream = FormPage._meta.get_field("rules").stream_block
    assert set(stream.child_blocks) == set(PARTS) == set(KINDS)
    for name, block in stream.child_blocks.items():
        assert len(set(block.child_blocks) - {"more", "when"}) <= 5, name


@pytest.mark.django_db
def test_keys_from_elsewhere_are_renamed_everywhere() -> None:
    steps = help_json()["steps"]
    steps[2]["fields"][2]["label"] = "Своими словами, {q_name|заявитель}"
    rules = [
        {"key": "r_1", "kind": "check", "if": {"q": "q_phone", "op": "empty"}, "message": "Где?", "fields": ["q_phone"]}
    ]
    first = through_the_editor(help_json(steps=steps, rules=rules))
    asked = {field["label"]: field["key"] for step in first["steps"] for field in step["fields"]}
    assert first["rules"][0]["fields"] == [asked["Телефон"]]
    assert f"Своими словами, {{{asked['Как вас зовут']}|заявитель}}" in asked
    assert through_the_editor(first) == first


@pytest.mark.django_db
def test_a_published_rule_decides() -> None:
    team("Иркутск")
    rules = [
        {"key": "r1", "kind": "route", "if": {"q": "q_relation", "op": "eq", "v": "c_parent"}, "team": "Иркутск"},
        {"key": "r2", "kind": "urgency", "if": {"q": "q_phone", "op": "answered"}, "level": 3},
    ]
    form_page_from_definition(form_index(), "help", help_json(rules=rules))
    _version, definition = versions.current("help")  # type: ignore[misc]
    wanted = Definition.from_json(help_json())
    keys = dict(zip((f.key for f in wanted.fields), (f.key for f in definition.fields), strict=True))
    parent = definition.first_of("choice").options["choices"][1]["key"]  # type: ignore[union-attr]
    answers = {keys[key]: value for key, value in help_answers().items()} | {keys["q_relation"]: parent}
    assert decided.route(definition, answers) == "Иркутск"
    assert decided.urgency(definition, answers) == 3


@pytest.mark.django_db
def test_what_is_wrong_stands_at_its_block() -> None:
    rules = [
        {"key": "r1", "kind": "topic", "if": CONDITION, "label": "Дети"},
        {"key": "r2", "kind": "stop", "if": CONDITION, "message": "Увы", "hard": True, "step": "s_gone"},
        {"key": "r3", "kind": "check", "if": {"q": "q_gone", "op": "answered"}, "message": "", "fields": ["q_gone"]},
        {"key": "r4", "kind": "route", "if": CONDITION, "team": "Нет такой"},
    ]
    page = FormPage(slug="help", **page_fields(Definition.from_json(help_json(steps=STEPS, rules=rules)), "seed"))
    page.team = "И такой"
    sorted_out = gate.by_page_field(gate.problems_of(page))
    assert set(sorted_out) == {"rules", "team"}
    error = gate.nest(page.rules.stream_block, page.rules, sorted_out["rules"])
    blocks = {number: set(inner.block_errors) for number, inner in error.block_errors.items()}
    assert blocks == {1: {"link", "more"}, 2: {"when", "message", "questions"}, 3: {"team"}}
    assert not error.non_block_errors


@pytest.mark.django_db
def test_a_rule_without_a_condition_is_told_at_it() -> None:
    rules = [{"key": "r1", "kind": "topic", "if": CONDITION, "label": "Дети"}]
    page = FormPage(slug="help", **page_fields(Definition.from_json(help_json(steps=STEPS, rules=rules)), "seed"))
    page.rules[0].value["when"] = None
    error = gate.nest(page.rules.stream_block, page.rules, gate.by_page_field(gate.problems_of(page))["rules"])
    assert set(error.block_errors[0].block_errors) == {"when"}
