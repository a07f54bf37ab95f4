"""Real processes: nobody is given a seat that is not there, and nobody loses one to a crash."""

import pytest

from forms.applications.models import Application
from forms.registrations.models import Registration, Session
from forms.registrations.states import State
from tests import processes
from tests.factories import applications, registrations

pytestmark = pytest.mark.django_db(transaction=True)

# As many as serve the portal on a small server; each sends one after another without a pause.
PROCESSES, EACH = 4, 75
REGISTER = """
import sys
from services.models import SupportGroup
from tests.factories import registrations
group = SupportGroup.objects.get()
process, each = map(int, sys.argv[1:])
registrations.register(group, f"{process} разогрев", number=1)
print("ready")
sys.stdin.readline()
for person in range(each):
    registrations.register(group, f"П{process}-{person}", letters=False)
print("done")
"""


@pytest.fixture
def env(tmp_path):
    return processes.environment(tmp_path)


def test_three_hundred_people_at_once_get_exactly_twenty_seats_and_an_ordered_list(env) -> None:
    applications.team()
    group = registrations.group(seats=20, waiting_seats=1000)
    arguments = [(number, EACH) for number in range(PROCESSES)]
    said = processes.together([processes.start(REGISTER, *each, env=env) for each in arguments])
    assert said == ["done"] * PROCESSES
    session = Session.objects.order_by("day").first()
    rows = Registration.objects.filter(session=session)
    assert rows.count() == PROCESSES * EACH == 300
    assert rows.filter(state=State.CONFIRMED).count() == session.taken == 20
    line = list(rows.in_line().values_list("place", "application", "pk"))
    assert [place for place, _application, _pk in line] == list(range(1, 281))
    # The list is in the order in which people were let to the row of the meeting.
    assert [pk for _place, _application, pk in line] == sorted(pk for _place, _application, pk in line)
    assert session.waiting == 280
    assert Application.objects.filter(registrations__session=session).count() == 300
    assert session.group_id == group.pk
