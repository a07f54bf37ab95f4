"""What anybody may learn of a form: nothing that is the office's own matter, and the schema of the description."""

import json

import jsonschema
import pytest

from forms.definitions import transfer, versions
from forms.definitions.document import Definition
from tests.factories.family import family_json
from tests.factories.forms import form_page

pytestmark = pytest.mark.django_db


def test_a_form_is_told_without_what_belongs_to_the_office(client) -> None:
    versions.publish(form_page().form, Definition.from_json(family_json(team="children")))
    data = client.get("/api/forms/help").json()
    told = data["definition"]
    assert {rule["kind"] for rule in told["rules"]} == {"stop", "check"}
    assert "team" not in told
    text = json.dumps(data, ensure_ascii=False)
    for private in ("q_staff", "Проверено", "children", "families", "бумаги", "urgency", "r_topic", "Позвоним о детях"):
        assert private not in text, private
    schema = client.get("/api/schemas/form").json()
    jsonschema.Draft202012Validator(schema).validate(told)


def test_the_schema_is_public_and_valid_itself(client) -> None:
    answer = client.get("/api/schemas/form")
    schema = answer.json()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "http://testserver/api/schemas/form"
    assert "max-age" in answer["Cache-Control"]
    assert not answer.cookies
    listed = client.get("/api/").json()["endpoints"]
    assert "/api/schemas/form" in {each["path"] for each in listed}


def test_the_schema_refuses_what_no_form_can_be() -> None:
    validator = jsonschema.Draft202012Validator(transfer.document_schema())
    good = family_json()
    assert validator.is_valid(good)
    assert not validator.is_valid(good | {"colour": "red"})
    assert not validator.is_valid(good | {"format": 2})
    broken = json.loads(json.dumps(good))
    broken["steps"][0]["fields"][0]["type"] = "riddle"
    assert not validator.is_valid(broken)
