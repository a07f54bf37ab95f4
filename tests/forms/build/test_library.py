"""Every template of the library: nothing to mend, and a way through it to the end whatever is answered."""

import datetime
import json
import random
from typing import Any

import jsonschema
import pytest
from django.test import Client
from django.utils import timezone

from forms.applications import drafts
from forms.applications.models import Application, Team
from forms.build import library
from forms.definitions import checks, rules, transfer, versions
from forms.definitions.answers import clean_all
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from forms.definitions.models import Form, FormVersion
from forms.registrations import people
from home.models import SiteSettings
from tests.factories import registrations
from tests.factories.answering import fill
from tests.factories.services import TerritoryFactory

NAMES = [template.name for template in library.all_templates()]
PRIVATE = ("диагноз", "номер части", "место службы", "позывной")


def definition(name: str) -> Definition:
    template = library.get(name)
    assert template
    return template.definition()


def years_ago(count: int) -> str:
    return (timezone.localdate() - datetime.timedelta(days=count * 366)).isoformat()


GIVEN: dict[str, dict[str, Any]] = {"group": {"q_child_birth": years_ago(9)}}
"""What the first answer of every list would contradict."""


def test_there_are_six() -> None:
    assert NAMES == ["help", "group", "video", "measure", "feedback", "change"]


@pytest.mark.parametrize("name", NAMES)
def test_a_card_says_what_it_is_for(name: str) -> None:
    template = library.get(name)
    assert template and template.title and template.about.endswith(".")
    assert template.minutes and template.asks and template.questions > 8


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_to_mend(name: str) -> None:
    assert not checks.findings(definition(name))


@pytest.mark.parametrize("name", NAMES)
def test_its_file_is_what_the_schema_describes_and_reads_back_the_same(name: str) -> None:
    whole = definition(name)
    text = transfer.export_json(whole)
    jsonschema.Draft202012Validator(transfer.document_schema()).validate(json.loads(text))
    assert transfer.import_json(text) == whole


@pytest.mark.parametrize("name", NAMES)
def test_it_names_who_runs_the_site(name: str) -> None:
    template = library.get(name)
    assert template
    settings = SiteSettings(ministry="министерство заботы", phone="+78000000000", phone_shown="8 800 000 00 00")
    for text in (template.definition(settings).consent.text, definition(name).consent.text):
        assert "{" not in text
    assert "министерство заботы" in template.definition(settings).consent.text
    assert "8 800 000 00 00" in template.definition(settings).consent.text


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_not_to_write_where_people_write_freely(name: str) -> None:
    told = [field for field in definition(name).all_fields if field.type == "long_text"]
    assert name == "group" or any("пишите" in field.hint for field in told)
    for field in definition(name).all_fields:
        assert not any(word in field.label.lower() for word in PRIVATE), field.label


def test_together_they_use_what_the_engine_can() -> None:
    everything = [definition(name) for name in NAMES]
    fields = [field for each in everything for field in each.all_fields]
    assert {"group", "computed", "file", "multiple_choice", "territory"} <= {field.type for field in fields}
    assert {rule.kind for each in everything for rule in each.rules} == {
        "stop", "check", "route", "topic", "urgency", "text",
    }  # fmt: skip
    assert any(field.options.get("papers") for field in fields)
    assert any(field.options.get("count_from") for field in fields)
    assert any(field.staff for field in fields)
    assert any(rule.hard for each in everything for rule in each.rules)
    for each in everything:
        assert each.rules and any(field.show_if for field in each.all_fields)


@pytest.fixture
def territory(db: None) -> None:
    TerritoryFactory(code="irkutsk", name="Иркутск")
    registrations.group(seats=50)
    registrations.group(slug="video", slot_minutes=30, seats=1)
    Team.objects.create(name="Общая очередь", is_common=True)


@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_answered_there_is_a_way_to_the_end(name: str) -> None:
    whole = definition(name)
    sent = 0
    for seed in range(40):
        chance = random.Random(seed)
        answers = fill(whole, chance.randrange, **GIVEN.get(name, {}))
        cleaned, errors = clean_all(whole, answers)
        assert not errors, (seed, errors)
        assert Journey(whole, cleaned).complete(), seed
        sent += not rules.hard_stop(whole, cleaned) and not rules.failed_checks(whole, cleaned)
    assert sent, "nobody gets through"


@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize(("name", "of"), [("group", "meetings"), ("video", "slots")])
def test_seats_are_given_to_whoever_comes(name: str, of: str) -> None:
    whole = definition(name)
    question = whole.first_of("meeting")
    assert question and question.required and question.options == {"of": of}
    rows = people.asked_of(whole)
    # Who comes along to a talk by video needs no seat.
    assert (rows.label if rows else "") == {"group": "Дети", "video": ""}[name]
    assert name == "video" or people.asks_birth(whole)


def published(name: str) -> FormVersion:
    whole = definition(name)
    return versions.publish(Form.objects.create(slug=name, title=whole.title), whole)


@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize("name", NAMES)
def test_a_whole_journey_ends_in_an_application(name: str) -> None:
    version = published(name)
    whole = versions.compiled(version)
    answers = fill(whole, lambda _count: 0, **GIVEN.get(name, {}))
    draft, token = drafts.start(version.pk)
    drafts.save(draft, answers, whole.steps[0].key)
    client = Client()
    client.cookies[f"draft_{name}"] = token
    for step in Journey(whole, answers).steps:
        page = client.get(f"/apply/{name}/{step.key}/")
        assert page.status_code == 200, step.key
        assert step.title in page.content.decode()
    assert client.get(f"/apply/{name}/check/").status_code == 200
    assert client.post(f"/apply/{name}/check/", {"consent": "1"}).status_code == 302
    application = Application.objects.get()
    assert application.sheet.answers.keys() >= {key for key, value in answers.items() if value}
    assert client.get(f"/apply/{name}/receipt/").status_code == 200


def holding(name: str, kind: str, **given: Any) -> list[str]:
    """Keys of the rules of a kind that hold."""
    whole = definition(name)
    answers = fill(whole, lambda _count: 0, **GIVEN.get(name, {}) | given)
    kept = Journey(whole, answers).kept()
    return [rule.key for rule in whole.rules if rule.kind == kind and rule.holds(kept)]


@pytest.mark.usefixtures("territory")
def test_their_rules_decide_what_they_say() -> None:
    assert "r_danger" in holding("help", "stop", q_danger=True)
    assert holding("help", "urgency", q_danger=True)[0] == "r_urgent3"
    assert holding("group", "check", q_brings="alone") == ["r_alone"]
    assert not holding("group", "check", q_brings="alone", q_child_birth=years_ago(15))
    assert holding("group", "stop", q_relation="none") == ["r_stop"]
    assert holding("video", "stop", q_home=True) == ["r_home"]
    assert holding("measure", "check", q_kin="spouse") == ["r_me"]
    assert holding("feedback", "route", q_kind="complaint") == ["r_route"]
    assert not holding("feedback", "route", q_kind="thanks")
    assert holding("change", "check", q_what=["phone"]) == ["r_same"]
