"""A worker that dies while it offers a seat leaves the seat to the next round, and nobody is written to twice."""

import signal

import pytest

from forms.notifications.models import Outbox
from forms.registrations import offers, releasing
from forms.registrations.models import Registration, Session
from tests import processes
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db(transaction=True)

HANGING = """
import sys
from forms.registrations import messages, offers
put = messages.put
def hang(*given, **named):
    put(*given, **named)
    print("in the middle", flush=True)
    sys.stdin.readline()
messages.put = hang
offers.run()
"""


def test_a_killed_worker_loses_no_offer_and_doubles_none(tmp_path, monkeypatch) -> None:
    # The doorbell was lost as well.
    monkeypatch.setattr(releasing, "ring", lambda: None)
    group = make.group(seats=1)
    anna, vera = make.register(group, "Анна"), make.register(group, "Вера")
    releasing.cancel(anna.pk, [Registration.objects.get(application=anna).pk])
    worker = processes.start(HANGING, env=processes.environment(tmp_path))
    try:
        processes.line(worker, "in the middle")
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert Registration.objects.get(application=vera).state == "waiting"
    assert offers.run() == 1
    assert offers.run() == 0
    assert Registration.objects.get(application=vera).state == "offered"
    assert Session.objects.get().taken == 1
    assert Outbox.objects.filter(key__contains=":offered:").count() == 1
