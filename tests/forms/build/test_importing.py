"""A form page from a document: published through the normal path, keys stable."""

import pytest

from forms.build.compiler import document
from forms.build.importing import form_page_from_definition
from forms.definitions import versions
from forms.definitions.document import Definition
from tests.factories.definitions import help_json
from tests.factories.forms import form_index, form_page, publish

pytestmark = pytest.mark.django_db


def test_the_page_is_live_and_its_version_has_every_question() -> None:
    page = form_page()
    version, definition = versions.current("help") or (None, None)
    assert page.live
    assert page.form == version.form  # type: ignore[union-attr]
    assert definition is not None
    wanted = Definition.from_json(help_json())
    assert [(f.type, f.label, f.required) for f in definition.fields] == [
        (f.type, f.label, f.required) for f in wanted.fields
    ]
    birth = next(field for field in definition.fields if field.type == "date")
    relation = next(field for field in definition.fields if field.type == "choice")
    assert birth.show_if == {"q": relation.key, "op": "eq", "v": relation.options["choices"][0]["key"]}


def test_a_second_import_changes_nothing() -> None:
    page = form_page()
    publish(page, title="Правка редактора")
    again = form_page()
    assert again.pk == page.pk
    assert again.title == "Правка редактора"


def test_a_published_document_imported_again_keeps_its_keys() -> None:
    published = document(form_page())
    copy = form_page_from_definition(form_index(), "copy", published)
    assert document(copy)["steps"] == published["steps"]
