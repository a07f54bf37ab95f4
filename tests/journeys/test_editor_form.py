"""The editor of forms: changes a question and publishes; builds a condition without typing a key."""

import pytest

from forms.applications import actions
from forms.build.models import FormPage
from forms.definitions import versions
from tests.factories.applications import team
from tests.factories.forms import answers_by_key, form_page
from tests.journeys.publishing import press_publish, publish

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(page, person, sign_in_browser, grant_page_rights):
    """The editor of forms with the published form «help» open for editing."""

    form = form_page()
    grant_page_rights()
    sign_in_browser(page, person("formeditor"))
    page.goto(f"/admin/pages/{form.pk}/edit/")
    page.wait_for_function("document.getElementById('steps-root')?.rootBlock")
    page.form = form
    return page


def block_id(editor, label: str) -> str:
    """The block id of a question that the editor shows."""
    blocks = FormPage.objects.get(pk=editor.form.pk).steps.get_prep_value()
    return next(q["id"] for step in blocks for q in step["value"]["questions"] if q["value"]["label"] == label)


def unfold(editor, label: str):
    """Unfold a question; gives its section."""
    section = editor.locator(f"[id='block-{block_id(editor, label)}-section']")
    section.locator(".w-panel__toggle").first.click()
    return section


def test_an_editor_renames_a_question_and_an_old_application_keeps_its_words(editor, new_page) -> None:
    old = versions.latest("help")
    team("Иркутск")
    sent = actions.submit_answers(old, answers_by_key(old), 1, "api", "before the change")
    unfold(editor, "Телефон").locator("[data-contentpath='label'] input").fill("Номер, по которому вас найти")
    publish(editor, editor.form.pk)
    version, definition = versions.current("help")
    assert version.number == 2
    assert version.published_by.username == "formeditor"
    phone, phone_before = definition.first_of("phone"), versions.definition_of(old.pk).first_of("phone")
    assert (phone.label, phone_before.label) == ("Номер, по которому вас найти", "Телефон")
    assert phone.key == phone_before.key
    visitor = new_page(width=360)
    visitor.goto("/forms/help/")
    visitor.get_by_role("link", name="Начать").click()
    visitor.get_by_label("Номер, по которому вас найти").wait_for()
    sent.refresh_from_db()
    assert sent.form_version_id == old.pk


def test_an_editor_builds_a_condition_by_picking(editor, axe) -> None:
    section = unfold(editor, "Когда удобно говорить")
    section.get_by_role("button", name="Показывать всегда").click()
    section.get_by_role("button", name="Добавить условие").click()
    section.get_by_label("Ответ", exact=True).select_option(label="Мать или отец")
    section.get_by_role("button", name="Добавить условие").click()
    section.locator(".q-rule").nth(1).get_by_label("Вопрос", exact=True).select_option(label="Телефон")
    sentence = "Показывать, если „Кем вы приходитесь участнику“ — это „Мать или отец“ и „Телефон“ — есть ответ"
    section.get_by_role("button", name=sentence).wait_for()
    axe(editor, include=".q-cond:has(fieldset)")
    publish(editor, editor.form.pk)
    _version, definition = versions.current("help")
    field = next(field for field in definition.fields if field.label == "Когда удобно говорить")
    relation = definition.first_of("choice")
    assert field.show_if == {
        "op": "all",
        "of": [
            {"q": relation.key, "op": "eq", "v": relation.options["choices"][1]["key"]},
            {"q": definition.first_of("phone").key, "op": "answered"},
        ],
    }


def test_comparisons_fit_the_question(editor, axe) -> None:
    section = unfold(editor, "Своими словами")
    section.get_by_role("button", name="Показывать всегда").click()
    section.get_by_role("button", name="Добавить условие").click()
    rows = section.locator(".q-rule")
    rows.nth(0).get_by_label("Сравнение", exact=True).select_option(label="отмечено хотя бы одно из")
    rows.nth(0).get_by_label("юрист").check()
    rows.nth(0).get_by_label("деньги и выплаты").press("Space")
    for number in (1, 2, 3):
        section.get_by_role("button", name="Добавить условие").click()
        born = rows.nth(number).get_by_label("Вопрос", exact=True)
        born.select_option(label="Телефон" if number == 3 else "Когда родился младший ребёнок")
    rows.nth(1).get_by_label("Сравнение", exact=True).select_option(label="возраст не больше")
    rows.nth(1).get_by_label("Сколько полных лет").press_sequentially("3")
    rows.nth(2).get_by_label("С чем сравнить").select_option(label="сегодня")
    rows.nth(2).get_by_label("Сколько прибавить").fill("-2")
    rows.nth(2).get_by_label("Чего прибавить").select_option(label="месяцев")
    rows.nth(3).get_by_label("Сравнение", exact=True).select_option(label="содержит")
    rows.nth(3).get_by_label("Ответ", exact=True).fill("914")
    rows.nth(3).get_by_label("Ответ", exact=True).press("Enter")
    sentence = (
        "Показывать, если „Темы“ — отмечено хотя бы одно из „юрист“, „деньги и выплаты“ и "
        "„Когда родился младший ребёнок“ — возраст не больше 3 лет и "
        "„Когда родился младший ребёнок“ — раньше сегодня − 2 месяца и „Телефон“ — содержит „914“"
    )
    section.get_by_role("button", name=sentence).wait_for()
    axe(editor, include=".q-cond:has(fieldset)")
    publish(editor, editor.form.pk)
    _version, definition = versions.current("help")
    topics, born = definition.first_of("multiple_choice"), definition.first_of("date")
    keys = [choice["key"] for choice in topics.options["choices"]]
    assert definition.first_of("long_text").show_if["of"] == [
        {"q": topics.key, "op": "in", "v": keys[1:]},
        {"q": born.key, "op": "age_at_most", "v": 3},
        {"q": born.key, "op": "before", "to": {"today": -2, "unit": "months"}},
        {"q": definition.first_of("phone").key, "op": "contains", "v": "914"},
    ]


