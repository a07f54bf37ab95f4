"""Before a group is published: whom it would tell what, and whether its form can keep what the group says."""

from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from accounts import roles
from forms.applications.movement import Refused
from forms.build import gate, groups
from forms.build.models import FormPage
from forms.notifications.models import Outbox
from forms.registrations import following, impact
from forms.registrations.models import Session
from services.models import MeetingException, SupportGroup
from tests.factories import forms as forms_of
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_january() -> Any:
    with time_machine.travel(datetime(2027, 1, 30, 12, tzinfo=timezone.get_default_timezone()), tick=False):
        yield


@pytest.fixture
def group() -> SupportGroup:
    """Wednesdays from 3 February on, two seats: two of three people wait for a later one."""
    made = make.group(starts_on=date(2027, 2, 3), weekday=2)
    for number, name in ((0, "Анна"), (0, "Вера"), (1, "Галина")):
        make.register(made, name, number=number)
    make.register(made, "Дарья", number=1, letters=False)
    return made


@pytest.fixture
def desk(group: SupportGroup, signed_in: Any) -> Any:
    roles.grant_page_rights()
    return signed_in("press")


def _publish(desk: Any, group: SupportGroup, **changes: Any) -> Any:
    """Press «Опубликовать» in the editor, with these fields otherwise."""
    address = reverse("wagtailadmin_pages:edit", args=[group.pk])
    data = querydict_from_html(desk.get(address).content.decode(), form_id="page-edit-form")
    for name, value in changes.items():
        data[name.replace("__", "-")] = value
    return desk.post(address, data | {"action-publish": "1"})


def _exception(day: str, **more: str) -> dict[str, str]:
    empty = {"new_date": "", "new_starts": "", "ORDER": "1", "id": ""}
    return {"exceptions__TOTAL_FORMS": "1"} | {
        f"exceptions__0__{name}": value for name, value in (empty | {"date": day, "reason": "Ремонт"} | more).items()
    }


def test_an_exception_stops_at_the_numbers_and_is_told_after_the_button(group: SupportGroup, desk: Any) -> None:
    response = _publish(desk, group, **_exception("2027-02-03"))
    screen = reverse("form_build:group", args=[group.pk])
    assert (response.status_code, response["Location"]) == (302, screen)
    assert not SupportGroup.objects.get().exceptions.exists(), "only the draft has it"
    page = desk.get(screen)
    text = page.content.decode()
    assert "2 записанных на 1 встречу получат письмо об отмене." in text
    assert "Среда, 3 февраля" in text and "позвонить" not in text
    following.run()
    assert not Outbox.objects.filter(key__contains=":called_off:").exists()
    stale = desk.post(screen, {"seen": "0:0"}, follow=True).content.decode()
    assert "изменили, пока вы смотрели" in stale and not SupportGroup.objects.get().exceptions.exists()
    done = desk.post(screen, {"seen": page.context["seen"]}, follow=True).content.decode()
    assert "Записанные получат письма в течение пяти минут" in done
    assert SupportGroup.objects.get().exceptions.get().date == date(2027, 2, 3)
    following.run()
    assert Outbox.objects.filter(key__contains=":called_off:").count() == 2


def test_another_weekday_an_hour_and_an_end_are_told_in_numbers(group: SupportGroup) -> None:
    def said(**changes: Any) -> tuple[str, ...]:
        draft = SupportGroup.objects.get()
        for name, value in changes.items():
            setattr(draft, name, value)
        return impact.of(draft).sentences

    assert said(title="Иначе", seats=1, waiting_seats=0) == ()
    assert said(weekday=3) == ("4 записанных на 2 встречи получат письмо об отмене.",)
    assert said(starts=time(18)) == ("4 записанных на 2 встречи получат письмо о новом времени.",)
    assert said(ends_on=date(2027, 2, 3)) == ("2 записанных на 1 встречу получат письмо об отмене.",)
    draft = SupportGroup.objects.get()
    draft.starts = time(18)
    assert impact.of(draft).calls == 1


