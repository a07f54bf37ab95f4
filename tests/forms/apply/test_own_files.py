"""Files on the status page: kept when another answer is wrong, one by one, removed, sent with the rest."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms.applications import actions, asking, codes, unsent_files
from forms.applications.models import Application, Message, Upload
from tests.factories import applications as make
from tests.factories import definitions, uploads

pytestmark = pytest.mark.django_db
STATUS, ANSWER, WRITE, PAPERS = "/requests/status/", "/requests/answer/", "/requests/write/", "/requests/papers/"
PASSPORT = [{"key": "p_pass", "label": "Паспорт"}, {"key": "p_cert", "label": "Справка"}]
SAID = {"papers": {"p_pass": {"how": "later"}, "p_cert": {"how": "have"}}}


@pytest.fixture
def application(settings: Any, tmp_path: Path, person: Any) -> Application:
    """In work; it was asked for papers, for pictures up to 1 MB and, in the rows of its children, for photos."""
    settings.UPLOADS_DIR = tmp_path / "uploads"
    reviewer = person("reviewer")
    make.team("Иркутск", reviewer)
    image = {"types": ["image"], "max_mb": 1, "max_files": 2}
    kid = [
        definitions.question("q_kid", "short_text", "Имя"),
        definitions.question("q_photo", "file", "Фото", options=image, required=False),
    ]
    group = definitions.question("q_kids", "group", "Дети", options={"max": 3}, fields=kid, required=False)
    document = definitions.help_json()
    document["steps"][1]["fields"] += [
        definitions.question("q_papers", "file", "Документы", options=image | {"papers": PASSPORT}),
        definitions.question("q_any", "file", "Снимки", options=image, required=False),
        group,
    ]
    answers = definitions.help_answers(q_papers=SAID, q_kids=[{"id": "r1", "q_kid": "Миша"}])
    version = definitions.published_form(steps=document["steps"])
    made = actions.submit_answers(version, answers, 1, "site", "some key")
    return actions.take(made.pk, reviewer, 1)


@pytest.fixture
def own(client: Client, application: Application) -> Client:
    client.post("/requests/", {"number": application.public_number, "code": codes.code_for(application)})
    return client


def _ask(application: Application, *keys: str, text: str = "Проверьте") -> Application:
    asked = dict.fromkeys(keys, "Проверьте")
    return asking.ask(application.pk, application.assignee, application.version, text=text, asked=asked)


def _photo(name: str = "фото.jpg", more: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, uploads.picture() + more, "image/jpeg")


def _text(page: Any) -> str:
    return str(page.content.decode())


def _inputs(page: Any) -> dict[str, Any]:
    """What a browser would send back untouched."""
    form = re.search(
        r'<form method="post" action="/requests/(?:answer|write|papers)/".*?</form>', _text(page), re.DOTALL
    )
    assert form
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attrs.get("type", "text")
        if "name" in attrs and kind != "file" and (kind not in ("radio", "checkbox") or " checked" in tag):
            found.setdefault(attrs["name"], []).append(attrs.get("value", ""))
    return found


def _waiting(page: Any) -> dict[str, str]:
    """The files that wait on a page, and what the button that removes each sends."""
    found = re.findall(r'name="remove" value="([^"]+)">Убрать<span class="vh"> файл ([^<]+)<', _text(page))
    return {name: key for key, name in found}


def _upload(own: Client, page: str, place: str, file: Any, **more: str) -> Any:
    return own.post(f"/requests/upload/{page}/", {"place": place, "file": file, **more})


def test_without_script_a_good_file_is_kept_when_another_answer_is_wrong(own: Client, application: Application) -> None:
    application = _ask(application, "q_papers", "q_phone")
    typed = _inputs(own.get(STATUS))
    bad = SimpleUploadedFile("вирус.jpg", b"MZ\x90")
    wrong = own.post(
        ANSWER, typed | {"q_phone": "12", "q_papers_p_pass": [_photo("паспорт.jpg"), bad], "files": _photo("ещё.jpg")}
    )
    assert wrong.status_code == 422 and "Такой файл не подойдёт" in _text(wrong)
    assert _waiting(wrong).keys() == {"паспорт.jpg", "ещё.jpg"}
    assert re.search(r'id="id_q_papers_p_pass_now"[^>]*checked', _text(wrong)), (
        "what is chosen will come with the answer"
    )
    wrong = own.post(ANSWER, _inputs(wrong))
    assert wrong.status_code == 422 and 'value="12"' in _text(wrong) and len(_waiting(wrong)) == 2
    assert not Upload.objects.filter(application=application).exists(), "staff see nothing of it yet"
    again = own.get(STATUS)
    assert len(_waiting(again)) == 2, "it is there again when the page is opened another time"
    done = own.post(ANSWER, _inputs(wrong) | {"q_phone": "8 900 111-22-33"})
    assert done["Location"] == "/requests/status/?note=answered"
    application = Application.objects.get()
    passport, more = Upload.objects.get(name="паспорт.jpg"), Upload.objects.get(name="ещё.jpg")
    assert application.sheet.answers["q_papers"] == {
        "papers": {"p_pass": {"how": "now", "files": [str(passport.pk)]}, "p_cert": {"how": "have"}}
    }
    assert {passport.application, more.application} == {application} and passport.message == more.message
    # The same page once more, with the file in it: nothing happens, and nothing is left.
    assert own.post(ANSWER, _inputs(wrong) | {"files": _photo()})["Location"] == "/requests/status/?note=answered"
    assert Upload.objects.count() == 2 and Message.objects.filter(side="applicant").count() == 1


def test_a_row_that_is_taken_off_takes_its_files_and_a_file_stays_while_rows_change(
    own: Client, application: Application
) -> None:
    _ask(application, "q_kids")
    typed = _inputs(own.get(STATUS))
    added = own.post(ANSWER, typed | {"q_kids.r1.q_photo": _photo("миша.jpg"), "row_add": "q_kids"})
    assert added.status_code == 200 and _waiting(added).keys() == {"миша.jpg"}
    typed = _inputs(added) | {"q_kids.r2.q_kid": "Аня", "q_kids.r2.q_photo": _photo("аня.jpg")}
    removed = own.post(ANSWER, typed | {"row_remove": "q_kids.r2"})
    assert _waiting(removed).keys() == {"миша.jpg"}
    again = own.post(ANSWER, _inputs(removed) | {"row_add": "q_kids"})
    assert own.post(ANSWER, _inputs(again) | {"q_kids.r2.q_kid": "Петя"}).status_code == 302
    first, second = Application.objects.get().sheet.answers["q_kids"]
    assert first["q_photo"]["files"] == [str(Upload.objects.get().pk)] and "q_photo" not in second


def test_one_by_one_refused_removed_and_sent(own: Client, application: Application) -> None:
    application = _ask(application, "q_papers", "q_any")
    page = unsent_files.page_of(application.inquiries.get())
    answer = _upload(own, page, "q_papers_p_pass", _photo("паспорт.jpg"))
    kept = Upload.objects.get()
    assert answer.json() == {"id": str(kept.pk), "name": "паспорт.jpg", "size": kept.shown_size}
    assert answer["Cache-Control"] == "no-store, private"
    assert (kept.unsent_of, kept.field_key, kept.paper) == (application, "q_papers", "p_pass")
    for place, file, sentence in (
        ("q_any", _photo("x.svg", b"") and SimpleUploadedFile("x.svg", b"<svg/>"), "не подойдёт"),
        ("q_any", _photo(more=b"\x00" * 1024 * 1024), "больше 1 МБ"),
        ("q_any", "", "Выберите файл"),
        ("files", SimpleUploadedFile("a.pdf", uploads.pdf(encrypted=True)), "паролем"),
        ("q_story", _photo(), "Обновите страницу"),
        ("q_papers", _photo(), "Обновите страницу"),
        ("q_kids.r1.q_photo", _photo(), "Обновите страницу"),
    ):
        refused = _upload(own, page, place, file)
        assert refused.status_code == 422 and sentence in refused.json()["error"], place
    for _n in range(2):
        assert _upload(own, page, "q_any", _photo()).status_code == 200
    assert "не больше" in _upload(own, page, "q_any", _photo()).json()["error"]
    assert own.post(f"/requests/upload/{page}/", {"remove": str(kept.pk)}).json() == {"removed": True}
    _upload(own, page, "q_papers_p_cert", _photo("справка.jpg"))
    assert own.post(ANSWER, _inputs(own.get(STATUS))).status_code == 302
    answers = Application.objects.get().sheet.answers
    assert answers["q_papers"]["papers"]["p_cert"]["how"] == "now" and len(answers["q_any"]["files"]) == 2
    # What is in the answer counts, too.
    application = _ask(Application.objects.get(), "q_any")
    page = unsent_files.page_of(application.inquiries.latest("pk"))
    assert "не больше" in _upload(own, page, "q_any", _photo()).json()["error"]


def test_a_page_of_another_application_and_an_ended_pass(own: Client, application: Application) -> None:
    application = _ask(application, "q_any")
    page = unsent_files.page_of(application.inquiries.get())
    _upload(own, page, "q_any", _photo("моё.jpg"))
    mine = Upload.objects.get()
    stranger = Client()
    ended = _upload(stranger, page, "q_any", _photo())
    assert ended.status_code == 422 and "номеру и коду" in ended.json()["error"]
    version = application.form_version
    other = actions.submit_answers(version, definitions.help_answers(q_papers=SAID), 1, "site", "other key")
    stranger.post("/requests/", {"number": other.public_number, "code": codes.code_for(other)})
    assert _upload(stranger, page, "q_any", _photo()).status_code == 422
    for address in (f"/requests/upload/{page}/", "/requests/upload/write/"):
        assert stranger.post(address, {"remove": str(mine.pk)}).json() == {"removed": False}
    stranger.post(WRITE, {"text": "Ау", "remove": str(mine.pk)})
    assert stranger.get(f"/requests/files/{mine.pk}/").status_code == 404
    assert stranger.post("/requests/upload/inquiry-0/", {"place": "files", "file": _photo()}).status_code == 422
    assert stranger.post("/requests/upload/nowhere/", {}).status_code == 404
    assert list(Upload.objects.all()) == [mine]
    assert Client(enforce_csrf_checks=True).post(f"/requests/upload/{page}/", {}).status_code == 403


def test_papers_are_kept_for_whichever_place_is_chosen_in_the_end(own: Client, application: Application) -> None:
    page = own.get(PAPERS)
    assert 'data-upload-to="/requests/upload/papers/"' in _text(page)
    refused = _upload(own, "papers", "files", SimpleUploadedFile("a.pdf", uploads.pdf()), chosen="q_papers.p_pass")
    assert "не подойдёт" in refused.json()["error"]
    assert (
        _upload(own, "papers", "files", SimpleUploadedFile("a.pdf", uploads.pdf()), chosen="other").status_code == 200
    )
    wrong = own.post(PAPERS, _inputs(page) | {"files": _photo("паспорт.jpg"), "place": "q_papers.p_pass"})
    assert wrong.status_code == 422 and "a.pdf: Такой файл не подойдёт" in _text(wrong)
    assert _waiting(wrong).keys() == {"a.pdf", "паспорт.jpg"}
    removed = own.post(PAPERS, _inputs(wrong) | {"text": "слова", "remove": _waiting(wrong)["a.pdf"]})
    assert removed.status_code == 200 and _waiting(removed).keys() == {"паспорт.jpg"} and "слова" in _text(removed)
    assert re.search(r'value="q_papers.p_pass"[^>]*checked', _text(removed))
    done = own.post(PAPERS, _inputs(removed))
    assert done["Location"] == "/requests/status/?note=papers"
    kept = Upload.objects.get()
    assert (kept.application, kept.field_key, kept.paper) == (application, "q_papers", "p_pass")
    assert Application.objects.get().sheet.answers["q_papers"]["papers"]["p_pass"]["how"] == "now"


def test_a_letter_keeps_its_files_when_it_is_too_long_and_an_answer_nobody_waits_for_hands_them_over(
    own: Client, application: Application
) -> None:
    long = own.post(WRITE, {"text": "а" * 5001, "files": _photo("первая.jpg")})
    assert long.status_code == 422 and _waiting(long).keys() == {"первая.jpg"}
    application = _ask(application, text="Когда?")
    page = own.get(STATUS)
    _upload(own, unsent_files.page_of(application.inquiries.get()), "files", _photo("вторая.jpg"))
    asking.resume(application.pk, application.assignee, application.version)
    late = own.post(ANSWER, _inputs(page) | {"text": "Мой ответ", "files": _photo("третья.jpg")})
    assert late.status_code == 422 and "Мой ответ" in _text(late) and 'href="/requests/write/"' in _text(late)
    assert _waiting(own.get(WRITE)).keys() == {"первая.jpg", "вторая.jpg", "третья.jpg"}
    assert own.post(WRITE, {"text": ""})["Location"] == "/requests/status/?note=wrote"
    assert Upload.objects.filter(application=application).count() == 3


def test_all_is_right_with_a_file_beside_it(own: Client, application: Application) -> None:
    _ask(application, "q_phone")
    form = _inputs(own.get(STATUS))
    assert own.post(ANSWER, form | {"q_phone": "сломано", "same": "1", "files": _photo()}).status_code == 302
    application = Application.objects.get()
    assert (application.state, application.phone) == ("in_work", "+79000000000")
    assert Upload.objects.get().application == application


def test_what_it_costs(own: Client, application: Application) -> None:
    application = _ask(application, "q_any")
    page = unsent_files.page_of(application.inquiries.get())
    _upload(own, page, "q_any", _photo())
    own.get(STATUS)  # the form is remembered from now on, and what staff wrote is read
    for most, call in ((8, lambda: own.get(STATUS)), (5, lambda: _upload(own, page, "q_any", _photo()))):
        with CaptureQueriesContext(connection) as captured:
            assert call().status_code == 200
        asked = [row["sql"] for row in captured if not re.match(r"BEGIN|COMMIT|SAVEPOINT|RELEASE", row["sql"])]
        assert len(asked) <= most, asked
