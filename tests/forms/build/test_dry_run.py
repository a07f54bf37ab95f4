"""The changed draft on real answers: who would fail, be stopped, see other things, go elsewhere; counted, and listed
only for who may see the applications."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from forms.applications import actions
from forms.applications.models import Application, Sheet
from forms.applications.routing import Routes, team_for
from forms.build import dryrun
from forms.build.dryrun import Outcome
from forms.build.models import FormPage
from forms.definitions import versions
from forms.definitions.document import Definition
from services.models import Territory
from tests.factories.applications import team
from tests.factories.definitions import help_answers, help_json, published_form, question
from tests.factories.forms import answers_by_key, form_page

pytestmark = pytest.mark.django_db

CHILD = {"op": "all", "of": [{"q": "q_relation", "op": "eq", "v": "c_child"}]}


def send(version, number: int, **answers) -> Application:
    return actions.submit_answers(version, help_answers(**answers), 1, "api", f"key-{number}-of-this-test")


def changed(**changes) -> Definition:
    return Definition.from_json(help_json(**changes))


def run(version, new: Definition, limit: int = 50) -> dict[str, dict[str, int]]:
    outcome = dryrun.go_on(version.form, new, Outcome(), limit)
    return {kind: {words: len(ids) for words, ids in found.items()} for kind, found in outcome.reasons.items() if found}


@pytest.fixture
def version():
    team()
    return published_form()


def test_the_same_form_changes_nothing_for_anybody(version) -> None:
    send(version, 1)
    send(version, 2, q_relation="c_spouse", q_birth="2020-01-01")
    assert run(version, changed()) == {}


def test_required_answers_that_are_missing_and_answers_that_fit_no_more(version) -> None:
    send(version, 1)
    without = {key: value for key, value in help_answers().items() if key != "q_email"}
    actions.submit_answers(version, without, 1, "api", "no-mail-here")
    steps = help_json()["steps"]
    steps[0]["fields"][2]["required"] = True
    steps[2]["fields"][0]["options"] = {"choices": steps[2]["fields"][0]["options"]["choices"][1:]}
    steps[2]["fields"].append(question("q_new", "short_text", "Чем топят"))
    assert run(version, changed(steps=steps)) == {
        "failing": {"«Почта»: ответа нет, а он обязателен": 1, "«Темы»: ответ больше не подходит": 2},
        "other": {"Появился бы вопрос «Чем топят»": 2},
    }


def test_stops_checks_steps_and_teams(version) -> None:
    send(version, 1, q_relation="c_child")
    send(version, 2)
    team("Юристы", codes=())
    steps = help_json()["steps"]
    steps[1]["show_if"] = {"q": "q_phone", "op": "empty"}
    moved = {"key": "s_more", "title": "Ещё", "lead": "", "show_if": None}
    steps.append(moved | {"fields": [question("q_more", "short_text", "Что ещё", required=False)]})
    assert run(version, changed(steps=steps)) == {
        "other": {"Не было бы шага «Семья»": 2, "Добавился бы шаг «Ещё»": 2},
    }
    rules = [
        {"key": "r_stop", "kind": "stop", "if": CHILD, "hard": True, "message": "Вам в опеку", "link": "/c/"},
        {"key": "r_check", "kind": "check", "if": CHILD, "message": "Проверьте, кто вы", "fields": ["q_relation"]},
        {"key": "r_team", "kind": "route", "if": CHILD, "team": "Юристы"},
    ]
    assert run(version, changed(rules=rules)) == {
        "failing": {"Проверка: «Проверьте, кто вы»": 1},
        "stopped": {"Остановка: «Вам в опеку»": 1},
        "team": {"«Иркутск» → «Юристы»": 1},
    }


def test_many_are_looked_at_in_steps_with_few_queries_and_withdrawn_ones_not_at_all(
    version, django_assert_max_num_queries, monkeypatch
) -> None:
    monkeypatch.setattr(dryrun, "CHUNK", 4)
    sent = [send(version, number) for number in range(10)]
    Application.objects.filter(pk=sent[0].pk).update(erase_on=timezone.localdate())
    versions.forget()
    new = changed(steps=help_json()["steps"][:2])
    outcome = Outcome()
    sizes = []
    while not outcome.ended:
        with django_assert_max_num_queries(5):
            outcome = dryrun.go_on(version.form, new, Outcome(**outcome.to_json()), 50)
        sizes.append(outcome.looked)
    assert sizes == [4, 8, 9]
    assert outcome.count("other") == 9
    assert sent[0].pk not in outcome.reasons["other"]["Не было бы шага «Какая помощь нужна»"]
    assert Sheet.objects.filter(answers=help_answers()).count() == 10


def test_the_teams_read_at_once_are_those_of_a_sending(version) -> None:
    team("Юристы", codes=("bratsk",))
    routes = Routes()
    for code in ("irkutsk", "bratsk", None):
        pk = Territory.objects.get(code=code).pk if code else None
        for wanted in (None, "Юристы", "Нет такой"):
            assert routes.team_name(pk, wanted) == team_for(pk, wanted).name


def test_editors_see_how_many_and_only_who_may_see_applications_their_numbers(
    signed_in, person, grant_page_rights
) -> None:
    page = form_page()
    grant_page_rights()
    editor = signed_in("formeditor")
    team("Иркутск")
    form_version = versions.latest("help")
    sent = actions.submit_answers(form_version, answers_by_key(form_version), 1, "api", "one-of-them")
    address = reverse("form_build:dry_run", args=[page.pk])
    steps = page.steps.get_prep_value()
    steps[2]["value"]["title"] = "Другое"
    value = {"label": "Чем топят", "required": True}
    steps[2]["value"]["questions"].append({"type": "short_text", "id": str(uuid.uuid4()), "value": value})
    page.steps = FormPage._meta.get_field("steps").to_python(steps)
    page.save_revision()
    html = editor.get(address).content.decode()
    assert "Появился бы вопрос «Чем топят»" in html
    assert sent.public_number not in html
    assert "номера видят сотрудники" in html
    admin = signed_in("admin")
    html = admin.get(address + "?n=50").content.decode()
    assert f'<a href="/admin/queue/{sent.pk}/">{sent.public_number}</a>' in html
    for other in (signed_in("press"), signed_in("reviewer")):
        assert other.get(address).status_code in {302, 403}
