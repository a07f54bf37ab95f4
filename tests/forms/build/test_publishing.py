"""Every road to publishing: a version with the page, or neither."""

import datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from forms.applications.models import Trial
from forms.build import gate
from forms.build.models import FormPage, PublishedForm
from forms.definitions import versions
from forms.definitions.models import Form, FormVersion
from tests.factories.definitions import help_json, question
from tests.factories.forms import form_page, publish, tried

pytestmark = pytest.mark.django_db


def break_it(page: FormPage) -> FormPage:
    """Take the words from the first question."""
    steps = page.steps.get_prep_value()
    steps[0]["value"]["questions"][0]["value"]["label"] = ""
    page.steps = FormPage._meta.get_field("steps").to_python(steps)
    return page


def two_hours_later() -> None:
    """Publish what is due by then."""
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        call_command("publish_scheduled")


def test_a_draft_on_a_live_page_writes_no_version() -> None:
    page = form_page()
    break_it(page).save_revision()
    assert FormVersion.objects.count() == 1
    assert versions.current("help")[1].fields[0].label == "Как вас зовут"


def test_publishing_without_a_change_writes_no_version() -> None:
    page = form_page()
    page.save_revision().publish()
    page.search_description = "Для поисковика"
    page.save_revision().publish()
    assert FormVersion.objects.count() == 1


def test_moving_a_question_and_changing_words_keep_its_key() -> None:
    page = form_page()
    before = {field.label: field.key for field in versions.current("help")[1].fields}
    steps = page.steps.get_prep_value()
    questions = steps[0]["value"]["questions"]
    questions.reverse()
    questions[0]["value"]["label"] = "Ваш муниципалитет"
    publish(page, steps=FormPage._meta.get_field("steps").to_python(steps))
    after = versions.current("help")[1]
    assert after.fields[0].key == before["Где живёте"]
    assert {field.key for field in after.fields} == set(before.values())


def test_a_broken_form_cannot_go_live_from_code() -> None:
    page = break_it(form_page())
    revision = page.save_revision()
    with pytest.raises(gate.NotReady) as caught:
        revision.publish()
    assert caught.value.problems == [(("steps", 0, "fields", 0, "label"), "Напишите вопрос")]
    page = FormPage.objects.get(pk=page.pk)
    assert page.steps[0].value["questions"][0].value["label"] == "Как вас зовут"
    assert FormVersion.objects.count() == 1


def test_a_scheduled_form_goes_live_with_its_version() -> None:
    page = form_page()
    publish(page, minutes=11, go_live_at=timezone.now() + datetime.timedelta(hours=1))
    assert FormVersion.objects.count() == 1
    two_hours_later()
    assert versions.current("help")[1].minutes == 11


def test_a_version_names_who_published_not_who_wrote(person) -> None:
    writer, chief = person("formeditor"), person("admin")
    page = form_page()
    page.minutes = 9
    tried(page)
    page.save_revision(user=writer).publish(user=chief)
    assert versions.latest("help").published_by == chief
    page.minutes, page.go_live_at = 10, timezone.now() + datetime.timedelta(hours=1)
    tried(page)
    page.save_revision(user=writer).publish(user=chief)
    two_hours_later()
    version, definition = versions.current("help")
    assert (definition.minutes, version.published_by) == (10, chief), "by the clock, who set the clock"


def test_a_broken_scheduled_form_does_not_stop_the_others() -> None:
    broken, good = form_page(), form_page("other")
    broken.go_live_at = good.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    publish(broken, minutes=12)
    publish(good, minutes=12)
    Trial.objects.filter(page_id=broken.pk).delete()
    two_hours_later()
    assert versions.current("other")[1].minutes == 12
    assert versions.latest("help").number == 1
    assert not broken.revisions.exclude(approved_go_live_at=None).exists()


def test_a_changed_address_keeps_the_form() -> None:
    page = form_page()
    form = page.form
    page.slug = "pomoshch"
    page.save_revision().publish()
    assert FormPage.objects.get(pk=page.pk).form == form
    assert versions.current("help") is None
    assert versions.current("pomoshch")[0].form_id == form.pk


def test_a_copy_is_a_form_of_its_own() -> None:
    page = form_page()
    copy = page.copy(update_attrs={"slug": "copy", "title": "Копия"}, keep_live=False)
    assert FormPage.objects.get(pk=copy.pk).form is None
    publish(copy.specific)
    assert versions.current("copy")[0].form_id != page.form.pk
    assert versions.current("help")[0].number == 1


