"""A definition as a file, its schema, copies with fresh keys."""

import json
from typing import Any

import pytest

from bench.forms import big_json
from forms.definitions import transfer
from forms.definitions.document import Definition, DefinitionError
from tests.factories.definitions import help_definition, question
from tests.factories.family import CHILDREN, family, family_json

FORMS = (family(), help_definition(), Definition.from_json(big_json()))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_out_and_in_again_is_the_same(form: Any) -> None:
    assert transfer.import_json(transfer.export_json(form)) == form
    assert transfer.import_json(transfer.export_json(form).encode()).digest() == form.digest()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"\xff\xfe", "UTF-8"),
        ("{\n\n oops", "строке 3"),
        ("[" * 100_000, "не описание формы"),
        ('{"format": NaN}', "не описание формы"),
        (json.dumps(family_json(format=2)), "более новой версии"),
        (json.dumps(family_json(colour="red")), "Неизвестное поле"),
        ("[]", "нужен объект"),
        (" " * (transfer.MOST_BYTES + 1), "слишком большой"),
    ],
    ids=["encoding", "json", "deep", "nan", "newer", "unknown", "list", "big"],
)
def test_a_file_that_cannot_be_a_form_is_refused_with_a_sentence(text: Any, words: str) -> None:
    with pytest.raises(DefinitionError) as error:
        transfer.import_json(text)
    assert any(words in sentence for _path, sentence in error.value.problems)


def test_the_schema_accepts_what_is_exported_and_refuses_unknown_keys() -> None:
    validators = pytest.importorskip("jsonschema.validators")
    schema = transfer.document_schema()
    validators.Draft202012Validator.check_schema(schema)
    validator = validators.Draft202012Validator(schema)
    for form in FORMS:
        assert not list(validator.iter_errors(form.to_json()))
    for wrong in (family_json(colour="red"), family_json(format=2), family_json(rules=[{"key": "r", "kind": "x"}])):
        assert list(validator.iter_errors(wrong))


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    schema = transfer.document_schema()
    text = json.dumps(schema, default=str)
    names = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert names == set(schema["$defs"])


def test_copies_have_fresh_keys_and_their_references_follow() -> None:
    copied = transfer.fresh_keys([CHILDREN, question("q_after", "date", "После {q_kids|детей}")], taken=["q_phone"])
    keys = [copied[0]["key"], *(inner["key"] for inner in copied[0]["fields"]), copied[1]["key"]]
    assert len(set(keys)) == 7
    assert not set(keys) & {"q_kids", "q_kid", "q_born", "q_phone"}
    name, born, age, school, _study = copied[0]["fields"]
    assert age["options"]["expr"]["of"] == [{"q": born["key"]}]
    assert school["show_if"]["q"] == age["key"]
    assert born["label"] == f"Когда родился {{{name['key']}|ребёнок}}"
    assert copied[1]["label"] == f"После {{{copied[0]['key']}|детей}}"
    assert CHILDREN["key"] == "q_kids"
