"""What happens after sending, in a browser: asked, corrected, answered, withdrawn; without a script, and before axe."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from forms.applications import actions, asking, codes
from forms.applications.models import Application, Upload
from tests.factories import applications as make
from tests.factories import definitions, uploads

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def reviewer(person: Callable[..., Any]) -> Any:
    user = person("reviewer", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    return user


@pytest.fixture
def application(live_server: Any, reviewer: Any) -> Application:
    """In the work of the reviewer, with a paper that was promised."""
    papers = {"types": ["image", "pdf"], "papers": [{"key": "p_birth", "label": "Свидетельство о рождении"}]}
    document = definitions.help_json()
    document["steps"][0]["fields"].append(definitions.question("q_papers", "file", "Документы", options=papers))
    version = definitions.published_form(steps=document["steps"])
    make.team("Иркутск")
    answers = definitions.help_answers(q_papers={"papers": {"p_birth": {"how": "later"}}})
    application = actions.submit_answers(version, answers, 1, "site", "some key")
    return actions.take(application.pk, reviewer, 1)


def _open(page: Any, application: Application) -> None:
    page.goto("/requests/")
    page.fill("#id_number", application.public_number)
    page.fill("#id_code", codes.code_for(application))
    page.get_by_role("button", name="Посмотреть").click()
    page.get_by_role("heading", name="Как движется заявка").wait_for()


def _states(page: Any, application: Application) -> Iterator[str]:
    """Walk through every screen behind the pass and stop at each."""
    asked = {"q_phone": "Не дозвонились по этому номеру.", "q_topics": "Нужна ли ещё и выплата?"}
    user = application.assignee
    application = asking.ask(application.pk, user, application.version, text="Проверьте, пожалуйста.", asked=asked)
    _open(page, application)
    yield "asked"
    page.fill("#id_q_phone", "12")
    page.locator("#id_text").fill("Прошу прощения.")
    page.get_by_role("button", name="Отправить ответ").click()
    page.locator(".oops").wait_for()
    yield "wrong answer"
    page.fill("#id_q_phone", "8 900 111-22-33")
    page.get_by_label("деньги и выплаты").check()
    page.get_by_role("button", name="Отправить ответ").click()
    page.locator("#id_q_debts").wait_for()
    yield "a question appeared"
    page.fill("#id_q_debts", "за сентябрь")
    page.get_by_role("button", name="Отправить ответ").click()
    page.get_by_text("Ваш ответ получен. Специалист увидит").wait_for()
    yield "answered"
    page.get_by_role("link", name="Написать специалисту").click()
    yield "letter"
    page.get_by_role("button", name="Отправить").click()
    page.locator(".oops").wait_for()
    yield "letter, wrong"
    page.goto("/requests/papers/")
    yield "papers"
    page.get_by_role("button", name="Отправить").click()
    page.locator(".oops").wait_for()
    yield "papers, wrong"
    for name in ("data", "slip", "consent", "withdraw"):
        page.goto(f"/requests/{name}/")
        yield name
    page.get_by_label("Почему отзываете").fill("Уже помогли")
    page.get_by_role("button", name="Отозвать заявку").click()
    page.get_by_role("heading", name="Переписка").wait_for()
    yield "withdrawn"


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    new_page: Any, axe: Any, application: Application, width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    for state in _states(page, application):
        page.mouse.move(0, 0)
        page.wait_for_load_state("load")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), state


def test_all_of_it_without_a_script(new_page: Any, application: Application) -> None:
    page = new_page(width=360, java_script_enabled=False)
    assert list(_states(page, application))[-1] == "withdrawn"
    application.refresh_from_db()
    assert (application.state, application.phone) == ("withdrawn", "+79001112233")
    assert application.sheet.answers["q_debts"] == "за сентябрь"


def test_staff_ask_and_read_the_answer(
    new_page: Any, axe: Any, application: Application, reviewer: Any, sign_in_browser: Any
) -> None:
    office, home = new_page(), new_page(width=360)
    sign_in_browser(office, reviewer)
    office.goto(f"/admin/queue/{application.pk}/")
    office.get_by_role("link", name="Спросить заявителя").click()
    office.get_by_label("Попросить исправить ответы").check()
    office.get_by_role("checkbox", name="Телефон").check()
    office.get_by_label("Что поправить: Телефон").fill("Не дозвонились")
    axe(office)
    office.get_by_role("button", name="Отправить").click()
    office.get_by_text("пауза: ждём").first.wait_for()
    axe(office)
    _open(home, application)
    home.fill("#id_q_phone", "8 900 111-22-33")
    home.get_by_role("button", name="Отправить ответ").click()
    home.get_by_text("Ваш ответ получен. Специалист увидит").wait_for()
    office.goto("/admin/queue/?folder=news")
    axe(office)
    office.get_by_role("link", name="Иванова М. П.").click()
    office.get_by_text("новое от заявителя").wait_for()
    assert office.locator(".q-change ins").inner_text().endswith("111-22-33")
    axe(office)


def test_a_promised_paper_is_sent_from_the_phone(new_page: Any, application: Application) -> None:
    page = new_page(width=360)
    _open(page, application)
    page.get_by_role("link", name="добавить бумаги", exact=True).click()
    assert page.get_by_role("radio", name="Свидетельство о рождении: вы обещали принести").is_checked()
    page.locator("#id_files_files").set_input_files(
        [{"name": "рождение.jpg", "mimeType": "image/jpeg", "buffer": uploads.picture()}]
    )
    page.get_by_role("button", name="Отправить").click()
    page.get_by_text("Бумаги добавлены к заявке.").wait_for()
    assert page.get_by_text("Вы обещали принести").count() == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="рождение.jpg").first.click()
    assert download.value.suggested_filename == "рождение.jpg"


def _file(name: str, content: bytes | None = None) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": uploads.picture() if content is None else content}


def _kept(page: Any, name: str) -> Any:
    """The button that removes a file that waits: the server has it."""
    return page.get_by_role("button", name=f"Убрать файл {name}")


def test_files_of_an_answer_go_up_one_by_one_and_wait_for_it(
    new_page: Any, axe: Any, application: Application, tmp_path: Path
) -> None:
    large = tmp_path / "большое.jpg"
    Image.effect_noise((4000, 3000), 90).convert("RGB").save(large, quality=70)
    asked = {"q_papers": "Пришлите свидетельство.", "q_phone": "Не дозвонились."}
    application = asking.ask(application.pk, application.assignee, application.version, text="Проверьте.", asked=asked)
    page = new_page(width=360)
    _open(page, application)
    page.set_input_files("#id_q_papers_p_birth", str(large))
    _kept(page, "большое.jpg").wait_for()
    assert Upload.objects.get().size < large.stat().st_size, "a large photo is made smaller on the phone"
    expect(page.locator("#id_q_papers_p_birth_now")).to_be_checked()
    page.set_input_files("#id_files_files", [_file("справка.jpg"), _file("вирус.jpg", b"MZ\x90")])
    _kept(page, "справка.jpg").wait_for()
    expect(page.locator(".files .err")).to_contain_text("не подойдёт")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    axe(page)
    # Another visit, on another device: what went up is there.
    other = new_page(width=360)
    _open(other, application)
    expect(_kept(other, "большое.jpg")).to_be_visible()
    expect(_kept(other, "справка.jpg")).to_be_visible()
    page.fill("#id_q_phone", "12")
    page.get_by_role("button", name="Отправить ответ").click()
    page.locator(".oops").wait_for()
    _kept(page, "справка.jpg").click()
    expect(_kept(page, "справка.jpg")).to_have_count(0)
    expect(page.locator("#id_q_phone")).to_have_value("12")
    axe(page)
    page.fill("#id_q_phone", "8 900 111-22-33")
    page.get_by_role("button", name="Отправить ответ").click()
    page.get_by_text("Ваш ответ получен. Специалист увидит").wait_for()
    kept = Upload.objects.get()
    assert (kept.name, kept.application) == ("большое.jpg", application)
    application.sheet.refresh_from_db()
    assert application.sheet.answers["q_papers"]["papers"]["p_birth"] == {"how": "now", "files": [str(kept.pk)]}


def test_a_paper_is_told_at_once_when_it_does_not_fit_and_the_pass_may_end_meanwhile(
    new_page: Any, axe: Any, application: Application
) -> None:
    page = new_page(width=360)
    _open(page, application)
    page.get_by_role("link", name="добавить бумаги", exact=True).click()
    page.get_by_role("heading", name="Добавить бумаги").wait_for()
    # A file that is chosen before the script listens goes with the form, and is not told of at once.
    page.wait_for_load_state("load")
    word = _file("справка.docx", uploads.docx())
    page.set_input_files("#id_files_files", word)
    expect(page.locator(".files .err")).to_contain_text("не подойдёт")
    page.get_by_role("radio", name="Другая бумага").check()
    page.set_input_files("#id_files_files", word)
    _kept(page, "справка.docx").wait_for()
    page.context.clear_cookies(name="request_pass")
    page.set_input_files("#id_files_files", _file("ещё.jpg"))
    expect(page.locator(".files li:has-text('ещё.jpg') .err")).to_contain_text("Войдите по номеру и коду")
    axe(page)
    # What was written goes through the question for number and code and comes back; nothing is sent by it.
    page.get_by_label("Что важно знать об этой бумаге").fill("Копия.\nОригинал принесу.")
    page.get_by_role("button", name="Отправить").click()
    page.get_by_text("То, что вы написали, не пропало").wait_for()
    axe(page)
    page.fill("#id_number", application.public_number)
    page.fill("#id_code", codes.code_for(application))
    page.get_by_role("button", name="Продолжить").click()
    page.get_by_text("Вы снова вошли").wait_for()
    expect(page.get_by_label("Что важно знать об этой бумаге")).to_have_value("Копия.\nОригинал принесу.")
    expect(page.get_by_role("radio", name="Другая бумага")).to_be_checked()
    expect(_kept(page, "справка.docx")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Отправить").click()
    page.get_by_text("Бумаги добавлены к заявке.").wait_for()
    assert Upload.objects.get().application == application


def test_without_a_script_a_file_is_not_chosen_twice(new_page: Any, application: Application) -> None:
    asked = {"q_papers": "Пришлите свидетельство.", "q_phone": "Не дозвонились."}
    application = asking.ask(application.pk, application.assignee, application.version, text="Проверьте.", asked=asked)
    page = new_page(width=360, java_script_enabled=False)
    _open(page, application)
    page.fill("#id_q_phone", "12")
    page.set_input_files("#id_q_papers_p_birth", _file("рождение.jpg"))
    page.get_by_role("button", name="Отправить ответ").click()
    page.locator(".oops").wait_for()
    expect(_kept(page, "рождение.jpg")).to_be_visible()
    page.fill("#id_q_phone", "8 900 111-22-33")
    page.get_by_role("button", name="Отправить ответ").click()
    page.get_by_text("Ваш ответ получен. Специалист увидит").wait_for()
    assert Upload.objects.get().application == application
