"""The task list before publishing: what it says, who may see it, and that its button publishes only what was shown."""

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission

from forms.applications.models import Application, Draft, Trial
from forms.build.models import FormPage
from forms.build.readiness import Readiness
from forms.definitions import versions
from forms.notifications.models import Outbox
from tests.factories.forms import form_page, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(signed_in, grant_page_rights):
    page = form_page()
    grant_page_rights()
    client = signed_in("formeditor")
    client.page, client.address = page, reverse("form_build:ready", args=[page.pk])
    return client


def read(client) -> str:
    answer = client.get(client.address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def seen(client) -> str:
    return client.get(client.address).context["seen"]


def test_a_draft_says_what_is_left_and_a_tried_one_is_published_from_here(editor) -> None:
    page = editor.page
    page.minutes = 9
    page.save_revision(user=editor.user)
    html = read(editor)
    for words in ("Осталось 1 из 9", "Сколько минут занимает: 7 → 9", "36 месяцев", "Начатых заявок сейчас нет"):
        assert words in html
    assert "Пройти пробную заявку" in html
    editor.post(editor.address, {"seen": seen(editor)})
    assert versions.latest("help").number == 1
    tried(page)
    assert "Всё готово" in read(editor)
    editor.post(editor.address, {"seen": seen(editor)}, follow=True)
    assert versions.current("help")[1].minutes == 9
    assert versions.latest("help").published_by == editor.user


def test_what_was_changed_meanwhile_is_not_published_unseen(editor) -> None:
    before = seen(editor)
    editor.page.minutes = 9
    tried(editor.page)
    editor.page.save_revision()
    html = editor.post(editor.address, {"seen": before}, follow=True).content.decode()
    assert "Форму изменили, пока вы смотрели" in html
    assert versions.latest("help").number == 1


def test_each_item_says_what_is_wrong_and_where_to_mend_it(editor) -> None:
    page = editor.page
    steps = page.steps.get_prep_value()
    steps[0]["value"]["questions"] = [q for q in steps[0]["value"]["questions"] if q["type"] not in {"phone", "email"}]
    steps[1]["value"]["title"] = ""
    page.steps = FormPage._meta.get_field("steps").to_python(steps)
    page.receipt_text, page.consent_text, page.retention_months = "", "", 0
    page.save_revision()
    left = {item.key for item in Readiness(page).items if not item.done}
    assert left == {"consent", "contact", "retention", "receipt", "checks", "trial"}
    html = read(editor)
    assert f'href="/admin/pages/{page.pk}/edit/#id_receipt_text"' in html
    assert "Пройти пробную заявку" not in html
    found = editor.get(reverse("form_build:findings", args=[page.pk])).content.decode()
    assert f'<a href="#block-{steps[1]["id"]}-section">Назовите шаг</a>' in found
    assert '<a href="#id_consent_text">' in found


def test_nobody_else_comes_in(editor, signed_in, client) -> None:
    addresses = [reverse(f"form_build:{name}", args=[editor.page.pk]) for name in ("ready", "findings", "trial")]
    for other in (client, signed_in("press"), signed_in("reviewer")):
        for address in addresses:
            assert other.post(address).status_code in {302, 403}
            assert "Готовность" not in other.get(address, follow=True).content.decode()
    assert not Trial.objects.filter(how=Trial.How.SENT).exists()


def test_the_right_to_publish_is_asked_for(editor) -> None:
    editor.page.minutes = 9
    tried(editor.page)
    editor.page.save_revision()
    was = seen(editor)
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    assert "может другой сотрудник" in read(editor)
    assert editor.post(editor.address, {"seen": was}).status_code in {302, 403}
    assert versions.latest("help").number == 1
    assert not Application.objects.exists() and not Outbox.objects.exists() and not Draft.objects.exists()


def test_a_page_that_was_never_saved_has_nothing_to_be_told_yet(editor) -> None:
    address = reverse("wagtailadmin_pages:add", args=["form_build", "formpage", editor.page.get_parent().pk])
    html = editor.get(address).content.decode()
    assert "Проверки появятся здесь" in html
    assert "/admin/form-build/0/findings/" in html


def test_the_screen_and_the_panel_ask_the_database_little(editor, django_assert_max_num_queries) -> None:
    editor.page.minutes = 9
    editor.page.save_revision()
    found = reverse("form_build:findings", args=[editor.page.pk])
    for address, most in ((editor.address, 40), (found, 30)):
        editor.get(address)
        with django_assert_max_num_queries(most):
            editor.get(address)
