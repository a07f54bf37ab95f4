"""«Новая форма»: drafts from templates and files; files out and in again; copies; and who may."""

import json
from typing import Any

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import roles
from forms.applications.models import Team
from forms.build import drafting, gate, library, places
from forms.build.compiler import document
from forms.build.models import FormPage
from forms.definitions import checks, transfer
from forms.definitions.document import Definition
from tests.factories.definitions import help_json
from tests.factories.forms import form_index, form_page

pytestmark = pytest.mark.django_db
NEW = "/admin/form-build/new/"


@pytest.fixture
def editor(signed_in: Any) -> Any:
    """An editor of forms on a site with a section of forms."""
    form_index()
    roles.grant_page_rights()
    return signed_in("formeditor")


def send(client: Any, content: bytes | str, name: str = "form.json") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(NEW, {"file": SimpleUploadedFile(name, data, "application/json")})


def wrong(client: Any, content: bytes | str) -> str:
    """What the screen says about a file that it refuses; nothing is made."""
    answer = send(client, content)
    assert answer.status_code == 422
    assert not FormPage.objects.exists()
    return answer.content.decode()


def newest() -> FormPage:
    return FormPage.objects.latest("pk").get_latest_revision_as_object()


def test_the_cards_tell_what_each_template_asks(editor: Any) -> None:
    html = editor.get(NEW).content.decode()
    for template in library.all_templates():
        assert template.title in html
        assert template.asks[0] in html
    assert reverse("wagtailadmin_pages:add", args=["form_build", "formpage", form_index().pk]) in html


def test_a_template_becomes_a_draft_with_keys_of_its_own(editor: Any) -> None:
    Team.objects.create(name="Общая очередь", is_common=True)
    for slug in ("feedback", "feedback-2"):
        answer = editor.post(NEW, {"template": "feedback"})
        page = newest()
        assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert (page.slug, page.live) == (slug, False)
    keys = [{field.key for field in Definition.from_json(document(page)).all_fields} for page in FormPage.objects.all()]
    assert len(keys[0]) > 10
    assert not keys[0] & keys[1]
    assert editor.get(f"/admin/pages/{newest().pk}/edit/").status_code == 200
    assert editor.post(NEW, {"template": "nothing"}).status_code == 404


@pytest.mark.parametrize("name", [template.name for template in library.all_templates()])
def test_every_template_can_be_published_as_it_is(name: str) -> None:
    Team.objects.create(name="Общая очередь", is_common=True)
    template = library.get(name)
    page = drafting.new_draft(form_index(), template.definition(), None, name)
    assert not gate.problems_of(page)
    came = Definition.from_json(document(page))
    assert checks.findings(came) == []
    whole = template.definition()
    assert [field.label for field in came.all_fields] == [field.label for field in whole.all_fields]
    assert [rule.kind for rule in came.rules] == [rule.kind for rule in whole.rules]
    jsonschema.Draft202012Validator(transfer.document_schema()).validate(came.to_json())


