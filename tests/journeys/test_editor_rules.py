"""The editor of forms: a family, ages that are worked out, and what follows from them, all picked from lists."""

from typing import Any

import pytest
from playwright.sync_api import expect

from forms.definitions import rules as decided
from forms.definitions import versions
from tests.factories.applications import team
from tests.factories.forms import form_page
from tests.journeys.publishing import PATIENCE, publish

pytestmark = pytest.mark.browser

READY = "document.getElementById('steps-root')?.rootBlock && document.getElementById('rules-root')?.rootBlock"
ADD = """([stream, type]) => {
  const block = (name) => document.getElementById(`${name}-root`).rootBlock;
  const questions = (child) => child.block.childBlocks.questions;
  let target = stream === "rules" ? block("rules") : questions(block("steps").children[1]);
  if (stream === "row") target = questions(target.children[target.children.length - 1]);
  target._onRequestInsert(target.children.length, { type });
  const prefix = target.children[target.children.length - 1].prefix;
  // After Wagtail's own timer, by which the new block takes the focus.
  return new Promise((resolve) => setTimeout(() => resolve(prefix), 30));
}"""


class Editor:
    """The form «help» open for editing."""

    def __init__(self, page: Any, form: Any) -> None:
        self.page, self.form = page, form

    def add(self, stream: str, kind: str, label: str = "") -> str:
        """A new question in the second step, in the row of its last question, or a rule; gives its prefix."""
        prefix = self.page.evaluate(ADD, [stream, kind])
        if label:
            self.page.locator(f"[name='{prefix}-value-label']").fill(label)
        return prefix

    def picker(self, prefix: str, name: str) -> Any:
        """A picker of a block."""
        return self.page.locator(f".q-cond:has([name='{prefix}-value-{name}'])")

    def tab(self, name: str) -> None:
        """Another tab of the editor."""
        self.page.get_by_role("tab", name=name).click()


@pytest.fixture
def editor(page: Any, person: Any, sign_in_browser: Any, grant_page_rights: Any) -> Editor:
    """The editor of forms with the published form «help» open for editing."""
    team("Иркутск")
    form = form_page()
    grant_page_rights()
    sign_in_browser(page, person("formeditor"))
    page.goto(f"/admin/pages/{form.pk}/edit/")
    page.wait_for_function(READY, timeout=PATIENCE)
    return Editor(page, form)


def sound(editor: Editor, axe: Any) -> None:
    """Axe finds nothing in the open pickers, in a window so high that head and foot lie over no control."""
    before = editor.page.viewport_size
    editor.page.set_viewport_size(before | {"height": 8000})
    axe(editor.page, include=".q-cond:has(fieldset)")
    editor.page.set_viewport_size(before)


def family(editor: Editor) -> dict[str, str]:
    """A group of children with a computed age in each row; prefixes by name."""
    group = editor.add("step", "group", "Дети")
    editor.page.locator(f"[name='{group}-value-required']").uncheck()
    editor.add("row", "short_text", "Имя")
    editor.add("row", "birth_date", "Дата рождения")
    age = editor.add("row", "computed", "Возраст")
    return {"group": group, "age": age}


def compute(editor: Editor, prefix: str, function: str) -> Any:
    """Open the picker of a computed question and choose a function; gives the picker."""
    picker = editor.picker(prefix, "expr")
    what = picker.get_by_label("Что посчитать", exact=True)
    press(picker.get_by_role("button", name="Выберите, что посчитать"), what)
    what.select_option(label=function)
    return picker


def press(button: Any, drawn: Any) -> None:
    """Press a button of a picker; again, as a person would, where the page moved under the pointer in between."""
    button.click()
    try:
        expect(drawn).to_be_visible(timeout=5_000)
    except AssertionError:
        button.click()
        expect(drawn).to_be_visible(timeout=PATIENCE)


def add_condition(picker: Any) -> None:
    """«Добавить условие» in an open picker that has none yet."""
    press(picker.get_by_role("button", name="Добавить условие"), picker.get_by_label("Вопрос", exact=True).first)