ADD = """([stream, type]) => {
  const steps = document.getElementById("steps-root").rootBlock;
  const questions = (block) => block.block.childBlocks.questions;
  let target = questions(steps.children[1]);
  if (stream === "row") target = questions(target.children[target.children.length - 1]);
  target._onRequestInsert(target.children.length, { type });
  return target.children[target.children.length - 1].prefix;
}"""


def test_a_condition_in_a_row_asks_the_row(editor, axe) -> None:
    places = [
        editor.evaluate(ADD, where) for where in (["step", "group"], ["row", "birth_date"], ["row", "short_text"])
    ]
    group, born, school = (editor.locator(f"[name='{place}-value-label']") for place in places)
    for words, field in (("Дети", group), ("Когда родился", born), ("Где учится", school)):
        field.fill(words)
    picker = editor.locator(f".q-cond:has([name='{places[2]}-value-show_if'])")
    picker.get_by_role("button", name="Показывать всегда").click()
    picker.get_by_role("button", name="Добавить условие").click()
    offered = picker.get_by_label("Вопрос", exact=True)
    assert "Дети" not in offered.inner_text()
    offered.select_option(label="Когда родился")
    picker.get_by_label("Сравнение", exact=True).select_option(label="возраст не меньше")
    picker.get_by_label("Сколько полных лет").fill("7")
    picker.get_by_role("button", name="Показывать, если „Когда родился“ — возраст не меньше 7 лет").wait_for()
    axe(editor, include=".q-cond:has(fieldset)")
    publish(editor, editor.form.pk)
    _version, definition = versions.current("help")
    children = definition.first_of("group")
    assert [field.label for field in children.fields] == ["Когда родился", "Где учится"]
    assert children.fields[1].show_if["of"] == [{"q": children.fields[0].key, "op": "age_at_least", "v": 7}]


def test_an_answer_says_how_many_rows(editor, axe) -> None:
    wanted = (["step", "whole_number"], ["step", "group"], ["row", "short_text"])
    places = [editor.evaluate(ADD, each) for each in wanted]
    for place, words in zip(places, ("Сколько детей", "Дети", "Имя"), strict=True):
        editor.locator(f"[name='{place}-value-label']").fill(words)
    how_many = editor.locator(f"[name='{places[1]}-value-more-count_from']")
    editor.locator(f"[data-contentpath='more']:has([name='{places[1]}-value-more-count_from'])").last.get_by_text(
        "Ещё настройки"
    ).last.click()
    how_many.select_option(label="Сколько детей")
    axe(editor, include=f"[data-contentpath='count_from']:has([name='{places[1]}-value-more-count_from'])")
    publish(editor, editor.form.pk)
    _version, definition = versions.current("help")
    children = definition.first_of("group")
    assert children.options["count_from"] == definition.first_of("whole_number").key


def test_a_copied_step_keeps_the_conditions_between_its_own_questions(editor) -> None:
    editor.evaluate("document.getElementById('steps-root').rootBlock.duplicateBlock(1)")
    state = editor.evaluate("document.getElementById('steps-root').rootBlock.getState()")
    original, copy = state[1]["value"]["questions"], state[2]["value"]["questions"]
    assert copy[1]["value"]["show_if"]["q"] == copy[0]["id"] != original[0]["id"]
    assert copy[1]["value"]["show_if"]["v"] == copy[0]["value"]["choices"][0]["id"]


def test_a_broken_form_is_refused_at_its_block(editor) -> None:
    unfold(editor, "Телефон").locator("[data-contentpath='label'] input").fill("")
    press_publish(editor)
    section = editor.locator(f"[id='block-{block_id(editor, 'Телефон')}-section']")
    section.get_by_text("Напишите вопрос").wait_for()
    assert versions.latest("help").number == 1
