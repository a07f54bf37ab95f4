"""Withdrawing, withdrawing the consent, a copy of one's data, the slip: by plain forms, for the owner alone."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from forms.applications import codes, slip, withdrawal
from forms.applications.models import Application, Upload
from tests.factories import uploads

pytestmark = pytest.mark.django_db
STATUS, DATA = "/requests/status/", "/requests/data/"
OWN = ("/requests/withdraw/", "/requests/consent/", DATA, "/requests/slip/", "/requests/slip/pdf/")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def application(submit: Callable[..., Application]) -> Application:
    return submit()


@pytest.fixture
def own(client: Client, application: Application) -> Client:
    """A browser that has the applicant's pass."""
    client.post("/requests/", {"number": application.public_number, "code": codes.code_for(application)})
    return client


@pytest.mark.parametrize("address", OWN)
def test_every_page_is_the_owners_and_is_never_stored(own: Client, address: str) -> None:
    for browser, status in ((own, 200), (Client(), 302)):
        answer = browser.get(address)
        assert answer.status_code == status
        assert answer["Cache-Control"] == "no-store, private"
        assert "noindex" in answer["X-Robots-Tag"]


def test_withdrawing_asks_first_and_happens_once(own: Client, application: Application) -> None:
    page = own.get("/requests/withdraw/").content.decode()
    assert "Вернуть её нельзя" in page
    for _twice in range(2):
        done = own.post("/requests/withdraw/", {"reason": "Уже помогли <b>"})
    assert done.status_code == 302
    text = own.get(f"{STATUS}?note=withdrawn").content.decode()
    assert "Вы отозвали обращение" in text and "Уже помогли &lt;b&gt;" in text
    assert "/requests/withdraw/" not in text and "/requests/write/" not in text
    application.refresh_from_db()
    assert application.state == "withdrawn"
    too_long = Client()
    assert too_long.post("/requests/withdraw/", {"reason": "а" * 2000}).status_code == 307


def test_an_endless_reason_is_refused_with_the_text_kept(own: Client, application: Application) -> None:
    page = own.post("/requests/withdraw/", {"reason": "аб" * 600})
    assert page.status_code == 422 and "аб" * 600 in page.content.decode()
    application.refresh_from_db()
    assert application.is_open


def test_withdrawing_the_consent_says_what_it_means_and_ends_in_an_erasure(
    own: Client, application: Application, django_capture_on_commit_callbacks: Any
) -> None:
    page = own.get("/requests/consent/").content.decode()
    assert "152-ФЗ" in page and "30\xa0дней" in page.replace("30 дней", "30\xa0дней")
    own.post("/requests/consent/")
    text = own.get(STATUS).content.decode()
    assert "Вы отозвали согласие. Персональные данные удалим до" in text
    with time_machine.travel(timezone.now() + timedelta(days=40)), django_capture_on_commit_callbacks(execute=True):
        assert withdrawal.erase_due() == 1
        own.post("/requests/", {"number": application.public_number, "code": codes.code_for(application)})
        text = own.get(STATUS).content.decode()
        assert "Ваши персональные данные удалены" in text
        for address in (*OWN[2:], STATUS):
            assert own.get(address).status_code == 200


def test_a_copy_of_the_data_holds_all_of_it(own: Client, application: Application) -> None:
    picture = SimpleUploadedFile("../../паспорт.jpg", uploads.picture())
    own.post("/requests/papers/", {"files": [picture], "text": "Вот <паспорт>"})
    response = own.post(DATA)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store, private"
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        names = archive.namelist()
        assert names[:2] == ["data.json", "data.html"] and names[2] == "files/01-паспорт.jpg"
        assert archive.read(names[2]) == uploads.picture()
        data = json.loads(archive.read("data.json"))
        html = archive.read("data.html").decode()
    assert data["contacts"] == {
        "name": "Иванова Мария Петровна",
        "phone": "+79000000000",
        "email": "ivanova@example.ru",
    }
    answered = {line["question"]: line["answer"] for line in data["answers"]}
    assert answered["Своими словами"] == ["Нужен психолог.\nИ юрист."]
    assert data["consent"]["text"].startswith("Я разрешаю") and data["messages"][0]["text"] == "Вот <паспорт>"
    assert data["files"][0]["sha256"] == Upload.objects.get().digest
    assert "Вот &lt;паспорт&gt;" in html and "Иванова" in html
    assert application.journal.filter(action="data_given").count() == 1
    assert "Вы получили копию своих данных" in own.get(STATUS).content.decode()


def test_the_slip_of_the_status_page_has_no_code_and_no_person(own: Client, application: Application) -> None:
    code = codes.shown(codes.code_for(application))
    page = own.get("/requests/slip/").content.decode()
    assert application.public_number in page
    response = own.get("/requests/slip/pdf/")
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF-")
    assert application.public_number in response["Content-Disposition"]
    for secret in (code, "Иванова", "900 000"):
        assert secret not in page


def test_the_slip_of_the_receipt_is_for_the_browser_that_sent(sent: Client) -> None:
    link = "/apply/help/receipt/pdf/"
    assert link in sent.get("/apply/help/receipt/").content.decode()
    response = sent.get(link)
    assert response.content.startswith(b"%PDF-") and response["Cache-Control"] == "no-store, private"
    assert Client().get(link)["Location"] == "/apply/help/receipt/"
    assert not re.search(r"[0-9]", link)


def test_the_fonts_of_the_slip_know_every_letter_that_may_stand_on_it() -> None:
    from fontTools.ttLib import TTFont

    wanted = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя0123456789«»—-№.,:/()\u00a0"
    for name in ("regular", "bold"):
        known = TTFont(slip.FONTS / f"golos-text-{name}.ttf").getBestCmap()
        assert not [letter for letter in wanted if ord(letter) not in known]


def test_a_slip_is_made_whatever_the_site_is_called() -> None:
    strange = slip.Slip("38-004-817", "4827 1936", "Ответим до " + "завтра " * 60, "", "Портал 🏠 漢", "", "", "")
    assert slip.pdf(strange).startswith(b"%PDF-")
