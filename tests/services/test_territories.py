import pytest

from services import territories
from tests.factories.services import TerritoryFactory

pytestmark = pytest.mark.django_db


def test_picker_offers_municipalities_by_alphabet_and_neither_region_nor_abolished():
    TerritoryFactory(code="tulun", name="Тулун")
    TerritoryFactory(code="bratsk", name="Братск")
    TerritoryFactory(code="gone", name="Ангарский район", abolished=True)
    TerritoryFactory(code="oblast", name="Иркутская область", region=True)
    assert territories.choices() == [("bratsk", "Братск"), ("tulun", "Тулун")]


def test_an_abolished_municipality_keeps_its_name_and_an_unknown_code_is_shown_as_it_is():
    TerritoryFactory(code="gone", name="Ангарский район", abolished=True)
    assert territories.name_of("gone") == "Ангарский район"
    assert territories.name_of("mars") == "mars"


def test_ids_lead_to_the_rows():
    row = TerritoryFactory(code="bratsk")
    assert territories.ids() == {"bratsk": row.pk}


def test_no_query_when_warm(django_assert_num_queries):
    TerritoryFactory(code="bratsk", name="Братск")
    territories.choices()
    with django_assert_num_queries(0):
        assert territories.name_of("bratsk") == "Братск"
        assert territories.choices() and territories.ids() and territories.names()


def test_renaming_and_deleting_are_seen_at_once():
    row = TerritoryFactory(code="bratsk", name="Братск")
    assert territories.name_of("bratsk") == "Братск"
    row.name = "Город Братск"
    row.save()
    assert territories.name_of("bratsk") == "Город Братск"
    row.delete()
    assert territories.choices() == []


def test_what_a_caller_does_to_the_answer_does_not_reach_the_next_caller():
    TerritoryFactory(code="bratsk", name="Братск")
    territories.choices().clear()
    territories.names().clear()
    assert territories.name_of("bratsk") == "Братск"
    assert territories.choices() == [("bratsk", "Братск")]