def has_minor(picker: Any) -> None:
    """Build «есть ребёнок младше 18» in an open picker of conditions."""
    add_condition(picker)
    picker.get_by_label("Вопрос", exact=True).select_option(label="Дети")
    where = picker.locator(".q-where")
    where.get_by_label("Вопрос", exact=True).select_option(label="Возраст")
    where.get_by_label("Сравнение", exact=True).select_option(label="меньше")
    where.get_by_label("Ответ", exact=True).fill("18")


def says(picker: Any, sentence: str) -> None:
    """The picker reads so."""
    expect(picker.locator(".q-cond__say")).to_have_text(sentence, timeout=PATIENCE)


def rule(editor: Editor, kind: str) -> tuple[str, Any]:
    """A new rule with its picker open."""
    prefix = editor.add("rules", kind)
    picker = editor.picker(prefix, "when")
    press(picker.locator(".q-cond__say"), picker.locator(".q-cond__panel"))
    return prefix, picker


def is_daughter(picker: Any) -> None:
    """The condition «Кем вы приходитесь — сын или дочь» in an open picker."""
    add_condition(picker)
    picker.get_by_label("Вопрос", exact=True).select_option(label="Кем вы приходитесь участнику")
    picker.get_by_label("Ответ", exact=True).select_option(label="Сын или дочь")


def fill(editor: Editor, prefix: str, **values: str) -> None:
    """Fill settings of a block."""
    for name, value in values.items():
        editor.page.locator(f"[name='{prefix}-value-{name}']").fill(value)


def test_a_form_for_families_is_built_published_and_stops_whom_it_does_not_suit(
    editor: Editor, axe: Any, new_page: Any
) -> None:
    places = family(editor)
    says(compute(editor, places["age"], "возраст, полных лет"), AGE)
    school = editor.add("step", "short_text", "Где учится ребёнок")
    shown = editor.picker(school, "show_if")
    shown.get_by_role("button", name="Показывать всегда").click()
    has_minor(shown)
    says(shown, MINOR)
    editor.tab("Правила")
    stop, picker = rule(editor, "stop")
    is_daughter(picker)
    fill(editor, stop, message="Вам поможет другая форма", link="/measures/", link_text="Меры поддержки")
    editor.page.locator(f"[name='{stop}-value-hard']").check()
    check, picker = rule(editor, "check")
    add_condition(picker)
    picker.get_by_label("Вопрос", exact=True).select_option(label="Дети")
    picker.get_by_label("Сравнение", exact=True).first.select_option(label="записей")
    picker.get_by_role("button", name="Убрать группу условий").click()
    picker.get_by_label("Как сравнить число записей").select_option(label="больше")
    picker.get_by_label("Сколько записей").fill("9")
    says(picker, "Ошибка, если „Дети“ — записей больше 9")
    fill(editor, check, message="Больше девяти детей здесь не указать: позвоните нам")
    shown_at = editor.page.locator(f"[data-contentpath='questions']:has([name='{check}-value-questions-count'])").last
    shown_at.get_by_role("button", name="Добавить").last.click()
    shown_at.get_by_label("У какого вопроса показать").select_option(label="Дети")
    route, picker = rule(editor, "route")
    has_minor(picker)
    editor.page.locator(f"[name='{route}-value-team']").select_option(label="Иркутск")
    urgency, picker = rule(editor, "urgency")
    has_minor(picker)
    editor.page.locator(f"[name='{urgency}-value-level']").select_option(label="сразу")
    sound(editor, axe)
    publish(editor.page, editor.form.pk)
    _version, definition = versions.current("help")  # type: ignore[misc]
    assert_decides(definition)
    meets_the_stop(new_page(width=360), axe)


MINOR = "Показывать, если „Дети“ — есть запись, где „Возраст“ — меньше 18"
AGE = "Вычисляется: возраст по дате „Дата рождения“ на сегодня"


