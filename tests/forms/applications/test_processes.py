"""Races and crashes with real processes, on the engine the suite runs on."""

import os
import signal
import socket
import time

import pytest
from django.core import mail
from django.db import connections

from forms.applications import actions, journal
from forms.applications.models import Application, Draft, Sheet
from forms.definitions.models import Form
from forms.notifications import delivery, outbox
from forms.notifications.models import Outbox
from tests import processes
from tests.factories import applications as make
from tests.factories import definitions

pytestmark = pytest.mark.django_db(transaction=True)

SUBMIT = """
import sys
from forms.applications import actions
from forms.applications.models import Draft
draft = Draft.objects.get(pk=int(sys.argv[1]))
print("ready")
sys.stdin.readline()
print(actions.submit(draft, 1).pk)
sys.stdin.readline()
"""
SUBMIT_API = """
import sys
from forms.applications import actions
from forms.definitions.models import FormVersion
from tests.factories.definitions import help_answers
version = FormVersion.objects.get(pk=int(sys.argv[1]))
print("ready")
sys.stdin.readline()
print(actions.submit_answers(version, help_answers(), 1, "api", "one-key").pk)
"""
SUBMIT_LIMITED = """
import sys
from forms.applications import actions, opening
from forms.applications.models import Draft
draft = Draft.objects.get(pk=int(sys.argv[1]))
print("ready")
sys.stdin.readline()
try:
    print("sent", actions.submit(draft, 1).pk)
except opening.Closed as closed:
    print("closed", closed.opening.state)
"""
TAKE = """
import sys
from accounts.models import User
from forms.applications import actions
user = User.objects.get(username=sys.argv[2])
print("ready")
sys.stdin.readline()
try:
    print("took", actions.take(int(sys.argv[1]), user, 1).pk)
except (actions.Stale, actions.Refused) as late:
    print("late", type(late).__name__)
"""


ANSWER = """
import sys
from forms.applications import answering
print("ready")
sys.stdin.readline()
raw = {"q_phone": f"8900111223{sys.argv[3]}"}
answering.answer(int(sys.argv[1]), int(sys.argv[2]), f"key{sys.argv[3]}", text=sys.argv[3], raw=raw)
print("done")
"""


@pytest.fixture
def env(tmp_path):
    return processes.environment(tmp_path, OUTBOX_LEASE_SECONDS="2")


def _one_whole_application() -> None:
    application = Application.objects.get()
    assert Sheet.objects.get().answers == definitions.help_answers()
    assert application.journal_length == application.journal.count() == 1
    assert Outbox.objects.filter(about=f"application:{application.pk}").count() == 1
    assert not list(journal.problems())


def test_eight_processes_submit_one_draft_at_once(env) -> None:
    make.team()
    draft = make.draft()
    said = processes.together([processes.start(SUBMIT, draft.pk, env=env) for _number in range(8)])
    assert len(set(said)) == 1
    _one_whole_application()
    assert Draft.objects.get().application_id == int(said[0])


def test_eight_processes_never_pass_the_limit_together(env) -> None:
    make.team()
    drafts = [make.draft() for _number in range(8)]
    Form.objects.update(most_applications=3)
    said = processes.together([processes.start(SUBMIT_LIMITED, draft.pk, env=env) for draft in drafts])
    assert sorted(words.split()[0] for words in said) == ["closed"] * 5 + ["sent"] * 3
    assert Application.objects.count() == 3
    assert Draft.objects.filter(application__isnull=True).exclude(answers={}).count() == 5


def test_four_processes_use_one_key_at_once(env) -> None:
    make.team()
    version = definitions.published_form()
    said = processes.together([processes.start(SUBMIT_API, version.pk, env=env) for _number in range(4)])
    assert len(set(said)) == 1
    _one_whole_application()


def test_of_four_who_take_at_once_one_gets_it(env, person) -> None:
    users = [person("reviewer", f"r{number}") for number in range(4)]
    make.team("Иркутск", *users)
    application = make.new()
    said = processes.together([processes.start(TAKE, application.pk, user.username, env=env) for user in users])
    assert sorted(words.split()[0] for words in said) == ["late"] * 3 + ["took"]
    application.refresh_from_db()
    assert (application.version, application.journal_length) == (2, 2)
    assert not list(journal.problems())