def test_a_course_names_the_people_once_and_its_meetings_all(group: SupportGroup) -> None:
    course = make.group(
        slug="kurs", registration="per_course", starts_on=date(2027, 2, 3), ends_on=date(2027, 3, 3), weekday=2
    )
    make.register(course, "Анна", key="kurs")
    draft = SupportGroup.objects.get(slug="kurs")
    draft.exceptions.add(MeetingException(date=date(2027, 2, 10), reason="Ремонт"))
    draft.ends_on = date(2027, 2, 24)
    found = impact.of(draft)
    assert found.sentences == ("1 записанный на курс получит письмо: изменятся 2 встречи курса.",)
    assert [line.words for line in found.lines] == [
        "10 февраля, 16:30 — встречи не будет",
        "3 марта, 16:30 — встречи не будет",
    ]


def test_a_change_that_concerns_nobody_is_published_at_once(group: SupportGroup, desk: Any) -> None:
    response = _publish(desk, group, leader="Ольга", **_exception("2027-02-24"))
    assert reverse("form_build:group", args=[group.pk]) != response["Location"]
    assert SupportGroup.objects.get().leader == "Ольга"


def test_only_who_may_publish_is_let_to_the_screen(group: SupportGroup, signed_in: Any) -> None:
    screen = reverse("form_build:group", args=[group.pk])
    client = signed_in("reviewer")
    assert client.get(screen).status_code == client.post(screen, {"seen": "x"}).status_code == 302


def test_a_group_with_registrations_is_not_deleted_and_says_who_stays(group: SupportGroup, desk: Any) -> None:
    answer = desk.post(reverse("wagtailadmin_pages:delete", args=[group.pk]), follow=True)
    assert SupportGroup.objects.exists() and "записывались люди, удалить её нельзя" in answer.content.decode()
    said = desk.post(reverse("wagtailadmin_pages:unpublish", args=[group.pk]), follow=True).content.decode()
    assert "Записано и ждут: 4" in said and not SupportGroup.objects.get().live
    assert following.run() == 0 and set(Session.objects.values_list("state", flat=True)) == {"planned"}


def _without_birth_dates() -> FormPage:
    page = make.form_page()
    steps = page.steps.get_prep_value()
    rows = steps[1]["value"]["questions"][-1]["value"]["questions"]
    rows[:] = [row for row in rows if row["type"] != "birth_date"]
    return forms_of.publish(page, steps=FormPage._meta.get_field("steps").to_python(steps))


def test_a_group_with_an_age_limit_does_not_go_live_with_a_form_that_asks_no_age(desk: Any) -> None:
    page = _without_birth_dates()
    group = SupportGroup.objects.get()
    response = _publish(desk, group, age_from="7", age_to="11")
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[group.pk])
    told = desk.get(response["Location"]).content.decode()
    assert "а возраст форма не узнаёт" in told and reverse("wagtailadmin_pages:edit", args=[page.pk]) in told
    assert SupportGroup.objects.get().age_from is None
    assert "7" in str(SupportGroup.objects.get().get_latest_revision_as_object().age_from)


def test_a_form_does_not_go_live_without_the_age_that_its_group_needs() -> None:
    make.group(age_from=7, age_to=11)
    with pytest.raises(gate.NotReady, match="Добавьте в «Дети» дату рождения"):
        _without_birth_dates()
    page = make.form_page()
    assert not gate.problems_of(page)


def test_another_form_that_asks_no_age_lets_nobody_past_the_limit() -> None:
    _without_birth_dates()
    group = make.group(age_from=7, age_to=11, registration_page=forms_of.form_page().page_ptr)
    with pytest.raises(Refused, match="нужна дата рождения"):
        make.register(group, "Мария")


def test_a_form_without_a_question_about_the_meeting_registers_nobody() -> None:
    group = make.group()
    assert groups.problem_of(group) is None
    group.registration_page = forms_of.form_page().page_ptr
    assert "нет вопроса «Встреча группы»" in str(groups.problem_of(group))
    assert Session.objects.count() == 0
