"""A held step outlives kill -9 of whoever held it and of whoever was taking it, and is taken once."""

import os
import signal

import pytest

from forms.applications import journal
from forms.applications.models import PendingMove
from forms.notifications.models import Outbox
from tests import processes
from tests.factories import applications as make

pytestmark = pytest.mark.django_db(transaction=True)

HOLD = """
import sys
from accounts.models import User
from forms.applications import holding
answer = {"explanation": "Психолог ждёт вас в среду.", "next_step": "Возьмите паспорт."}
holding.hold("explain", int(sys.argv[1]), User.objects.get(username="reviewer"), 2, answer)
print("held")
sys.stdin.readline()
"""
DIE = """
import os, time
from forms.applications import due_moves, messages
messages.of_move = lambda *_a, **_k: os._exit(9)
print("ready")
while True:
    due_moves.take_due()
    time.sleep(0.1)
"""
TAKE = """
import sys
from forms.applications import due_moves
print("ready")
sys.stdin.readline()
print(due_moves.take_due())
"""


def test_a_held_step_outlives_every_kill_and_is_taken_once(person, tmp_path) -> None:
    user = person("reviewer")
    make.team("Иркутск", user)
    application = make.in_work(user)
    Outbox.objects.all().delete()
    env = processes.environment(tmp_path, UNDO_SECONDS="1")
    web = processes.start(HOLD, application.pk, env=env)
    processes.line(web, "held")
    os.kill(web.pid, signal.SIGKILL)
    web.wait()
    application.refresh_from_db()
    assert (application.state, Outbox.objects.count()) == ("in_work", 0)
    worker = processes.start(DIE, env=env)
    assert worker.wait(timeout=60) == 9
    application.refresh_from_db()
    assert (application.state, Outbox.objects.count()) == ("in_work", 0)
    said = processes.together([processes.start(TAKE, env=env) for _number in range(3)])
    assert sorted(said) == ["0", "0", "1"]
    application.refresh_from_db()
    assert (application.state, application.explanation) == ("explained", "Психолог ждёт вас в среду.")
    assert Outbox.objects.count() == 1
    assert not PendingMove.objects.exists()
    assert not list(journal.problems())
