"""Answering, correcting, writing and adding papers on the status page, by plain forms."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forms.applications import asking, codes, papers, unsent_files
from forms.applications.models import Application, Correction, Message, Team, Upload
from tests.factories import uploads

pytestmark = pytest.mark.django_db
STATUS, ANSWER, WRITE, PAPERS = "/requests/status/", "/requests/answer/", "/requests/write/", "/requests/papers/"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def application(submit: Callable[..., Application], person: Callable[..., Any]) -> Application:
    """An application in the work of a reviewer."""
    from forms.applications import actions

    made = submit()
    reviewer = person("reviewer", first_name="Ольга", last_name="Мельникова")
    Team.objects.get().members.add(reviewer)
    return actions.take(made.pk, reviewer, 1)


@pytest.fixture
def own(client: Client, application: Application) -> Client:
    """A browser that has the applicant's pass."""
    client.post("/requests/", {"number": application.public_number, "code": codes.code_for(application)})
    return client


def _ask(application: Application, **more: Any) -> Application:
    return asking.ask(application.pk, application.assignee, application.version, **more)


def _form(page: Any) -> dict[str, str]:
    """What the answer form of a page carries in its hidden inputs."""
    text = page.content.decode()
    form = text[text.index('action="/requests/answer/"') :]
    return dict(re.findall(r'<input type="hidden" name="(key|inquiry|asked)" value="([^"]*)">', form))


def _text(page: Any) -> str:
    return page.content.decode()


def text_of_waiting(page: Any) -> list[str]:
    """Names of the files that wait on a page, by the button that removes each."""
    return re.findall(r'name="remove"[^>]*>Убрать<span class="vh"> файл ([^<]+)', _text(page))


def test_a_question_is_read_and_answered_once(own: Client, application: Application) -> None:
    _ask(application, text="Когда вам <b>звонить</b>?")
    page = own.get(STATUS)
    text = _text(page)
    assert "Нужен ваш ответ" in text and "&lt;b&gt;звонить&lt;/b&gt;" in text and "Мельникова" not in text
    assert Message.objects.get().read_at is not None
    form = _form(page)
    for _twice in range(2):
        answer = own.post(ANSWER, form | {"text": "После шести"})
        assert answer["Location"] == "/requests/status/?note=answered"
    text = _text(own.get(answer["Location"]))
    assert "Ваш ответ получен" in text and "После шести" in text
    assert "/requests/answer/" not in text
    assert Message.objects.filter(side="applicant").count() == 1


def test_an_empty_answer_says_what_to_do_and_keeps_the_question(own: Client, application: Application) -> None:
    _ask(application, text="Когда звонить?")
    page = own.post(ANSWER, _form(own.get(STATUS)) | {"text": " "})
    assert page.status_code == 422
    assert "Напишите ответ или приложите бумагу" in _text(page)
    application.refresh_from_db()
    assert application.state == "waiting_applicant"


def test_only_the_asked_question_is_open_and_others_never_change(own: Client, application: Application) -> None:
    _ask(application, asked={"q_phone": "Не дозвонились по этому номеру"})
    page = own.get(STATUS)
    text = _text(page)
    assert "Не дозвонились по этому номеру" in text and 'name="q_phone"' in text
    assert "Сейчас в заявке:" in text and "000-00-00</b>" in text
    for closed in ("q_email", "q_story", "q_name_last"):
        assert f'name="{closed}"' not in text
    form = _form(page)
    wrong = own.post(ANSWER, form | {"q_phone": "12", "text": "Прошу прощения"})
    assert wrong.status_code == 422
    text = _text(wrong)
    assert 'value="12"' in text and "Прошу прощения" in text and 'aria-invalid="true"' in text
    sent = {"q_phone": "8 900 111-22-33", "q_story": "чужое", "asked": "q_phone,q_story", "q_email": "x@example.ru"}
    assert own.post(ANSWER, _form(wrong) | sent).status_code == 302
    application.refresh_from_db()
    assert application.phone == "+79001112233"
    assert application.email == "ivanova@example.ru"
    assert application.sheet.answers["q_story"] == "Нужен психолог.\nИ юрист."
    assert [kept.field_key for kept in Correction.objects.all()] == ["q_phone"]


def test_a_question_that_appears_is_asked_on_the_same_page(own: Client, application: Application) -> None:
    _ask(application, asked={"q_topics": "Нужна ли выплата?"})
    form = _form(own.get(STATUS))
    page = own.post(ANSWER, form | {"q_topics": ["c_money"]})
    assert page.status_code == 422 and 'name="q_debts"' in _text(page)
    assert re.search(r'value="c_money"[^>]*checked', _text(page))
    done = own.post(ANSWER, _form(page) | {"q_topics": ["c_money"], "q_debts": "за сентябрь"})
    assert done.status_code == 302
    application.sheet.refresh_from_db()
    assert application.sheet.answers["q_debts"] == "за сентябрь"


