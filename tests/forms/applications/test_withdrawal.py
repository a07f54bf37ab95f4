"""Withdrawing the application or the consent, and what an erasure leaves: a record without a person."""

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from forms.applications import actions, answering, files, journal, papers, timeline, unsent_files, withdrawal
from forms.applications.models import Application, Draft, Message, SearchDoc, Upload
from forms.applications.states import State
from forms.notifications.models import Outbox
from tests.factories import applications as make
from tests.factories import uploads

pytestmark = pytest.mark.django_db
SECRETS = ("Иванова", "Мария", "79000000000", "9000000000", "ivanova", "психолог", "после шести", "брак.jpg", "детский")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def reviewer(person):
    user = person("reviewer")
    make.team("Иркутск", user)
    return user


@pytest.mark.parametrize("state", ["new", "in_work", "waiting_applicant"])
def test_an_open_application_is_withdrawn_once(reviewer, state) -> None:
    application = make.new() if state == "new" else make.BY_STATE[state](reviewer)
    for _again in range(2):
        withdrawal.withdraw(application.pk, "k1", "Уже помогли соседи")
    application.refresh_from_db()
    assert (application.state, application.result, application.explanation) == ("withdrawn", "withdrawn", "")
    assert not application.is_open and application.closed_at and application.has_news
    assert application.messages.get(side="applicant").text == "Уже помогли соседи"
    assert Outbox.objects.filter(key__contains="withdrawn").count() == 1
    view = timeline.for_applicant(application)
    assert str(view.state_words) == "Вы отозвали обращение"
    assert view.promise.startswith("Заявка отозвана")
    with pytest.raises(actions.Refused):
        answering.write(application.pk, "k2", "Передумали")


def test_what_is_answered_is_not_withdrawn(reviewer) -> None:
    application = make.resolved(reviewer)
    with pytest.raises(actions.Refused, match="уже закрыта"):
        withdrawal.withdraw(application.pk, "k1")


def test_no_explanation_is_needed_by_withdrawn_alone(reviewer) -> None:
    application = make.in_work(reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(
            state="resolved", result="resolved", is_open=False, closed_at=timezone.now()
        )


def _full(reviewer: Any) -> Application:
    """An application with something of the person in every place that holds such things."""
    application = make.waiting(reviewer, text="Когда звонить Марии?", asked={"q_story": "Детский психолог?"})
    file = unsent_files.add(application, "any", papers.LOOSE, io.BytesIO(uploads.picture()), "брак.jpg")
    raw = {"q_story": "Нужен детский психолог."}
    inquiry = application.inquiries.get()
    answering.answer(application.pk, inquiry.pk, "k1", text="Звоните после шести", raw=raw, uploads=[file])
    # One more waits to be sent.
    unsent_files.add(application, unsent_files.WRITE, papers.LOOSE, io.BytesIO(uploads.picture()), "брак-2.jpg")
    application.refresh_from_db()
    explanation = "Мария Петровна, психолог ждёт вас."
    return actions.resolve(application.pk, reviewer, application.version, explanation)


@pytest.mark.parametrize("closed", [True, False])
def test_withdrawn_consent_stops_the_work_and_sets_the_day(reviewer, closed, settings) -> None:
    application = make.resolved(reviewer) if closed else make.in_work(reviewer)
    for _again in range(2):
        withdrawal.withdraw_consent(application.pk)
    application.refresh_from_db()
    day = timezone.localdate() + datetime.timedelta(days=settings.ERASURE_DAYS)
    assert application.erase_on == day
    assert application.state == (State.RESOLVED if closed else State.WITHDRAWN)
    assert application.journal.filter(action__in=("withdraw_consent", "consent_withdrawn")).count() == 1
    assert withdrawal.erase_due() == 0
    with pytest.raises(actions.Refused):
        withdrawal.erase(application.pk)
    columns = (application.name, application.phone, application.phone_digits, application.email, application.summary)
    assert columns == ("данные закрыты", "", "", "", ""), "no list, card or hit shows the person any more"
    assert not SearchDoc.objects.get(pk=application.pk).stems.strip()
    told = [row.recipient for row in Outbox.objects.all()]
    assert told.count("ivanova@example.ru") == len(told) > 0, "the letter that says so still leaves"


def test_an_erasure_leaves_a_record_and_no_person(reviewer, django_capture_on_commit_callbacks) -> None:
    application = _full(reviewer)
    withdrawal.withdraw_consent(application.pk)
    dump = _dump()
    assert all(secret.lower() in dump for secret in SECRETS), "the test looks at the wrong places"
    upload, waiting = Upload.objects.get(unsent_of=None), Upload.objects.get(unsent_of=application)
    assert files.storage.exists(files.place(upload.pk)) and files.storage.exists(files.place(waiting.pk))
    with (
        time_machine.travel(timezone.now() + datetime.timedelta(days=31)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert withdrawal.erase_due() == 1
        assert withdrawal.erase_due() == 0
    application.refresh_from_db()
    left = _dump()
    assert [secret for secret in SECRETS if secret.lower() in left] == []
    assert not files.storage.exists(files.place(upload.pk)) and not files.storage.exists(files.place(waiting.pk))
    assert not Upload.objects.exists() and not Draft.objects.exists() and not Outbox.objects.exists()
    assert (application.sheet.answers, application.sheet.consent_version) == ({}, 1)
    assert application.explanation == "Текст удалён вместе с персональными данными."
    entry = application.journal.last()
    assert (entry.action, entry.facts["files"], entry.facts["messages"]) == ("erase", 2, 2)
    assert not list(journal.problems())
    assert Message.objects.filter(text="").count() == 2


def test_the_database_keeps_the_person_out_of_what_was_erased(reviewer) -> None:
    application = make.resolved(reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(erased_at=timezone.now())


def _dump() -> str:
    """Every row of this room's and the outbox's tables as text."""
    tables = [name for name in connection.introspection.table_names() if name.startswith(("form_app", "form_not"))]
    rows = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [_plain(value) for row in cursor.fetchall() for value in row]
    return "\n".join(rows).lower()


def _plain(value: Any) -> str:
    """JSON with its Russian letters as letters."""
    try:
        return json.dumps(json.loads(value), ensure_ascii=False)
    except (TypeError, ValueError):
        return str(value)


def test_what_was_kept_long_enough_is_erased_by_itself(reviewer) -> None:
    old, young, still_open = make.resolved(reviewer), make.resolved(reviewer), make.in_work(reviewer)
    months = old.form.retention_months
    ago = timezone.now() - datetime.timedelta(days=31 * months + 40)
    Application.objects.filter(pk__in=(old.pk, still_open.pk)).update(received_at=ago)
    Application.objects.filter(pk=old.pk).update(closed_at=ago)
    assert withdrawal.erase_due() == 1
    for application in (old, young, still_open):
        application.refresh_from_db()
    assert old.erased_at and old.name == ""
    assert young.name and still_open.name and not young.erase_on
