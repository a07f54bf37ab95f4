"""Exports: what stands in the file, who gets it, how long, and what of it the journal keeps."""

import csv
import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms.applications import actions, drafts, files, office, staffing, withdrawal
from forms.applications.models import Application, OfficeEntry, Upload
from forms.definitions.document import Field
from forms.review import jobs
from forms.review.exporting import cells, keeping, requesting, running
from forms.review.models import Export
from forms.review.queue import Look
from tests.factories import applications as make
from tests.factories import definitions, uploads

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.EXPORTS_DIR = tmp_path / "exports"
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def lead(person: Any) -> Any:
    user = person("lead", last_name="Орлова", first_name="Вера")
    make.team("Иркутск", user)
    return user


def _made(user: Any, query: str = "folder=open", kind: str = "xlsx", **more: Any) -> Export:
    export = requesting.ask(user, Look(user, QueryDict(query)), kind, with_files=more.pop("with_files", False))
    assert running.drain() == 1
    export.refresh_from_db()
    assert (export.state, export.problem) == ("done", "")
    return export


def _sheets(export: Export) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(export.path)
    found = {}
    for sheet in book:
        heading, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(heading, row, strict=True)) for row in rows]
    return found


def _texts(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_view_as_a_book(lead: Any) -> None:
    first = make.new(q_story="=HYPERLINK(1)")
    second = make.resolved(lead)
    make.team("Братск", codes=("bratsk",))
    make.new(q_place="bratsk")
    export = _made(lead)
    (row,) = _sheets(export)["Обращения"]
    assert row["№"] == first.public_number
    assert row["Получено"] == datetime.datetime.combine(timezone.localdate(first.received_at), datetime.time())
    assert (row["Состояние"], row["Муниципалитет"], row["Команда"]) == ("новое", first.territory.name, "Иркутск")
    assert row["Телефон"].replace("\u00a0", " ").startswith("8 9")
    # One column a choice; words that a spreadsheet could reckon are words.
    assert row["Темы: юрист"] is None
    assert row["Темы: поговорить с психологом"] == "да"
    assert row["Своими словами"] == "'=HYPERLINK(1)"
    assert "Согласие" not in " ".join(row)
    (row,) = _sheets(_made(lead, "folder=closed"))["Обращения"]
    assert (row["№"], row["Исполнитель"], row["Ответ заявителю"]) == (
        second.public_number,
        "Орлова В.",
        make.EXPLANATION,
    )
    assert export.words == "Все открытые"
    assert (export.done, export.total, export.scope) == (1, 1, [first.team_id])


def test_columns_stay_through_versions(lead: Any) -> None:
    make.new()
    document = definitions.help_json()
    asked = document["steps"][2]["fields"]
    asked[0]["options"] = {"choices": [{"key": "c_psy", "label": "психолог"}, {"key": "c_new", "label": "новое"}]}
    del asked[1]
    document["steps"][1]["fields"].insert(0, definitions.question("q_kids", "whole_number", "Сколько детей"))
    version = definitions.published_form(steps=document["steps"])
    assert version.number == 2
    draft, _token = drafts.start(version.pk)
    answers = definitions.help_answers(q_topics=["c_new"], q_kids=3)
    answers.pop("q_debts", None)
    drafts.save(draft, answers, "s_help")
    actions.submit(draft, 1)
    newer, older = sorted(_sheets(_made(lead))["Обращения"], key=lambda row: row["Сколько детей"] is None)
    assert newer["Сколько детей"] == 3
    assert (newer["Темы: психолог"], newer["Темы: новое"], newer["Темы: юрист"]) == (None, "да", None)
    assert (older["Темы: психолог"], older["Темы: новое"], older["Сколько детей"]) == ("да", None, None)
    # What only the old version asked keeps its column, beside its old neighbour.
    titles = list(newer)
    assert titles.index("Темы: деньги и выплаты") == titles.index("Темы: психолог") + 2
    assert "Какая выплата" in titles


def _family(lead: Any) -> None:
    rows = definitions.question(
        "q_kids",
        "group",
        "Дети",
        required=False,
        options={"min": 0, "max": 4, "row_title": "Ребёнок"},
        fields=[
            definitions.question("q_kid", "short_text", "Имя"),
            definitions.question("q_born", "date", "Когда родился {q_kid|ребёнок}"),
        ],
    )
    document = definitions.help_json()
    document["steps"][1]["fields"].append(rows)
    version = definitions.published_form(slug="family", steps=document["steps"])
    draft, _token = drafts.start(version.pk)
    kids = [
        {"id": "r1", "q_kid": "Аня", "q_born": "2015-03-02"},
        {"id": "r2", "q_kid": "+Боря", "q_born": "2017-01-05"},
    ]
    drafts.save(draft, definitions.help_answers(q_kids=kids), "s_help")
    actions.submit(draft, 1)


def test_repeating_groups_have_their_own_sheet_or_file(lead: Any) -> None:
    _family(lead)
    number = Application.objects.get().public_number
    sheets = _sheets(_made(lead))
    assert sheets["Обращения"][0]["Дети"] is None if "Дети" in sheets["Обращения"][0] else True
    assert sheets["Обращения"][0]["Дети: сколько"] == 2
    assert sheets["Дети"] == [
        {"№": number, "Строка": 1, "Имя": "Аня", "Когда родился ребёнок": datetime.datetime(2015, 3, 2)},
        {"№": number, "Строка": 2, "Имя": "'+Боря", "Когда родился ребёнок": datetime.datetime(2017, 1, 5)},
    ]
    export = _made(lead, kind="csv")
    assert export.download_name.endswith(".zip")
    with zipfile.ZipFile(export.path) as archive:
        main, kids = (_texts(archive.read(name)) for name in ("obrascheniya.csv", "obrascheniya-2.csv"))
    assert main[1][0] == number
    assert kids == [
        ["№", "Строка", "Имя", "Когда родился ребёнок"],
        [number, "1", "Аня", "02.03.2015"],
        [number, "2", "'+Боря", "05.01.2017"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+7", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
def test_what_could_be_a_formula_is_words(text: str) -> None:
    assert cells.safe(text).startswith("'")
    assert cells.as_text(text).startswith("'")


def test_numbers_stay_numbers() -> None:
    assert [cells.number(text) for text in ("-5", "12\u00a0500,50", "3", "много", "1" * 20)] == [
        *(-5, 12500.5, 3, "много", "1" * 20)
    ]
    assert [cells.as_text(cell) for cell in (-5, 12500.5, None)] == ["-5", "12500,5", ""]
    assert len(cells.safe("я" * 40_000)) < 32_767


def test_who_took_the_consent_back_is_counted_and_not_named(lead: Any) -> None:
    gone = make.resolved(lead)
    withdrawal.withdraw_consent(gone.pk)
    (row,) = _sheets(_made(lead, "folder=closed"))["Обращения"]
    assert (row["№"], row["Состояние"]) == (gone.public_number, "решено")
    assert row["Примечание"] == "персональные данные не выгружаются"
    text = " ".join(str(value) for value in row.values())
    for secret in (gone.name, gone.email, gone.summary, make.EXPLANATION, "поговорить"):
        assert secret
        assert secret not in text
    assert row["Телефон"] is None


def test_files_come_in_a_zip_by_number(lead: Any) -> None:
    question = Field(key="q_papers", type="file", label="Бумаги", options={"types": ["image"]})
    application, bare = make.new(), make.resolved(lead)
    for owner in (application, bare):
        upload = files.add(make.draft(), question, io.BytesIO(uploads.picture()), "паспорт.jpg")
        Upload.objects.filter(pk=upload.pk).update(application=owner, draft=None)
    withdrawal.withdraw_consent(bare.pk)
    export = _made(lead, kind="csv", with_files=True)
    with zipfile.ZipFile(export.path) as archive:
        assert archive.testzip() is None
        name = f"files/{application.public_number}/01 паспорт.jpg"
        assert sorted(archive.namelist()) == [name, "obrascheniya.csv"]
        assert archive.read(name) == uploads.picture()


def test_too_many_files_are_refused_in_words(lead: Any, settings: Any) -> None:
    settings.EXPORT_FILES_MOST_MB = 0
    question = Field(key="q_papers", type="file", label="Бумаги", options={"types": ["image"]})
    upload = files.add(make.draft(), question, io.BytesIO(uploads.picture()), "паспорт.jpg")
    Upload.objects.filter(pk=upload.pk).update(application=make.new(), draft=None)
    export = requesting.ask(lead, Look(lead, QueryDict("folder=open")), "csv", with_files=True)
    running.drain()
    export.refresh_from_db()
    assert export.state == "failed"
    assert "по частям" in export.problem
    assert not list(Path(settings.EXPORTS_DIR).iterdir())


def test_the_way_over_the_screens(lead: Any, signed_in: Any) -> None:
    make.new()
    client = signed_in(lead)
    assert "/admin/queue/exports/new/?folder=open" in client.get("/admin/queue/?folder=open").content.decode()
    page = client.get("/admin/queue/exports/new/?folder=open&channel=site").content.decode()
    assert "Все открытые; Откуда пришло: сайт" in page
    asked = client.post("/admin/queue/exports/new/", {"query": "folder=open&channel=site", "format": "csv"})
    export = Export.objects.get()
    assert asked["Location"] == f"/admin/queue/exports/{export.pk}/"
    assert "ждёт очереди" in client.get(asked["Location"]).content.decode()
    assert "<html" not in client.get(f"{asked['Location']}?part").content.decode()
    running.drain()
    assert "Скачать файл" in client.get(asked["Location"]).content.decode()
    answer = client.get(f"{asked['Location']}file/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert len(_texts(b"".join(answer.streaming_content))) == 2
    client.post(f"{asked['Location']}drop/")
    assert client.get(f"{asked['Location']}file/").status_code == 302
    assert client.get("/admin/queue/exports/").status_code == 200
    acts = list(OfficeEntry.objects.order_by("seq").values_list("action", flat=True))
    assert acts == ["export_asked", "export_made", "export_given", "export_dropped"]
    assert not list(office.problems())
    assert client.post("/admin/queue/exports/new/", {"query": "folder=open"}).status_code == 400


def test_what_was_searched_is_not_in_the_journal(lead: Any) -> None:
    make.new()
    export = requesting.ask(lead, Look(lead, QueryDict("q=Иванова")), "csv", with_files=False)
    assert export.words == "Поиск «Иванова»"
    assert OfficeEntry.objects.get().facts["view"] == "Поиск"


def test_only_its_owner_gets_it_and_only_while_nothing_in_it_became_foreign(
    lead: Any, person: Any, signed_in: Any
) -> None:
    make.new()
    export = _made(lead, kind="csv")
    address = f"/admin/queue/exports/{export.pk}/file/"
    other = person("lead", "other")
    make.team("Иркутск", other)
    assert signed_in(other).get(address).status_code == 404
    for role in ("operator", "reviewer", "press"):
        assert signed_in(role).get(address)["Location"] == "/admin/"
    client = signed_in(lead)
    assert client.get(address).status_code == 200
    lead.teams.clear()
    assert client.get(address).status_code == 302
    assert "больше не видна" in client.get(f"/admin/queue/exports/{export.pk}/").content.decode()


def test_a_right_lost_before_it_ran_is_respected(lead: Any) -> None:
    make.new()
    asked = [requesting.ask(lead, Look(lead, QueryDict("folder=open")), "csv", with_files=False) for _n in range(2)]
    lead.teams.clear()
    running.drain()
    assert list(Export.objects.values_list("state", "total")) == [("done", 0)] * 2
    lead.groups.clear()
    Export.objects.filter(pk=asked[0].pk).update(state="waiting", lease_until=None)
    running.drain()
    asked[0].refresh_from_db()
    assert (asked[0].state, asked[0].problem) == ("failed", "Права выгружать обращения больше нет.")


def test_the_file_expires(lead: Any, signed_in: Any, settings: Any) -> None:
    make.new()
    export = _made(lead, kind="csv")
    assert keeping.drop_expired() == 0
    left = Path(settings.EXPORTS_DIR, "work-left")
    left.mkdir()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=settings.EXPORT_HOURS, minutes=1)):
        assert signed_in(lead).get(f"/admin/queue/exports/{export.pk}/file/").status_code == 302
        assert keeping.drop_expired() == 2
    assert not list(Path(settings.EXPORTS_DIR).iterdir())
    with time_machine.travel(timezone.now() + datetime.timedelta(days=settings.EXPORT_KEEP_DAYS + 2)):
        keeping.drop_expired()
    assert not Export.objects.exists()


def test_it_can_be_stopped(lead: Any, signed_in: Any, monkeypatch: Any, settings: Any) -> None:
    make.new()
    client = signed_in(lead)
    waiting = requesting.ask(lead, Look(lead, QueryDict("folder=open")), "csv", with_files=False)
    client.post(f"/admin/queue/exports/{waiting.pk}/stop/")
    waiting.refresh_from_db()
    assert waiting.state == "stopped"
    running_one = requesting.ask(lead, Look(lead, QueryDict("folder=open")), "csv", with_files=False)
    real = running.rows.numbers

    def numbers(look: Any) -> Any:
        client.post(f"/admin/queue/exports/{running_one.pk}/stop/")
        yield from real(look)

    monkeypatch.setattr(running.rows, "numbers", numbers)
    running.drain()
    running_one.refresh_from_db()
    assert running_one.state == "stopped"
    assert not list(Path(settings.EXPORTS_DIR).iterdir())


def test_one_at_a_time_and_no_more_than_three_wait(lead: Any) -> None:
    look = Look(lead, QueryDict("folder=open"))
    for _number in range(requesting.MOST_AT_ONCE):
        requesting.ask(lead, look, "csv", with_files=False)
    with pytest.raises(requesting.Refused):
        requesting.ask(lead, look, "csv", with_files=False)
    held = jobs.claim(Export.objects.all(), one_at_a_time=True)
    assert held is not None
    assert jobs.claim(Export.objects.all(), one_at_a_time=True) is None
    assert running.drain() == 0


def test_queries_a_thousand_rows_are_constant(lead: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(running.rows, "PAGE", 2)
    # Words about the progress come by the clock and not by the rows.
    monkeypatch.setattr(jobs, "EVERY", 3600)
    counted = {}
    for rows in (4, 8, 16):
        for number in range(rows - Application.objects.count()):
            make.new(q_story=f"просьба {rows} {number}")
        requesting.ask(lead, Look(lead, QueryDict("folder=open")), "csv", with_files=False)
        with CaptureQueriesContext(connection) as asked:
            running.drain()
        counted[rows] = len(asked)
        assert Export.objects.order_by("-created_at")[0].total == rows
    # Two statements a page, the rows and their labels: four a thousand at 500 a page; the rest comes once.
    assert (counted[8] - counted[4], counted[16] - counted[8]) == (2 * 2, 2 * 4)
    assert counted[4] <= 2 * 2 + 36


def test_what_staff_filled_in_has_its_own_columns(lead: Any) -> None:
    document = definitions.help_json()
    kinds = [{"key": "yes", "label": "Да"}, {"key": "no", "label": "Нет"}]
    asked = [
        definitions.question("q_agreed", "short_text", "Что согласовано"),
        definitions.question("q_visit", "choice", "Нужен выезд", options={"choices": kinds}),
    ]
    document["steps"][2]["fields"] += [each | {"staff": True} for each in asked]
    version = definitions.published_form(steps=document["steps"])
    made = actions.submit_answers(version, definitions.help_answers(), 1, "site", "key")
    made = actions.take(made.pk, lead, 1)
    raw = {"q_agreed": "=дрова", "q_visit": "yes"}
    staffing.save(made.pk, lead, made.version, staffing.Wanted(raw=raw))
    (row,) = _sheets(_made(lead))["Обращения"]
    assert (row["Служебное: Что согласовано"], row["Служебное: Нужен выезд"]) == ("'=дрова", "Да")
