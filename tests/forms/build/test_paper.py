"""The paper version: all that is asked of an applicant, nothing of the staff; conditions in words; who may see it."""

import json
from typing import Any

import pytest

from accounts import roles
from forms.build import library
from forms.build.paper import on_paper
from forms.definitions.document import Definition
from forms.definitions.fields import all_types
from tests.factories.definitions import help_json, question
from tests.factories.family import family_json, rule, step
from tests.factories.forms import form_page

pytestmark = pytest.mark.django_db


def blanks(data: dict[str, Any]) -> dict[str, Any]:
    """Every question on paper by its words."""
    return {blank.label: blank for sheet in on_paper(Definition.from_json(data)).sheets for blank in sheet.blanks}


@pytest.mark.parametrize("template", library.all_templates(), ids=lambda template: template.name)
def test_every_template_fits_on_paper(template: Any) -> None:
    definition = template.definition()
    shown = {blank.label for sheet in on_paper(definition).sheets for blank in sheet.blanks}
    assert shown == {field.label for field in definition.fields if not field.staff and field.type != "computed"}


def test_conditions_and_stops_are_words() -> None:
    paper = on_paper(Definition.from_json(family_json()))
    first, family, contact = paper.sheets
    assert [blank.label for blank in first.blanks] == ["О вас", "Кем вы приходитесь", "Как вас зовут", "Доход"]
    assert first.stops == (
        ("«Кем вы приходитесь» — это «Знакомый»", "Форма для родных", ""),
        ("«Доход» больше 90000", "Выплаты может не быть", ""),
    )
    assert family.title == "Семья: заявитель"
    tired = next(blank for blank in family.blanks if blank.label == "Как вы справляетесь")
    assert tired.only_if == "«Детей до 18» не меньше 3"
    assert contact.blanks[2].only_if == "«Сколько придёт» больше 0"


def test_rows_are_blank_and_several() -> None:
    found = blanks(family_json())
    children = found["Дети"].rows
    assert [title for title, _inner in children] == ["Ребёнок 1", "Ребёнок 2", "Ребёнок 3"]
    assert [blank.label for blank in children[0][1]] == ["Имя", "Когда родился ребёнок", "Где учится", "Студент"]
    assert children[0][1][3].needed_if == "«Возраст» меньше 23"
    assert [title for title, _inner in found["О бумагах"].rows] == ["Паспорт", "Свидетельство"]


def test_a_range_reads_as_one() -> None:
    asked = question("q_b", "short_text", "Дальше", show_if={"q": "q_a", "op": "between", "v": [7, 12]})
    found = blanks(help_json(steps=[step("s_a", question("q_a", "whole_number", "Возраст"), asked)]))
    assert found["Дальше"].only_if == "«Возраст» от 7 до 12"


def test_every_type_has_its_place() -> None:
    choices = [{"key": "c_a", "label": "Раз"}, {"key": "c_b", "label": "Два"}]
    options = {"choice": {"choices": choices, "other": True}, "multiple_choice": {"choices": choices}}
    types = [each.name for each in all_types() if each.name not in {"computed", "consent", "group"}]
    asked = [question(f"q_{name}", name, name, options=options.get(name, {})) for name in types]
    found = blanks(help_json(steps=[step("s_a", *asked)]))
    kinds = {name: found[name].kind for name in types}
    assert kinds == kinds | {
        "full_name": "parts", "address": "parts", "phone": "cells", "snils": "cells", "date": "cells",
        "yes_no": "boxes", "choice": "boxes", "multiple_choice": "boxes", "long_text": "lines", "money": "number",
        "file": "papers", "heading": "text", "explanation": "text", "territory": "lines",
    }  # fmt: skip
    assert found["choice"].boxes == ("Раз", "Два") and found["choice"].other == "Другое"
    assert found["multiple_choice"].many
    assert found["full_name"].parts == ("Фамилия", "Имя", "Отчество")


def read(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode().replace("\xa0", " ")


def test_everybody_prints_what_is_published(client: Any) -> None:
    page = form_page()
    page.title = "Черновик"
    page.save_revision()
    html = read(client, "/forms/help/paper/")
    for words in ("Попросить о помощи", "<b>Заполните, если</b> «Темы»", "Согласие и подпись", "Разрешаю обработать"):
        assert words in html, words
    assert "Черновик" not in html
    assert 'href="/forms/help/paper/"' in read(client, "/forms/help/")
    assert not client.get("/forms/help/paper/").cookies
    page.unpublish()
    assert client.get("/forms/help/paper/").status_code == 404
    assert client.get("/forms/nothing/paper/").status_code == 404


def test_an_editor_prints_the_draft(client: Any, signed_in: Any) -> None:
    page = form_page()
    roles.grant_page_rights()
    page.title = "Черновик"
    page.save_revision()
    url = f"/admin/form-build/{page.pk}/paper/"
    assert "Черновик" in read(signed_in("formeditor"), url)
    assert signed_in("press").get(url)["Location"] == "/admin/"
    assert "/admin/login/" in client.get(url)["Location"]


def preview(page: Any, mode: str) -> str:
    return page.make_preview_request(preview_mode=mode).content.decode().replace("\xa0", " ")


def test_previews_say_when_things_appear() -> None:
    page = form_page("family", **family_json(team=None, rules=[]))
    step_modes = [mode for mode, _title in page.preview_modes if mode.startswith("step:")]
    html = preview(page, step_modes[1])
    for words in (
        "Появится, если «Детей до 18» не меньше 3.",
        "Возраст",
        "form_build/step_preview",
        "Семья: заявитель",
    ):
        assert words in html, words
    assert "Проверено" not in preview(page, step_modes[0])
    assert 'type="radio"' in preview(page, step_modes[0]) and 'type="tel"' in preview(page, step_modes[2])
    assert "Заполняет сотрудник" in preview(page, "paper")


def test_a_half_built_form_is_previewed_without_what_is_not_ready() -> None:
    page = form_page()
    raw = page.steps.get_prep_value()
    raw[2]["value"]["questions"][1]["value"]["show_if"] = {"op": "all", "of": [{"q": "", "op": "eq"}]}
    raw.append({"type": "step", "id": "a" * 8 + "-0000-4000-8000-000000000000", "value": {"title": "Новый шаг"}})
    staff = json.loads(json.dumps(raw[0]["value"]["questions"][1]))
    staff["id"] = "b" * 8 + "-0000-4000-8000-000000000000"
    staff["value"]["more"]["staff"] = True
    raw[3]["value"]["questions"] = [staff]
    page.steps = json.dumps(raw)
    assert "Какая выплата" in preview(page, "paper")
    assert "Какая выплата" in preview(page, f"step:{raw[2]['id']}")
    html = preview(page, f"step:{raw[3]['id']}")
    assert "Новый шаг" in html and "он этот шаг не увидит" in html


def test_a_rule_half_built_stops_no_preview() -> None:
    page = form_page("family", **family_json(team=None, rules=[]))
    data = family_json(rules=[rule("r_a", "stop", {"q": "q_who", "op": "answered"}, message="Стоп")])
    assert on_paper(Definition.from_json(data)).sheets[0].stops
    page.rules = json.dumps(
        [{"type": "stop", "id": "c" * 8 + "-0000-4000-8000-000000000000", "value": {"message": "x"}}]
    )
    assert "Заполняет сотрудник" in preview(page, "paper")
