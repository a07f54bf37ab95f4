"""One and several answers: «другое», «ничего из этого», choices cut by earlier answers and drawn from rows."""

from typing import Any

import pytest

from forms.definitions import fields

from .asking import asking, clean, config, display, refused

CHOICES = [{"key": "c_a", "label": "Один"}, {"key": "c_b", "label": "Два"}, {"key": "c_c", "label": "Три"}]


def one(**options: Any) -> Any:
    return asking("choice", **({"choices": CHOICES} | options))


def many(required: bool = True, **options: Any) -> Any:
    return asking("multiple_choice", required, **({"choices": CHOICES} | options))


def test_a_plain_choice_stays_a_key() -> None:
    assert clean(one(), "c_a") == "c_a"
    assert clean(one(other=True), "c_a") == "c_a"
    assert clean(one(other=True), {"choice": "c_a", "other": "забытое"}) == "c_a"
    refused(one(), "other")
    refused(one(), {"choice": "other", "other": "своё"})


def test_words_of_ones_own() -> None:
    question = one(other=True, other_label="Иное")
    value = clean(question, {"choice": "other", "other": "  тётя "})
    assert value == {"choice": "other", "other": "тётя"}
    assert display(question, value) == "Иное: тётя"
    assert fields.get("choice").column(question, value) == "Иное: тётя"
    assert fields.get("choice").export(question, value) == [("Вопрос", "Иное"), ("Вопрос: Иное", "тётя")]
    assert fields.get("choice").export(question, None) == [("Вопрос", ""), ("Вопрос: Иное", "")]
    for raw in (
        "other",
        {"choice": "other", "other": " "},
        {"choice": "other", "other": "я" * 201},
        {"choice": "other", "other": 5},
    ):
        refused(question, raw)


@pytest.mark.parametrize("style", ["radio", "list"])
def test_the_inputs_of_other(style: str) -> None:
    widget: Any = fields.get("choice").widget(one(other=True, display=style))
    assert widget.value_from_datadict({"q": "other", "q_other": "тётя"}, {}, "q") == {
        "choice": "other",
        "other": "тётя",
    }
    assert widget.value_from_datadict({"q": "c_a", "q_other": "тётя"}, {}, "q") == "c_a"
    assert widget.input_names("q") == ["q", "q_other"]
    assert 'value="other"' in widget.render("q", {"choice": "other", "other": "тётя"})


def test_several_are_kept_in_the_order_of_the_list() -> None:
    assert clean(many(), ["c_b", "c_a", "c_b"]) == ["c_a", "c_b"]
    assert clean(many(), "c_b") == ["c_b"]
    assert clean(many(False), []) is None
    for raw in (["c_x"], [1], [["c_a"]], {"c_a": 1}, "c_x", 5):
        refused(many(), raw)


def test_how_many() -> None:
    question = many(min=2, max=2)
    assert clean(question, ["c_a", "c_b"]) == ["c_a", "c_b"]
    assert "не меньше: 2 ответа" in refused(question, ["c_a"]).messages[0]
    assert "не больше: 2 ответа" in refused(question, ["c_a", "c_b", "c_c"]).messages[0]
    assert fields.get("multiple_choice").json_schema(question)["minItems"] == 2


def test_none_of_these_excludes_the_others() -> None:
    question = many(none=True, min=2)
    assert clean(question, ["none"]) == ["none"]
    assert "Ничего из этого" in refused(question, ["c_a", "none"]).messages[0]
    assert display(question, ["none"]) == "Ничего из этого"
    assert display(many(none="Всё есть"), ["none"]) == "Всё есть"
    refused(many(), ["none"])


def test_one_column_a_choice() -> None:
    titles_and_texts = fields.get("multiple_choice").export(many(), ["c_b"])
    assert titles_and_texts == [("Вопрос: Один", ""), ("Вопрос: Два", "да"), ("Вопрос: Три", "")]


def test_choices_cut_by_an_earlier_answer() -> None:
    cut = {"c_a": {"q": "q_x", "op": "eq", "v": "yes"}}
    for question in (one(choices_if=cut), many(choices_if=cut)):
        assert "c_a" in clean(question, "c_a", {"q_x": "yes"})
        refused(question, "c_a", {"q_x": "no"})
        assert "c_b" in clean(question, "c_b", {})
        settled = fields.settle(question, {})
        assert [key for key, _label in fields.get(question.type).choices(settled)] == ["c_b", "c_c"]
        assert fields.settle(settled, {}) is settled
        assert list(fields.get(question.type).refers(question)) == ["q_x"]


def test_choices_drawn_from_rows() -> None:
    rows = [
        {"id": "r1", "q_n": {"last": "Иванова", "first": "Аня"}},
        {"id": "r2", "q_n": "Пётр"},
        {"id": "r3"},
        {"q_n": "без номера"},
    ]
    question = asking("multiple_choice", choices_from_rows={"group": "q_rows", "label": "q_n"})
    assert clean(question, ["r2"], {"q_rows": rows}) == ["r2"]
    settled = fields.settle(question, {"q_rows": rows})
    assert fields.get("multiple_choice").display_list(settled, ["r1", "r2", "r3"]) == [
        "Иванова Аня",
        "Пётр",
        "Строка 3",
    ]
    refused(question, ["r9"], {"q_rows": rows})
    assert list(fields.get("multiple_choice").refers(question)) == ["q_rows"]


def test_where_nothing_is_left_to_choose_nothing_is_asked() -> None:
    question = asking("multiple_choice", choices_from_rows={"group": "q_rows", "label": "q_n"}, min=1)
    given: list[dict[str, Any]] = [{}, {"q_rows": []}, {"q_rows": "x"}, {"q_rows": [5]}]
    for answers in given:
        assert clean(question, None, answers) is None
        assert fields.settle(question, answers).required is False


def test_options() -> None:
    good = [
        one(),
        one(other=True),
        many(none=True, min=1, max=2),
        one(choices_if={"c_a": {"q": "q_x", "op": "answered"}}),
    ]
    good.append(asking("multiple_choice", choices_from_rows={"group": "q_rows", "label": "q_n"}, max=3))
    assert not any(config(question) for question in good)
    other = [*CHOICES, {"key": "other", "label": "Другое"}]
    bad = [
        *(one(choices=other, other=True), one(choices=CHOICES[:1]), one(choices_if={"c_x": None}), one(choices_if=[])),
        *(one(choices_if={"c_a": {"op": "eq"}}), many(min=4), many(min=2, max=1), many(max=0), many(none=5)),
        *(one(choices=[*CHOICES, CHOICES[0]]), many(other=True), one(min=1), one(choices_from_rows={"group": "g"})),
        *(many(choices_from_rows={"group": "q_rows", "label": "q_n"}), one(other="да"), one(display="кнопки")),
    ]
    assert all(config(question) for question in bad)
    assert not config(one(choices=other))