def assert_decides(definition: Any) -> None:
    """What was built decides as it reads."""
    children = definition.first_of("group")
    named = {field.label: field.key for field in (*definition.fields, *children.fields)}
    relation = definition.field(named["Кем вы приходитесь участнику"])
    parent, child = (relation.options["choices"][n]["key"] for n in (1, 2))
    row = {"id": "r1", named["Имя"]: "Аня", named["Дата рождения"]: "2015-05-05"}
    young = {named["Кем вы приходитесь участнику"]: parent, named["Дети"]: [row]}
    grown = young | {named["Дети"]: [row | {named["Дата рождения"]: "1980-05-05"}]}
    assert (decided.route(definition, young), decided.urgency(definition, young)) == ("Иркутск", 3)
    assert (decided.route(definition, grown), decided.urgency(definition, grown)) == (None, 0)
    assert decided.hard_stop(definition, young) is None
    stop = decided.hard_stop(definition, young | {relation.key: child})
    assert stop is not None and stop.link == "/measures/"
    crowd = [row | {"id": f"r{number}"} for number in range(10)]
    (failed,) = decided.failed_checks(definition, young | {named["Дети"]: crowd})
    assert failed.fields == (named["Дети"],)


def meets_the_stop(visitor: Any, axe: Any) -> None:
    """An applicant whom the form does not suit is told so, and where help is."""
    visitor.goto("/forms/help/")
    visitor.get_by_role("link", name="Начать").click()
    for label, words in (("Фамилия", "Иванова"), ("Имя", "Мария"), ("Телефон", "+7 900 000-00-00")):
        visitor.get_by_label(label, exact=True).fill(words)
    visitor.get_by_label("Где живёте").select_option("irkutsk")
    visitor.get_by_role("button", name="Продолжить", exact=True).click()
    visitor.get_by_label("Сын или дочь").check()
    visitor.get_by_role("button", name="Продолжить", exact=True).click()
    expect(visitor.get_by_text("Вам поможет другая форма")).to_be_visible(timeout=PATIENCE)
    expect(visitor.get_by_role("link", name="Меры поддержки").last).to_have_attribute("href", "/measures/")
    axe(visitor)


def focused(page: Any) -> str:
    """The place in its picker of the control that has the focus."""
    return page.evaluate("document.activeElement.dataset.key || document.activeElement.className")


def keys(page: Any, *pressed: str) -> None:
    """Press keys one after the other."""
    for key in pressed:
        page.keyboard.press(key)


def test_an_age_and_a_row_condition_are_built_with_the_keyboard_alone(editor: Editor) -> None:
    places, page = family(editor), editor.page
    picker = editor.picker(places["age"], "expr")
    picker.locator(".q-cond__say").focus()
    keys(page, "Enter")
    assert focused(page) == "fn"
    keys(page, "ArrowDown", "ArrowDown", "ArrowUp")
    assert focused(page) == "fn"
    says(picker, AGE)
    keys(page, "Tab", "Tab", "ArrowDown")
    assert focused(page) == "1:of"
    keys(page, "ArrowUp", "Escape")
    assert focused(page) == "q-cond__say"
    says(picker, AGE)
    school = editor.add("step", "short_text", "Где учится ребёнок")
    shown = editor.picker(school, "show_if")
    shown.locator(".q-cond__say").focus()
    keys(page, "Enter", "Enter")
    assert focused(page) == "0:q"
    keys(page, "End")
    assert focused(page) == "0:q"
    keys(page, "Tab", "Tab", "Tab", "Tab", "Tab")
    assert focused(page) == "0:w:0:q"
    keys(page, "ArrowDown", "ArrowDown", "Tab", "ArrowDown", "ArrowDown", "Tab", "1", "8")
    says(shown, MINOR)
    keys(page, "Tab", "Enter")
    says(shown, "Показывать, если „Дети“ — есть запись, где „Имя“ — есть ответ")


