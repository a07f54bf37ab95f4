"""Files of the status page that wait to be sent: limits, whose they are, what sweeps them, and kill -9."""

import datetime
import io
import os
import signal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from forms.applications import actions, answering, files, papers, unsent_files, withdrawal
from forms.applications.contents import Unfit
from forms.applications.models import Application, Inquiry, Message, Upload
from forms.applications.movement import Refused
from tests import processes
from tests.factories import applications as make
from tests.factories import uploads

pytestmark = pytest.mark.django_db
WRITE = unsent_files.WRITE


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def reviewer(person: Any) -> Any:
    user = person("reviewer")
    make.team("Иркутск", user)
    return user


def add(application: Application, page: str = WRITE, name: str = "a.jpg") -> Upload:
    return unsent_files.add(application, page, papers.LOOSE, io.BytesIO(uploads.picture()), name)


def lying() -> int:
    """How many files lie on the disk."""
    return len(list(files._files()))


def test_a_message_takes_what_waits_for_it_and_a_second_click_takes_nothing(
    reviewer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    application = make.in_work(reviewer)
    sent, other = add(application), add(application, unsent_files.PAPERS)
    assert files.of_application(application) == []
    answering.write(application.pk, "k1", "Вот", unsent_files.of(application, WRITE))
    sent.refresh_from_db()
    assert (sent.application, sent.message, sent.unsent_of, sent.unsent_on) == (
        application,
        Message.objects.get(key="k1"),
        None,
        "",
    )
    # The second request of a double click has kept its own copy of the file before it waits for the lock.
    copy = add(application)
    with django_capture_on_commit_callbacks(execute=True):
        answering.write(application.pk, "k1", "Вот", [copy])
        unsent_files.drop([sent])
    assert [upload.pk for upload in files.of_application(application)] == [sent.pk]
    assert unsent_files.of(application, unsent_files.PAPERS) == [other] and lying() == 2


def test_what_another_page_sent_or_removed_is_not_sent_twice(reviewer: Any) -> None:
    application = make.in_work(reviewer)
    first, second = add(application), add(application)
    answering.write(application.pk, "k1", "", [first])
    unsent_files.remove(application, str(second.pk))
    for upload in (first, second):
        stale = Upload(pk=upload.pk, unsent_of=application)
        with pytest.raises(Refused, match="другой странице"):
            answering.write(application.pk, "k2", "Вот", [stale])
    assert Message.objects.filter(side="applicant").count() == 1


def test_nobody_fills_the_disk(reviewer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    application, other = make.in_work(reviewer), make.in_work(reviewer)
    for _n in range(5):
        add(application)
    with pytest.raises(Unfit, match="не больше: 5 файлов"):
        add(application)
    monkeypatch.setattr(unsent_files, "MOST", 6)
    add(application, "inquiry-1")
    with pytest.raises(Unfit, match="уже много"):
        add(application, unsent_files.PAPERS)
    monkeypatch.setattr(unsent_files, "MOST", 60)
    monkeypatch.setattr(unsent_files, "MOST_BYTES", 7 * len(uploads.picture()))
    add(application, unsent_files.PAPERS)
    with pytest.raises(Unfit, match="уже много"):
        add(application, unsent_files.PAPERS)
    add(other)
    assert lying() == Upload.objects.count() == 8, "what was refused leaves nothing on the disk"


def test_what_is_of_another_application_is_not_there(reviewer: Any) -> None:
    mine, foreign = make.in_work(reviewer), make.in_work(reviewer)
    upload = add(foreign)
    assert unsent_files.of(mine, WRITE) == []
    assert not unsent_files.remove(mine, str(upload.pk)) and not unsent_files.remove(mine, "../x")
    with pytest.raises(Refused):
        answering.write(mine.pk, "k1", "", [upload])
    upload.refresh_from_db()
    assert upload.unsent_of == foreign
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(application=foreign)


def test_an_answer_that_nobody_waits_for_leaves_its_files_to_a_message(reviewer: Any) -> None:
    application = make.waiting(reviewer)
    inquiry = Inquiry.objects.get()
    upload = add(application, unsent_files.page_of(inquiry))
    actions.resolve(application.pk, reviewer, application.version, make.EXPLANATION)
    unsent_files.hand_over(application, inquiry)
    assert unsent_files.of(application, WRITE) == [upload]


def test_what_nobody_sends_is_swept_and_the_rest_is_no_orphan(
    reviewer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    application, withdrawn = make.in_work(reviewer), make.in_work(reviewer)
    old, gone = add(application), add(withdrawn)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=6), tick=False):
        young = add(application)
        assert unsent_files.drop_old() == 0 and files.drop_orphans() == 0
    withdrawal.withdraw(withdrawn.pk, "k1")
    with (
        time_machine.travel(timezone.now() + datetime.timedelta(days=8), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert unsent_files.drop_old() == 2
    assert list(Upload.objects.all()) == [young] and lying() == 1
    assert not files.storage.exists(files.place(old.pk)) and not files.storage.exists(files.place(gone.pk))


KEEP = """
import io, sys
from forms.applications import papers, unsent_files
from forms.applications.models import Application
from tests.factories import uploads
application = Application.objects.get(pk=int(sys.argv[1]))
upload = unsent_files.add(application, "write", papers.LOOSE, io.BytesIO(uploads.picture()), "справка.jpg")
print("kept", upload.pk)
sys.stdin.readline()
"""
KEEP_AT_ONCE = """
import io, sys
from forms.applications import papers, unsent_files
from forms.applications.models import Application
from tests.factories import uploads
application = Application.objects.get(pk=int(sys.argv[1]))
print("ready")
sys.stdin.readline()
try:
    unsent_files.add(application, "write", papers.LOOSE, io.BytesIO(uploads.picture()), "справка.jpg")
    print("kept")
except unsent_files.Unfit as unfit:
    print(unfit)
"""


@pytest.mark.django_db(transaction=True)
def test_what_was_acknowledged_outlives_a_kill(reviewer: Any, settings: Any, tmp_path: Path) -> None:
    application = make.in_work(reviewer)
    settings.UPLOADS_DIR = tmp_path / "data" / "uploads"
    process = processes.start(KEEP, application.pk, env=processes.environment(tmp_path / "data"))
    key = processes.line(process, "kept").split()[1]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    [upload] = unsent_files.of(application, WRITE)
    with files.opened(upload) as stream:
        assert (str(upload.pk), stream.read()) == (key, uploads.picture())
    answering.write(application.pk, "k1", "", [upload])
    assert files.of_application(application) == [upload]


@pytest.mark.django_db(transaction=True)
def test_six_at_once_never_pass_the_limit_together(reviewer: Any, settings: Any, tmp_path: Path) -> None:
    application = make.in_work(reviewer)
    env = processes.environment(tmp_path / "data")
    said = processes.together([processes.start(KEEP_AT_ONCE, application.pk, env=env) for _number in range(6)])
    assert said.count("kept") == 5, said
    assert Upload.objects.count() == 5
