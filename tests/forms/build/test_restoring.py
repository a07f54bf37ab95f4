"""Versions of a form: listed with what each changed, readable, and brought back through the same gate."""

import pytest
from django.urls import reverse

from forms.build import gate, restoring
from forms.build.compiler import document
from forms.build.models import FormPage
from forms.definitions import versions
from forms.definitions.document import Definition
from tests.factories.applications import team
from tests.factories.definitions import help_json
from tests.factories.family import family_json
from tests.factories.forms import form_page, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(signed_in, grant_page_rights):
    """An editor whose form has lost a step, a title and words since its first version."""
    page = form_page()
    steps = page.steps.get_prep_value()
    value = FormPage._meta.get_field("steps").to_python([steps[0], steps[2]])
    page = publish(page, steps=value, title="Помощь", consent_text="Другие слова", consent_dated=None)
    grant_page_rights()
    client = signed_in("formeditor")
    client.page = page
    return client


def address(client, name: str, *more: int) -> str:
    return reverse(f"form_build:{name}", args=[client.page.pk, *more])


def test_the_list_says_when_who_and_what(editor) -> None:
    html = editor.get(address(editor, "versions")).content.decode()
    assert html.index("Версия 2") < html.index("Версия 1")
    for words in ("первая публикация", "убрано", "сейчас на сайте"):
        assert words in html


def test_a_version_reads_as_words(editor) -> None:
    html = editor.get(address(editor, "version", 1)).content.decode()
    for words in ("Кем вы приходитесь участнику", "Супруга или супруг", "Показывать, если", "Новый шаг «Семья»"):
        assert words in html
    now = editor.get(address(editor, "version", 2)).content.decode()
    assert "Вернуть эту версию" not in now
    assert editor.get(address(editor, "version", 3)).status_code == 404


def test_an_old_version_comes_back_as_a_new_one_with_its_keys(editor) -> None:
    first = versions.definition_of(versions.latest("help").form.versions.get(number=1).pk)
    answer = editor.post(address(editor, "version", 1), follow=True)
    html = answer.content.decode()
    assert "Версия 1 теперь в черновике" in html
    assert "Новый шаг «Семья»" in html
    assert versions.latest("help").number == 2
    # It was live once: no second trial is asked for.
    assert "Всё готово" in html
    editor.post(address(editor, "ready"), {"seen": answer.context["seen"]})
    version, definition = versions.current("help")
    assert version.number == 3
    assert definition.to_json()["steps"] == first.to_json()["steps"]
    assert (definition.title, definition.consent.text) == (first.title, first.consent.text)
    assert definition.consent.version == 3


@pytest.mark.parametrize("make", [help_json, family_json], ids=["help", "family"])
def test_laying_a_version_gives_the_same_content(make) -> None:
    for name in ("children", "families"):
        team(name, codes=())
    page = form_page("any", **make())
    published = versions.current("any")[1]
    restoring.lay(page, published, None)
    again = Definition.from_json(document(page.get_latest_revision_as_object()))
    assert gate.content_digest(again) == gate.content_digest(published)


def test_nobody_else_comes_in(editor, signed_in, client) -> None:
    for other in (client, signed_in("press"), signed_in("reviewer")):
        for place in (address(editor, "versions"), address(editor, "version", 1)):
            assert other.get(place).status_code in {302, 403}
        assert other.post(address(editor, "version", 1)).status_code in {302, 403}
    assert not editor.page.revisions.filter(user__username__in=["press", "reviewer"]).exists()