def test_computations_and_choices_that_depend_are_picked_and_published(editor: Editor, axe: Any) -> None:
    compute(editor, family(editor)["age"], "возраст, полных лет")
    page = editor.page
    total = editor.add("step", "computed", "Сколько младших")
    picker = compute(editor, total, "сколько записей в списке")
    picker.get_by_role("button", name="Считать только записи").click()
    picker.get_by_label("Вопрос", exact=True).select_option(label="Дата рождения")
    picker.get_by_label("Сравнение", exact=True).select_option(label="возраст не больше")
    picker.get_by_label("Сколько полных лет").fill("17")
    says(picker, "Вычисляется: сколько записей в списке „Дети“, где „Дата рождения“ — возраст не больше 17 лет")
    deadline = editor.add("step", "computed", "Когда ответим")
    picker = compute(editor, deadline, "дату через какое-то время")
    picker.get_by_label("От какого дня").select_option(label="сегодня")
    picker.get_by_label("Число").fill("30")
    says(picker, "Вычисляется: сегодня + 30 дней")
    share = editor.add("step", "computed", "Половина")
    picker = compute(editor, share, "умножение")
    picker.get_by_label("Что взять").first.select_option(label="Сколько младших")
    picker.get_by_label("Что взять").last.select_option(label="число")
    picker.get_by_label("Число").fill("0,5")
    says(picker, "Вычисляется: „Сколько младших“ × 0,5")
    school = editor.add("step", "choice", "Какая школа нужна")
    for words in ("Рядом с домом", "С продлёнкой"):
        add_choice(editor, school, words)
    cuts = editor.picker(school, "more-choices_if")
    page.locator(f"[id='block_group-{school}-value-more-section'] .w-panel__toggle").click()
    cuts.get_by_role("button", name="Все варианты показаны всегда").click()
    second = cuts.get_by_role("group", name="„С продлёнкой“")
    second.get_by_role("button", name="Добавить условие").click()
    second.get_by_label("Вопрос", exact=True).select_option(label="Сколько младших")
    second.get_by_label("Сравнение", exact=True).select_option(label="больше")
    second.get_by_label("Ответ", exact=True).fill("0")
    says(cuts, "„С продлёнкой“ — если „Сколько младших“ — больше 0")
    sound(editor, axe)
    publish(page, editor.form.pk)
    _version, definition = versions.current("help")  # type: ignore[misc]
    named = {field.label: field for field in definition.all_fields}
    born = {"q": named["Дата рождения"].key, "op": "age_at_most", "v": 17}
    assert named["Сколько младших"].options["expr"] == {
        "fn": "count",
        "of": [{"rows": named["Дети"].key, "where": {"op": "all", "of": [born]}}],
    }
    assert named["Когда ответим"].options["expr"] == {"fn": "date_plus", "of": [{"today": 0}, {"v": 30}]}
    assert named["Половина"].options["expr"] == {"fn": "mul", "of": [{"q": named["Сколько младших"].key}, {"v": 0.5}]}
    choices = named["Какая школа нужна"].options
    assert list(choices["choices_if"]) == [choices["choices"][1]["key"]]


def add_choice(editor: Editor, prefix: str, words: str) -> None:
    """One more answer of a question with choices."""
    items = editor.page.locator(f"[data-contentpath='choices']:has([name='{prefix}-value-choices-count'])").last
    items.get_by_role("button", name="Добавить").last.click()
    items.locator("input[type=text]").last.fill(words)


def test_an_earlier_answer_is_put_into_words(editor: Editor, axe: Any) -> None:
    page = editor.page
    prefix = editor.add("step", "short_text", "Кто поможет, ")
    field = page.locator(f"[name='{prefix}-value-label']")
    field.focus()
    keys(page, "End", "{")
    place = page.get_by_role("group", name="Вставить ответ")
    place.get_by_label("Вопрос", exact=True).select_option(label="Как вас зовут")
    axe(page, include=".q-place")
    place.get_by_role("button", name="Вставить").press("Enter")
    expect(place).to_have_count(0)
    page.keyboard.insert_text("заявитель")
    publish(page, editor.form.pk)
    _version, definition = versions.current("help")  # type: ignore[misc]
    name = definition.first_of("full_name")
    assert f"Кто поможет, {{{name.key}|заявитель}}" in {field.label for field in definition.fields}