def test_an_unpublished_or_deleted_form_takes_nothing_and_keeps_its_versions() -> None:
    page = form_page()
    page.unpublish()
    assert Form.objects.get(slug="help").is_open is False
    page.save_revision().publish()
    assert Form.objects.get(slug="help").is_open is True
    page.delete()
    assert Form.objects.get(slug="help").is_open is False
    assert not PublishedForm.objects.exists()
    assert FormVersion.objects.count() == 1
    form_page()
    assert Form.objects.get(slug="help").is_open is True


def test_the_bulk_action_of_the_admin_refuses_a_broken_form(signed_in, grant_page_rights) -> None:
    page = form_page()
    grant_page_rights()
    page.unpublish()
    break_it(page).save_revision()
    client = signed_in("admin")
    answer = client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}", follow=True
    )
    assert answer.status_code == 200
    assert not FormPage.objects.get(pk=page.pk).live


def test_the_forms_menu_leads_to_the_queue(signed_in, grant_page_rights) -> None:
    page = form_page()
    grant_page_rights()
    client = signed_in("formeditor")
    assert "Попросить о помощи" in client.get(reverse("wagtailforms:index")).content.decode()
    answer = client.get(reverse("wagtailforms:list_submissions", args=[page.pk]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/queue/")


def test_a_new_kind_of_question_needs_no_migration() -> None:
    _name, path, args, kwargs = FormPage._meta.get_field("steps").deconstruct()
    assert path == "django.db.models.JSONField"
    assert not args
    assert set(kwargs) == {"blank", "default", "verbose_name"}


def test_every_preview_draws() -> None:
    page = form_page()
    for mode, _name in page.preview_modes:
        answer = page.make_preview_request(preview_mode=mode)
        assert answer.status_code == 200, mode
    unknown = page.make_preview_request(preview_mode="step:gone")
    assert "сохраните" in unknown.content.decode()


def test_the_preview_shows_words_and_one_row_and_hides_what_the_staff_fill() -> None:
    steps = help_json()["steps"]
    inner = [question("q_kid", "short_text", "Имя ребёнка")]
    steps[1]["fields"] += [
        question("h_kids", "heading", "О детях"),
        question("e_kids", "explanation", "", options={"text": "Только до 18 лет"}),
        question("q_kids", "group", "Дети", options={"max": 3, "row_title": "Ребёнок"}, fields=inner),
        question("q_seen", "short_text", "Проверено сотрудником", staff=True, required=False),
    ]
    page = form_page(steps=steps)
    html = page.make_preview_request(preview_mode=page.preview_modes[3][0]).content.decode()
    for words in ("<h2>О детях</h2>", "Только до 18 лет", "Ребёнок 1", "Имя ребёнка"):
        assert words in html
    assert "Проверено сотрудником" not in html


def test_what_nobody_tried_cannot_go_live_by_any_road_and_a_trial_is_of_one_content(
    signed_in, grant_page_rights
) -> None:
    page = form_page()
    grant_page_rights()
    page.minutes = 9
    revision = page.save_revision()
    with pytest.raises(gate.NotReady, match="пробную"):
        revision.publish()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    answer = signed_in("admin").post(address)
    assert "пробную заявку" in str(next(iter(get_messages(answer.wsgi_request)), "")), "it says what is missing"
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    with pytest.raises(gate.NotReady):
        page.save_revision().publish()
    two_hours_later()
    assert versions.latest("help").number == 1
    page.go_live_at = None
    tried(page)
    page.minutes = 10
    with pytest.raises(gate.NotReady):
        page.save_revision().publish()
    page.minutes = 9
    page.save_revision().publish()
    assert versions.current("help")[1].minutes == 9


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("receipt_text", " ", "после отправки"),
        ("retention_months", 0, "сколько месяцев"),
        ("closes_at", timezone.now() - datetime.timedelta(days=1), "уже прошёл"),
        ("slug", "trial--a", "другой адрес"),
    ],
)
def test_what_a_form_promises_is_asked_for(field, value, words) -> None:
    page = form_page()
    setattr(page, field, value)
    assert [words in sentence for _path, sentence in gate.problems_of(page)] == [True]
    with pytest.raises(gate.NotReady, match=words):
        publish(page)


def test_what_was_live_may_come_back_without_another_trial() -> None:
    page = publish(form_page(), minutes=9)
    page.minutes = 7
    page.save_revision().publish()
    assert versions.latest("help").number == 3
