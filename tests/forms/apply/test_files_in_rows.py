"""Files inside of the rows of a group: a paper for each child, with the row from the first upload to the erasure."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forms.applications import actions, answering, asking, files, mydata, papers, unsent_files, withdrawal
from forms.applications.models import Application, Draft, Team, Upload
from forms.apply import correcting
from forms.definitions import checks
from forms.definitions import fields as field_types
from forms.definitions.answers import clean_all
from forms.definitions.document import Definition
from tests.factories import definitions, uploads
from tests.factories.definitions import published_form, question

pytestmark = pytest.mark.django_db
STEP, CHECK = "/apply/kids/s_kids/", "/apply/kids/check/"
PAPERS = [{"key": "p_birth", "label": "Свидетельство о рождении"}, {"key": "p_school", "label": "Справка из школы"}]
IMAGES = {"types": ["image"], "max_mb": 1, "max_files": 2}


def kids_json(**more: Any) -> dict[str, Any]:
    """One step with children, each with two papers and a photo, and the contact."""
    inner = [
        question("q_kid", "short_text", "Имя"),
        question("q_docs", "file", "Документы: {q_kid|ребёнок}", options=IMAGES | {"papers": PAPERS}),
        question("q_ill", "yes_no", "Болеет", required=False),
        question("q_photo", "file", "Фото справки", options=IMAGES, show_if={"q": "q_ill", "op": "eq", "v": True}),
    ]
    options = {"max": 3, "row_title": "Ребёнок"}
    group = question("q_kids", "group", "Дети", options=options, fields=inner)
    fields = [group, question("q_phone", "phone", "Телефон")]
    steps = [{"key": "s_kids", "title": "Дети", "lead": "", "show_if": None, "fields": fields}]
    return definitions.help_json(steps=steps) | more


@pytest.fixture
def client(settings: Any, tmp_path: Path) -> Client:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    Team.objects.create(name="Отдел", is_common=True)
    published_form(slug="kids", **kids_json())
    return Client()


@pytest.fixture
def reviewer(person: Any) -> User:
    user: User = person("reviewer")
    user.teams.set(Team.objects.all())
    return user


def photo(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, uploads.picture(), "image/jpeg")


def row(row_id: str, name: str, **more: Any) -> dict[str, Any]:
    """One child: the certificate is attached, the paper of the school will be brought."""
    said = {"q_kid": name, "q_docs_p_birth_how": "now", "q_docs_p_school_how": "later", **more}
    return {f"q_kids.{row_id}.{key}": value for key, value in said.items()}


def sent(*ids: str, **more: Any) -> dict[str, Any]:
    """What a page with these rows says of itself."""
    inner = [f"q_kids.{row_id}.{key}" for row_id in ids for key in ("q_kid", "q_docs", "q_ill")]
    return {"asked": ",".join(["q_kids", "q_phone", *inner]), "q_kids": ",".join(ids), "q_phone": "89000000000"} | more


def names() -> dict[str, str]:
    return {f"{each.field_key}/{each.paper}": each.name for each in Upload.objects.all()}


def test_the_checks_take_it_and_the_schema_tells_it() -> None:
    form = Definition.from_json(kids_json())
    assert not checks.problems(form)
    inside = field_types.get("group").json_schema(form.field("q_kids"))["items"]["properties"]
    assert inside["q_docs"]["properties"]["papers"]["properties"].keys() == {"p_birth", "p_school"}
    brought = {"papers": {"p_birth": {"how": "later"}, "p_school": {"how": "have"}}}
    raw = {"q_kids": [{"q_kid": "Оля", "q_docs": brought}], "q_phone": "89000000000"}
    answers, errors = clean_all(form, raw)
    assert not errors and answers["q_kids"] == [{"id": "r1", "q_kid": "Оля", "q_docs": brought}]
    del raw["q_kids"][0]["q_docs"]  # type: ignore[attr-defined]
    assert "q_kids.r1.q_docs" in clean_all(form, raw)[1]


def test_a_row_with_its_papers_from_the_page_to_the_receipt(client: Client) -> None:
    page = client.get(STEP).content.decode()
    assert 'enctype="multipart/form-data"' in page and 'name="q_kids.r1.q_docs_p_birth"' in page
    # Without script: the file travels with the form, and stays though another answer is wrong.
    data = sent("r1", q_phone="") | row("r1", "Оля", q_docs_p_birth=photo("оля.jpg"))
    page = client.post(STEP, data).content.decode()
    assert "оля.jpg" in page and names() == {"q_kids.r1.q_docs/p_birth": "оля.jpg"}
    answer = client.post(STEP, sent("r1") | row("r1", "Оля") | {"row_copy": "q_kids.r1"})
    assert answer["Location"] == STEP + "#id_q_kids.r2"
    page = client.get(STEP).content.decode()
    assert page.count("оля.jpg") == 2, "the copy shares no file: its name stands beside one button"
    assert "Документы: Оля" in page
    two = sent("r1", "r2") | row("r1", "Оля") | row("r2", "Миша")
    page = client.post(STEP, two).content.decode()
    assert "Ребёнок 2. Документы: Миша: свидетельство о рождении: приложите файл" in page
    one_by_one = client.post(f"{STEP}upload/", {"place": "q_kids.r2.q_docs_p_birth", "file": photo("миша.jpg")})
    assert one_by_one.json()["name"] == "миша.jpg"
    assert client.post(STEP, two)["Location"] == CHECK
    assert "Документы: Миша: Свидетельство о рождении: 1 файл; Справка из школы: принесут" in _text(client.get(CHECK))
    assert client.post(CHECK, {"consent": "1"})["Location"] == "/apply/kids/receipt/"
    application = Application.objects.get()
    said = {upload.name: words for upload, words in papers.said_of(application, files.of_application(application))}
    assert said == {
        "оля.jpg": "Ребёнок 1. Свидетельство о рождении",
        "миша.jpg": "Ребёнок 2. Свидетельство о рождении",
    }
    assert {each["attached_to"] for each in mydata.bundle(application)["files"]} == set(said.values())


def test_a_removed_row_takes_its_files_and_its_id_brings_none_back(client: Client) -> None:
    data = sent("r1", "r2") | row("r1", "Оля", q_docs_p_birth=photo("оля.jpg"))
    data |= row("r2", "Миша", q_docs_p_birth=photo("миша.jpg"))
    client.post(STEP, data | {"row_remove": "q_kids.r1"})
    assert names() == {"q_kids.r2.q_docs/p_birth": "миша.jpg"}
    client.post(STEP, sent("r2") | row("r2", "Миша") | {"row_add": "q_kids"})
    page = client.get(STEP).content.decode()
    assert 'name="q_kids" value="r2,r1"' in page and "оля.jpg" not in page
    # The row that the page sent no more is gone too, whoever took it off the page.
    assert client.post(STEP, sent("r3") | row("r3", "Ян", q_docs_p_birth=photo("ян.jpg")))["Location"] == CHECK
    assert names() == {"q_kids.r3.q_docs/p_birth": "ян.jpg"}


def test_a_hidden_answer_keeps_no_file(client: Client) -> None:
    ill = sent("r1") | row("r1", "Оля", q_docs_p_birth=photo("оля.jpg"), q_ill="yes", q_photo=photo("справка.jpg"))
    ill["asked"] += ",q_kids.r1.q_photo"
    assert client.post(STEP, ill)["Location"] == CHECK
    well = sent("r1") | row("r1", "Оля", q_ill="no")
    assert client.post(STEP, well)["Location"] == CHECK
    client.post(CHECK, {"consent": "1"})
    assert names() == {"q_kids.r1.q_docs/p_birth": "оля.jpg"}
    answers = Application.objects.get().sheet.answers
    assert answers["q_kids"][0].keys() == {"id", "q_kid", "q_docs", "q_ill"}


def test_one_by_one_only_where_the_step_asks(client: Client) -> None:
    for place in (
        "q_kids.r1.q_docs",
        "q_kids.r1.q_kid",
        "q_kids..q_photo",
        "q_kids.r1",
        "q_phone.r1.q_photo",
        "q_x.r.q",
    ):
        assert client.post(f"{STEP}upload/", {"place": place, "file": photo("a.jpg")}).status_code == 404, place
    for _n in range(2):
        assert client.post(f"{STEP}upload/", {"place": "q_kids.r1.q_photo", "file": photo("a.jpg")}).status_code == 200
    third = client.post(f"{STEP}upload/", {"place": "q_kids.r1.q_photo", "file": photo("a.jpg")})
    assert "не больше" in third.json()["error"]
    assert client.post(f"{STEP}upload/", {"place": "q_kids.r2.q_photo", "file": photo("a.jpg")}).status_code == 200


def test_a_file_answers_its_own_row_only(client: Client) -> None:
    client.post(STEP, sent("r1") | row("r1", "Оля", q_docs_p_birth=photo("оля.jpg")))
    draft = Draft.objects.get()
    stolen = [draft.answers["q_kids"][0] | {"id": "r7"}]
    form = Definition.from_json(kids_json())
    assert files.owned(form, draft.answers, draft) == draft.answers
    for answers, of in (({"q_kids": stolen}, draft), (draft.answers, None)):
        assert "q_docs" not in files.owned(form, answers, of)["q_kids"][0]


def _sent(client: Client) -> Application:
    client.post(STEP, sent("r1") | row("r1", "Оля", q_docs_p_birth=photo("оля.jpg")))
    client.post(CHECK, {"consent": "1"})
    return Application.objects.get()


def test_what_was_promised_is_brought_to_its_row(client: Client) -> None:
    application = _sent(client)
    place = papers.places(application)[0]
    assert (place.label, place.promised, place.name) == (
        "Ребёнок 1. Справка из школы",
        True,
        "q_kids.r1.q_docs.p_school",
    )
    prepared = unsent_files.add(
        application, "papers", place.question, photo("школа.jpg"), "школа.jpg", paper=place.paper
    )
    application = answering.write(application.pk, "a" * 32, "", [prepared])
    docs = application.sheet.answers["q_kids"][0]["q_docs"]["papers"]
    assert docs["p_school"] == {"how": "now", "files": [str(prepared.pk)]} and docs["p_birth"]["files"]


def test_a_correction_keeps_the_files_of_each_row_and_takes_new_ones(client: Client, reviewer: User) -> None:
    application = actions.take(_sent(client).pk, reviewer, 1)
    asking.ask(application.pk, reviewer, application.version, text="", asked={"q_kids": "Не хватает второго"})
    inquiry = application.inquiries.get()
    fresh = correcting.of(Application.objects.get(), inquiry)
    assert 'name="q_kids.r1.q_docs_p_birth"' in fresh.drawn()[0].html
    query = QueryDict(mutable=True)
    for name, value in (sent("r1", "r2") | row("r1", "Оля") | row("r2", "Миша")).items():
        query[name] = value
    page = correcting.of(Application.objects.get(), inquiry, data=query)
    place = next(each for each in page.files if each.key == "q_kids.r2.q_docs")
    where = unsent_files.page_of(inquiry)
    prepared = unsent_files.add(application, where, place, photo("миша.jpg"), "миша.jpg", paper="p_birth")
    answering.answer(application.pk, inquiry.pk, "b" * 32, raw=page.raw, uploads=[prepared])
    first, second = Application.objects.get().sheet.answers["q_kids"]
    assert first["q_docs"]["papers"]["p_birth"]["files"] == [str(Upload.objects.get(name="оля.jpg").pk)]
    assert second["q_docs"]["papers"]["p_birth"]["files"] == [str(prepared.pk)]
    # A row that takes the place of another never gets its files.
    query["row_remove"] = "q_kids.r1"
    without = correcting.of(Application.objects.get(), inquiry, data=query).after_row_action()
    assert without is not None and without["q_kids"] == "r2"
    del query["row_remove"]
    query["row_add"], query["q_kids"] = "q_kids", "r2"
    with_new = correcting.of(Application.objects.get(), inquiry, data=query).after_row_action()
    assert with_new is not None and with_new["q_kids"] == "r2,r3"


def test_the_card_shows_each_file_with_its_row_and_an_erasure_takes_them(client: Client, reviewer: User) -> None:
    application = _sent(client)
    staff = Client()
    staff.force_login(reviewer)
    card = staff.get(f"/admin/queue/{application.pk}/").content.decode()
    assert "Ребёнок 1. Свидетельство о рождении" in card and "оля.jpg" in card
    withdrawal.withdraw_consent(application.pk)
    Application.objects.update(erase_on=timezone.localdate())
    withdrawal.erase(application.pk)
    assert not Upload.objects.exists()
    assert "оля" not in json.dumps(Application.objects.get().sheet.answers)


def _text(response: Any) -> str:
    return str(response.content.decode())