def test_of_four_answers_at_once_one_counts(env, person) -> None:
    user = person("reviewer")
    make.team("Иркутск", user)
    application = make.waiting(user, asked={"q_phone": "Не дозвонились"})
    inquiry = application.inquiries.get()
    said = [processes.start(ANSWER, application.pk, inquiry.pk, number, env=env) for number in range(4)]
    assert processes.together(said) == ["done"] * 4
    application.refresh_from_db()
    assert (application.state, application.version) == ("in_work", 4)
    message = application.messages.get(side="applicant")
    assert application.corrections.get().change["after"] == f"+7900111223{message.text}" == application.phone
    assert not list(journal.problems())


def test_a_shown_receipt_outlives_kill_9_and_the_letter_still_leaves(env, tmp_path) -> None:
    """The web process dies after the receipt, the worker dies in the middle of sending, the letter leaves once."""
    make.team()
    draft = make.draft()
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        # A bell nobody heard is made good by the round of the next minute.
        deaf.settimeout(100)
        env |= {"EMAIL_URL": f"smtp://127.0.0.1:{deaf.getsockname()[1]}"}
        worker = processes.run("manage.py", "run_huey", "-k", "thread", "-w", "1", env=env)
        web = processes.start(SUBMIT, draft.pk, env=env)
        try:
            processes.line(web, "ready")
            web.stdin.write("go\n")
            web.stdin.flush()
            shown = int(processes.line(web))
            os.kill(web.pid, signal.SIGKILL)
            # The worker heard the bell and talks to a mail server that never answers.
            deaf.accept()
            os.kill(worker.pid, signal.SIGKILL)
        finally:
            for process in (web, worker):
                process.kill()
                process.wait()
    assert Application.objects.get().pk == shown
    row = Outbox.objects.get()
    assert (row.state, row.attempts) == (Outbox.State.WAITING, 1)
    assert row.lease_until is not None
    # Nobody else may send while the lease runs; then the periodic task does.
    assert delivery.drain() == 0
    deadline = time.monotonic() + 20
    while not delivery.drain() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert [message.to for message in mail.outbox] == [["ivanova@example.ru"]]
    assert delivery.drain() == 0
    row.refresh_from_db()
    assert (row.state, row.body) == (Outbox.State.SENT, "")


DRAIN = """
import sys
from forms.definitions.models import Form
from forms.notifications import delivery
print("ready")
sys.stdin.readline()
print(delivery.drain())
"""


def test_three_workers_send_each_letter_once(env, tmp_path) -> None:
    for number in range(40):
        outbox.put(key=f"k{number}", recipient=f"a{number}@example.ru", subject="Тема", body="Текст")
    said = processes.together([processes.start(DRAIN, env=env) for _number in range(3)])
    assert sum(map(int, said)) == 40
    texts = "".join(path.read_text() for path in (tmp_path / "mail").iterdir())
    assert [texts.count(f"To: a{number}@example.ru") for number in range(40)] == [1] * 40
    assert not Outbox.objects.exclude(state=Outbox.State.SENT).exists()


def test_a_submit_that_dies_before_its_commit_leaves_nothing(env) -> None:
    make.team()
    draft = make.draft()
    code = SUBMIT.replace(
        'print("ready")',
        'import os, forms.applications.messages as m; m.received = lambda a: os._exit(9); print("ready")',
    )
    process = processes.start(code, draft.pk, env=env)
    processes.line(process, "ready")
    process.communicate("go\n", timeout=60)
    assert process.returncode == 9
    connections.close_all()
    assert not Application.objects.exists()
    assert actions.submit(Draft.objects.get(), 1).pk
    _one_whole_application()


ENTER_CALL = """
import sys
from accounts.models import User
from forms.applications import entering
from forms.definitions.models import FormVersion
from tests.factories.definitions import help_answers
version, user = FormVersion.objects.get(pk=int(sys.argv[1])), User.objects.get(username=sys.argv[2])
print("ready")
sys.stdin.readline()
print(entering.enter(version, help_answers(), entering.Said("phone"), user, "one-call").pk)
"""


def test_two_presses_at_one_moment_write_one_call_down(env, person) -> None:
    person("operator")
    make.team()
    version = definitions.published_form()
    said = processes.together([processes.start(ENTER_CALL, version.pk, "operator", env=env) for _press in range(3)])
    assert len(set(said)) == 1
    connections.close_all()
    assert Application.objects.count() == 1
    assert not list(journal.problems())