def test_a_form_goes_out_as_a_file_and_comes_in_the_same(editor: Any) -> None:
    page = form_page()
    answer = editor.get(f"/admin/form-build/{page.pk}/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="help.json"'
    told = json.loads(answer.content)
    jsonschema.Draft202012Validator(transfer.document_schema()).validate(told)
    assert told["$schema"] == "http://testserver/api/schemas/form"
    assert send(editor, answer.content).status_code == 302
    came = newest()
    assert came.pk != page.pk and not came.live
    assert document(came) == document(page)
    assert came.slug == "poprosit-o-pomoshchi"


def test_the_file_holds_the_draft_and_not_what_is_published(editor: Any) -> None:
    page = form_page()
    page.title = "Новое название"
    page.save_revision()
    assert json.loads(editor.get(f"/admin/form-build/{page.pk}/export/").content)["title"] == "Новое название"


def test_an_unfinished_condition_says_why_there_is_no_file(editor: Any) -> None:
    page = form_page()
    raw = page.steps.get_prep_value()
    raw[0]["value"]["questions"][0]["value"]["show_if"] = {"op": "all", "of": [{"q": "", "op": "eq"}]}
    page.steps = json.dumps(raw)
    page.save_revision()
    answer = editor.get(f"/admin/form-build/{page.pk}/export/", follow=True)
    assert "Форму пока нельзя скачать. Поправьте: Шаг 1, вопрос 1, когда показывать" in answer.content.decode()


def test_a_file_is_refused_with_sentences_and_places(editor: Any) -> None:
    good = help_json()
    assert "Выберите файл" in editor.post(NEW, {}).content.decode()
    assert "ошибка в строке 2" in wrong(editor, "{\n oops")
    assert "не в кодировке UTF-8" in wrong(editor, b"\xff\xfe{}")
    assert "более новой версии портала" in wrong(editor, json.dumps(good | {"format": 9}))
    assert "<b>«colour»:</b> Неизвестное поле описания" in wrong(editor, json.dumps(good | {"colour": "red"}))
    broken = help_json()
    broken["steps"][1]["fields"][0]["type"] = "riddle"
    broken["steps"][1]["fields"][0]["shape"] = "round"
    html = wrong(editor, json.dumps(broken))
    assert "<b>Шаг 2, вопрос 1, вид вопроса:</b> Такого вида вопроса нет" in html
    assert "<b>Шаг 2, вопрос 1, «shape»:</b> Неизвестное поле описания" in html
    broken = help_json()
    broken["steps"][0]["fields"][0]["options"] = {"gold": True}
    assert "<b>Шаг 1, вопрос 1, настройки:</b> Неизвестная настройка «gold»" in wrong(editor, json.dumps(broken))
    assert "Напишите дату так" in wrong(
        editor, json.dumps(good | {"consent": {"version": 1, "text": "", "summary": "", "dated": "завтра"}})
    )
    assert "Название" in wrong(editor, json.dumps(good | {"title": ""}))
    assert wrong(editor, json.dumps([1, 2])).count("<li><") >= 1


def test_what_is_too_large_is_not_read(editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "MOST_BYTES", 1024 * 1024)
    assert "Файл слишком большой: не больше 1 МБ" in wrong(editor, b" " * (1024 * 1024 + 1))


@pytest.mark.parametrize("text", ["null", "0", '"x"', "[]", "{}", '{"format": 1, "steps": 5}', "NaN", "[" * 100_000])
def test_any_json_is_answered_with_words(editor: Any, text: str) -> None:
    assert 'role="alert"' in wrong(editor, text)


def test_many_faults_are_counted(editor: Any) -> None:
    broken = help_json(steps=[{"key": f"s{n}", "wrong": 1, "worse": 2} for n in range(30)])
    assert "И ещё ошибок: 10" in wrong(editor, json.dumps(broken))


def test_a_copy_is_a_draft_that_shares_nothing_but_its_keys(editor: Any) -> None:
    page = form_page()
    page.title = "Черновое название"
    page.save_revision()
    url = f"/admin/form-build/{page.pk}/copy/"
    assert "(копия)" in editor.get(url).content.decode()
    answer = editor.post(url, {"title": "Помощь пожилым"})
    copied = newest()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[copied.pk])
    assert (copied.title, copied.slug, copied.live, copied.form) == ("Помощь пожилым", "pomoshch-pozhilym", False, None)
    assert document(copied)["steps"] == document(page)["steps"]
    copied.steps = json.dumps([])
    copied.save_revision()
    assert FormPage.objects.get(pk=page.pk).steps
    assert page.form.versions.count() == 1
    assert "Назовите копию" in editor.post(url, {"title": " "}).content.decode()


def test_only_editors_of_forms_may(signed_in: Any, client: Any) -> None:
    page = form_page()
    roles.grant_page_rights()
    addresses = [NEW, f"/admin/form-build/{page.pk}/export/", f"/admin/form-build/{page.pk}/copy/"]
    for role in ("press", "operator", "reviewer", "manager"):
        person = signed_in(role)
        for address in addresses:
            assert person.get(address)["Location"] == "/admin/", (role, address)
        person.post(NEW, {"template": "feedback"})
        person.post(addresses[2], {"title": "Копия"})
    for address in addresses:
        assert "/admin/login/" in client.get(address)["Location"]
    assert FormPage.objects.count() == 1


def test_a_site_without_a_section_of_forms_has_no_such_screen(signed_in: Any) -> None:
    answer = signed_in("admin").get(NEW, follow=True)
    assert "Взять этот шаблон" not in answer.content.decode()


def test_the_buttons_of_a_form(editor: Any) -> None:
    page = form_page()
    html = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f"/admin/form-build/{page.pk}/copy/" in html
    assert f"/admin/form-build/{page.pk}/export/" in html
    assert NEW in editor.get(f"/admin/pages/{form_index().pk}/").content.decode()


def test_places_are_said_in_words() -> None:
    assert places.in_words(("steps", 0, "fields", 2, "fields", 1, "hint")) == (
        "Шаг 1, вопрос 3, вопрос внутри записи 2, подсказка"
    )
    assert places.in_words(("rules", 1, "if")) == "Правило 2, условие"
    assert places.in_words(("at_hand", 0)) == "Что под рукой, строка 1"
    assert places.in_words(()) == ""


def test_addresses_are_latin_and_free() -> None:
    form_page("spros")
    assert drafting.free_slug(form_index(), "Спрос") == "spros-2"
    assert drafting.free_slug(form_index(), "！？") == "form"
