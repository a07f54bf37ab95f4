"""Even work: whose turn it is, by rule, in the database and in a burst of real processes; and who is away."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from forms.applications import absences, actions, journal, sharing, timeline
from forms.applications.models import Absence, Application, Team
from forms.applications.movement import Refused
from forms.applications.sharing import Load
from tests import processes
from tests.factories import applications as make

TODAY = timezone.localdate
LOADS = st.dictionaries(st.integers(1, 9), st.integers(0, 30), min_size=1)


@given(loads=LOADS, count=st.integers(0, 60))
def test_whoever_got_something_has_no_more_than_one_above_the_least(loads: dict[int, int], count: int) -> None:
    now = {pk: Load(number, number and pk) for pk, number in loads.items()}
    given_to = []
    for number in range(count):
        chosen = sharing.least(list(now), now)
        assert chosen is not None
        given_to.append(chosen)
        now[chosen] = Load(now[chosen].count + 1, 1000 + number)
    least = min(load.count for load in now.values())
    assert all(now[pk].count <= least + 1 for pk in given_to)
    assert sum(load.count for load in now.values()) == sum(loads.values()) + count


@given(loads=LOADS)
def test_equals_take_turns(loads: dict[int, int]) -> None:
    now = {pk: Load(3, pk) for pk in loads}
    turns = []
    for number in range(2 * len(now)):
        chosen = sharing.least(list(now), now)
        assert chosen is not None
        turns.append(chosen)
        now[chosen] = Load(now[chosen].count + 1, 1000 + number)
    assert turns[: len(now)] == turns[len(now) :] == sorted(now)
    assert sharing.least([], now) is None


@pytest.fixture
def team(person):
    people = [person("reviewer", name, last_name=name.title()) for name in ("anna", "boris", "vera")]
    # Neither sees work without the right to do it, nor does an administrator who only looks after the team.
    made = make.team("Иркутск", *people, person("operator"), person("admin"))
    Team.objects.filter(pk=made.pk).update(shares_evenly=True)
    made.people = people
    return made


def _away(person, first: int = 0, last: int = 0, **more) -> Absence:
    days = (TODAY() + datetime.timedelta(days=each) for each in (first, last))
    starts, ends = days
    return Absence.objects.create(person=person, starts_on=starts, ends_on=ends, **more)


@pytest.mark.django_db
def test_new_ones_go_round_and_stand_in_the_journal_as_the_rules_doing(team) -> None:
    made = [make.new() for _number in range(6)]
    assert [application.assignee for application in made] == [*team.people, *team.people]
    first = Application.objects.get(pk=made[0].pk)
    assert (first.state, first.version) == ("in_work", 2)
    entry = first.journal.get(action="assign")
    assert entry.actor is None
    assert entry.facts["rule"] == sharing.EVENLY
    told = timeline.for_staff(first, timeline.entries_of(first))
    words = [str(event.words) for _day, events in told.days for event in events]
    assert any("Anna" in each and "поровну" in each for each in words)
    assert not list(journal.problems())


@pytest.mark.django_db
def test_who_closed_something_is_next_and_who_is_away_gets_none(team) -> None:
    anna, boris, vera = team.people
    made = [make.new() for _number in range(3)]
    actions.resolve(made[2].pk, vera, 2, "Помогли")
    assert make.new().assignee == vera
    _away(anna)
    assert [make.new().assignee for _number in range(2)] == [boris, vera]
    _away(boris, -3, 2)
    _away(vera, 1, 2)
    assert make.new().assignee == vera


@pytest.mark.django_db
def test_with_nobody_there_it_waits_in_the_queue(team) -> None:
    for each in team.people:
        _away(each)
    assert make.new().assignee is None
    Team.objects.update(shares_evenly=False)
    Absence.objects.all().delete()
    assert make.new().assignee is None


@pytest.mark.django_db
def test_its_price_in_queries(team, django_assert_num_queries) -> None:
    application = make.new()
    team = Team.objects.get(pk=team.pk)
    fresh = Application.objects.create(
        number_prefix="38",
        source_key="x",
        form_id=application.form_id,
        form_version_id=application.form_version_id,
        team=team,
        due_on=TODAY(),
    )
    # People locked, absences, loads, the row, the journal's entry and its head.
    with django_assert_num_queries(6):
        sharing.share(fresh, fresh.team)


SUBMIT = """
import sys
from forms.applications import actions
from forms.applications.models import Draft
drafts = [Draft.objects.get(pk=int(each)) for each in sys.argv[1:]]
print("ready")
sys.stdin.readline()
print(*(actions.submit(draft, 1).assignee.username for draft in drafts))
"""


@pytest.mark.django_db(transaction=True)
def test_a_burst_from_four_processes_is_spread_evenly(team, tmp_path) -> None:
    _away(team.people[2])
    drafts = [make.draft() for _number in range(8)]
    env = processes.environment(tmp_path)
    pairs = [(drafts[number].pk, drafts[number + 1].pk) for number in range(0, 8, 2)]
    said = processes.together([processes.start(SUBMIT, *pair, env=env) for pair in pairs])
    assert sorted(" ".join(said).split()) == ["anna"] * 4 + ["boris"] * 4
    assert not list(journal.problems())


@pytest.mark.django_db
def test_absences_are_written_by_oneself_or_the_lead_of_the_team(team, person) -> None:
    anna, boris, _vera = team.people
    lead, stranger = person("lead"), person("lead", "stranger")
    team.members.add(lead)
    make.team("Братск", stranger, codes=("bratsk",))
    day = TODAY()

    def absence(whose, **more):
        return Absence(**{"person": whose, "starts_on": day, "ends_on": day} | more)

    absences.save(absence(anna), anna)
    absences.save(absence(boris, substitute=anna), lead)
    for wrong, by in (
        (absence(anna), anna),
        (absence(boris, starts_on=day + datetime.timedelta(days=9)), boris),
        (absence(lead, substitute=lead), lead),
        (absence(lead, substitute=person("press")), lead),
        (absence(boris, starts_on=day.replace(year=2040), ends_on=day.replace(year=2040)), anna),
        (absence(boris, starts_on=day.replace(year=2040), ends_on=day.replace(year=2040)), stranger),
    ):
        with pytest.raises(Refused):
            absences.save(wrong, by)
    assert set(absences.on(day)) == {anna.pk, boris.pk}
    with pytest.raises(Refused):
        absences.remove(Absence.objects.get(person=anna), boris)