def test_all_is_right(own: Client, application: Application) -> None:
    _ask(application, asked={"q_phone": "Верен ли?"})
    form = _form(own.get(STATUS))
    assert own.post(ANSWER, form | {"q_phone": "сломано", "same": "1"}).status_code == 302
    assert not Correction.objects.exists()
    application.refresh_from_db()
    assert (application.state, application.phone) == ("in_work", "+79000000000")


def test_an_answer_that_nobody_waits_for_is_not_lost_on_the_applicant(own: Client, application: Application) -> None:
    application = _ask(application, text="Когда звонить?")
    form = _form(own.get(STATUS))
    asking.resume(application.pk, application.assignee, application.version)
    page = own.post(ANSWER, form | {"text": "Мой длинный ответ"})
    assert page.status_code == 422
    assert "больше не ждёт" in _text(page) and "Мой длинный ответ" in _text(page)


def test_a_file_comes_with_an_answer_and_only_its_owner_saves_it(own: Client, application: Application) -> None:
    _ask(application, text="Пришлите справку")
    picture = SimpleUploadedFile("справка<b>.jpg", uploads.picture())
    own.post(ANSWER, _form(own.get(STATUS)) | {"files": [picture]})
    upload = Upload.objects.get()
    address = f"/requests/files/{upload.pk}/"
    response = own.get(address)
    assert b"".join(response.streaming_content) == uploads.picture()
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/octet-stream", "no-store, private")
    assert Client().get(address).status_code == 302
    assert address in _text(own.get(STATUS))


def test_another_applicants_file_does_not_exist(own: Client, application: Application, submit: Any) -> None:
    other = submit()
    foreign = unsent_files.add(other, "write", papers.LOOSE, io.BytesIO(uploads.picture()), "чужое.jpg")
    assert own.get(f"/requests/files/{foreign.pk}/").status_code == 404
    papers.keep(other, [foreign], None)
    assert own.get(f"/requests/files/{foreign.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.exe", b"MZ", "Такой файл не подойдёт"),
        ("пусто.jpg", b"", "Файл пустой"),
        ("закрыт.pdf", uploads.pdf(encrypted=True), "закрыт паролем"),
    ],
)
def test_a_bad_file_is_refused_everywhere_and_nothing_is_sent(
    own: Client, application: Application, name: str, content: bytes, sentence: str
) -> None:
    _ask(application, text="Пришлите справку")
    form = _form(own.get(STATUS))
    for address, data in ((ANSWER, form), (WRITE, {"text": "Вот"}), (PAPERS, {})):
        good = SimpleUploadedFile("a.jpg", uploads.picture())
        page = own.post(address, data | {"files": [good, SimpleUploadedFile(name, content)]})
        assert page.status_code == 422
        assert sentence in _text(page)
        assert text_of_waiting(page) == ["a.jpg"], "the good one waits, and is not chosen again"
    assert not Upload.objects.filter(application=application).exists()
    assert not Message.objects.filter(side="applicant").exists()


def test_writing_and_adding_a_paper(own: Client, application: Application) -> None:
    key = "ab" * 16
    for _twice in range(2):
        sent = own.post(WRITE, {"text": "Переехали <script>", "key": key})
        assert sent["Location"] == "/requests/status/?note=wrote"
    picture = SimpleUploadedFile("свидетельство.jpg", uploads.picture())
    assert own.post(PAPERS, {"files": [picture]})["Location"] == "/requests/status/?note=papers"
    text = _text(own.get(STATUS))
    assert "Переехали &lt;script&gt;" in text and "свидетельство.jpg" in text
    assert Message.objects.filter(text__startswith="Переехали").count() == 1
    empty = own.post(PAPERS, {})
    assert empty.status_code == 422 and "выберите файл" in _text(empty).lower()


@pytest.mark.parametrize("address", [STATUS, WRITE, PAPERS])
def test_without_a_pass_there_is_only_the_question_for_number_and_code(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["Location"] == "/requests/"
    assert "no-store" in answer["Cache-Control"]


def test_an_answer_without_a_pass_changes_nothing(application: Application) -> None:
    _ask(application, text="Когда звонить?")
    inquiry = application.inquiries.get().pk
    assert Client().post(ANSWER, {"inquiry": inquiry, "text": "чужой"}).status_code == 307
    assert not Message.objects.filter(side="applicant").exists()


@pytest.mark.parametrize("inquiry", ["", "0", "x", "9" * 40, "1\x00", "-1"])
def test_nonsense_in_place_of_the_question(own: Client, application: Application, inquiry: str) -> None:
    assert own.post(ANSWER, {"inquiry": inquiry, "text": "Ау"})["Location"] == STATUS
