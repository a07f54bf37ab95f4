"""To which team an application goes, and that the many-at-once answer is the same."""

import itertools

import pytest

from forms.applications import labelling
from forms.applications.routing import Routes, common, team_for
from services.models import Territory
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams():
    near = make.team("Иркутск", codes=("irkutsk",))
    make.team("Братск", codes=("bratsk",))
    law, rare = labelling.named(["право", "редкое"])
    lawyers = make.team("Юристы", codes=())
    lawyers.topics.add(law)
    local_lawyers = make.team("Юристы Братска", codes=("bratsk",))
    local_lawyers.topics.add(law)
    return {"near": near, "lawyers": lawyers, "local": local_lawyers, "law": law, "rare": rare}


def test_form_rule_then_topic_then_territory_then_the_common_queue(teams) -> None:
    place = Territory.objects.get(code="irkutsk").pk
    law, rare = teams["law"], teams["rare"]
    assert team_for(place, "Братск", [law]).name == "Братск"
    assert team_for(place, None, [law]) == teams["lawyers"]
    assert team_for(place, None, [rare]) == teams["near"]
    assert team_for(None, None, [rare]) == common()
    assert team_for(place, "нет такой", ()) == teams["near"]


def test_the_first_topic_that_a_team_took_decides_and_among_teams_the_territory(teams) -> None:
    bratsk = Territory.objects.get(code="bratsk").pk
    assert team_for(bratsk, None, [teams["rare"], teams["law"]]) == teams["local"]
    assert team_for(None, None, [teams["law"]]) == teams["lawyers"]


def test_many_at_once_are_routed_like_one(teams, django_assert_num_queries) -> None:
    common()
    places = [None, *Territory.objects.values_list("pk", flat=True)]
    labels = [[], [teams["law"]], [teams["rare"]], [teams["rare"], teams["law"]]]
    with django_assert_num_queries(3):
        routes = Routes()
    for place, wanted, topics in itertools.product(places, (None, "Братск", "нет такой"), labels):
        names = [topic.name for topic in topics]
        assert routes.team_name(place, wanted, names) == team_for(place, wanted, topics).name
