"""Whatever road leads to publishing what people registered for, the numbers stand before it, and each hears once."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import querydict_from_html

from accounts import roles
from forms.build import telling
from forms.notifications.models import Outbox
from forms.registrations import following
from services.models import CalendarException, Centre, HoursException, MeetingException, SharedHours, SupportGroup
from tests.factories import registrations as make
from tests.factories import services

pytestmark = pytest.mark.django_db
OFF = "2 записанных на 1 встречу получат письмо об отмене."
DAY = date(2027, 2, 3)


@pytest.fixture(autouse=True)
def _in_january() -> Any:
    with time_machine.travel(datetime(2027, 1, 30, 12, tzinfo=timezone.get_default_timezone()), tick=False):
        yield


@pytest.fixture
def group() -> SupportGroup:
    """Wednesdays from 3 February on at a centre; two people for the first meeting, one for the next."""
    made = make.group(starts_on=DAY, weekday=2, venue=services.centre(), skips_holidays=True)
    made.save_revision().publish()
    for number, name in ((0, "Анна"), (0, "Вера"), (1, "Галина")):
        make.register(made, name, number=number)
    return made


@pytest.fixture
def desk(group: SupportGroup, signed_in: Any) -> Any:
    """The press officer."""
    roles.grant_page_rights()
    return signed_in("press")


def _drafted(group: SupportGroup) -> SupportGroup:
    """A draft without the first meeting."""
    group.exceptions.add(MeetingException(date=DAY, reason="Ремонт"))
    group.save_revision()
    return SupportGroup.objects.get(pk=group.pk)


def _letters() -> int:
    return Outbox.objects.filter(key__contains=":called_off:").count()


def _told_once(group: SupportGroup) -> None:
    """Two rounds of the worker: who was registered for the first meeting has one letter."""
    following.run()
    following.run()
    assert _letters() == 2


@pytest.fixture
def waiting(group: SupportGroup, person: Any) -> SupportGroup:
    """The draft waits for an approval of the administrators."""
    task = GroupApprovalTask.objects.create(name="Проверка", active=True)
    task.groups.add(Group.objects.get(name="Администратор"))
    workflow = Workflow.objects.create(name="Проверка страниц", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=group.get_parent())
    drafted = _drafted(group)
    workflow.start(drafted, person("formeditor"))
    return SupportGroup.objects.get(pk=group.pk)


@pytest.mark.parametrize("by_dialogue", [True, False])
def test_a_moderator_sees_the_numbers_and_approves_with_the_comment(
    waiting: SupportGroup, signed_in: Any, by_dialogue: bool
) -> None:
    admin = signed_in("admin")
    state = waiting.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])
    headers = {"X-Requested-With": "XMLHttpRequest"} if by_dialogue else {}
    answer = admin.post(address, {"comment": "Проверено, да"}, headers=headers)
    screen = answer.json()["redirect"] if by_dialogue else answer["Location"]
    assert not SupportGroup.objects.get().exceptions.exists()
    assert waiting.current_workflow_task_state.status == "in_progress"
    page = admin.get(screen)
    assert OFF in page.content.decode() and ">Проверено, да</textarea>" in page.content.decode()
    assert "comment" not in screen
    stale = admin.post(screen, {"seen": "0:0", "comment": "x"}, follow=True)
    assert "изменили, пока вы смотрели" in stale.content.decode() and not SupportGroup.objects.get().exceptions.exists()
    admin.post(screen, {"seen": page.context["seen"], "comment": "Проверено, да"})
    assert SupportGroup.objects.get().exceptions.get().date == DAY
    state.refresh_from_db()
    assert (state.status, state.comment, state.finished_by) == ("approved", "Проверено, да", admin.user)
    _told_once(waiting)


def test_approving_from_the_editor_keeps_what_was_edited(waiting: SupportGroup, signed_in: Any) -> None:
    admin = signed_in("admin")
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    data = querydict_from_html(admin.get(edit).content.decode(), form_id="page-edit-form")
    data["leader"] = "Ольга"
    acts = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": '{"comment": "Да"}',
    }
    answer = admin.post(edit, data | acts)
    assert answer["Location"] == f"{reverse('form_build:group', args=[waiting.pk])}?approve=1"
    kept = SupportGroup.objects.get()
    assert not kept.exceptions.exists() and kept.get_latest_revision_as_object().leader == "Ольга"
    page = admin.get(answer["Location"])
    admin.post(answer["Location"], {"seen": page.context["seen"], "comment": page.context["comment"]})
    assert SupportGroup.objects.get().leader == "Ольга"
    _told_once(waiting)


def test_nobody_approves_past_their_rights_or_what_waits_no_more(waiting: SupportGroup, desk: Any) -> None:
    screen = f"{reverse('form_build:group', args=[waiting.pk])}?approve=1"
    assert desk.get(screen).status_code == 302, "the press officer is no moderator of this task"
    waiting.current_workflow_state.cancel()
    assert desk.get(screen).status_code == 404


def test_several_pages_show_the_numbers_of_all_before_any_is_published(group: SupportGroup, desk: Any) -> None:
    _drafted(group)
    other = services.group("vzroslye")
    other.leader = "Ольга"
    other.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    address += f"?id={group.pk}&id={other.pk}&next=/admin/"
    seen = desk.post(address)
    assert seen.status_code == 200 and OFF in seen.content.decode()
    assert SupportGroup.objects.get(pk=other.pk).leader != "Ольга", "all or nothing"
    again = desk.post(address, {"told": "another"})
    assert "стало иначе" in again.content.decode()
    assert desk.post(address, {"told": seen.context["sign"]}).status_code == 302
    assert SupportGroup.objects.get(pk=other.pk).leader == "Ольга"
    _told_once(group)


def test_several_pages_are_not_deleted_with_registrations(group: SupportGroup, desk: Any) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={group.pk}&next=/admin/"
    said = desk.post(address, follow=True).content.decode()
    assert SupportGroup.objects.exists() and "записывались люди, удалить её нельзя" in said


def test_a_planned_publishing_shows_the_numbers_and_the_clock_asks_nobody(group: SupportGroup, desk: Any) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[group.pk])
    data = querydict_from_html(desk.get(edit).content.decode(), form_id="page-edit-form")
    row = {"date": "2027-02-03", "new_date": "", "new_starts": "", "ORDER": "1", "id": "", "reason": "Ремонт"}
    data |= {"exceptions-TOTAL_FORMS": "1"} | {f"exceptions-0-{name}": value for name, value in row.items()}
    answer = desk.post(edit, data | {"go_live_at": "2027-01-31 10:00", "action-publish": "1"})
    screen = desk.get(answer["Location"])
    assert OFF in screen.content.decode() and "После публикации 31.01.2027 10:00" in screen.content.decode()
    desk.post(answer["Location"], {"seen": screen.context["seen"]})
    following.run()
    assert _letters() == 0 and not SupportGroup.objects.get().exceptions.exists()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        call_command("publish_scheduled")
        assert SupportGroup.objects.get().exceptions.exists()
        _told_once(group)


def test_hours_of_a_centre_that_call_meetings_off_are_shown_first(group: SupportGroup, desk: Any) -> None:
    centre = Centre.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[centre.pk])
    data = querydict_from_html(desk.get(edit).content.decode(), form_id="page-edit-form")
    assert desk.post(edit, data | {"floor": "2 этаж", "action-publish": "1"})["Location"] != ""
    assert Centre.objects.get().floor == "2 этаж", "what concerns nobody is published at once"
    row = {"first_day": "2027-02-01", "last_day": "2027-02-05", "opens": "", "closes": "", "reason": "Ремонт"}
    row |= {"duty_phone": "", "ORDER": "1", "id": ""}
    data |= {"exceptions-TOTAL_FORMS": "1"} | {f"exceptions-0-{name}": value for name, value in row.items()}
    answer = desk.post(edit, data | {"floor": "2 этаж", "action-publish": "1"})
    assert answer["Location"] == reverse("form_build:group", args=[centre.pk])
    screen = desk.get(answer["Location"])
    assert OFF in screen.content.decode() and not Centre.objects.get().exceptions.exists()
    desk.post(answer["Location"], {"seen": screen.context["seen"]})
    assert Centre.objects.get().exceptions.get().reason == "Ремонт"
    _told_once(group)


def test_a_shared_exception_and_a_year_of_the_calendar_say_who_is_told(group: SupportGroup, desk: Any) -> None:
    answers = {"first_day": "2027-02-03", "last_day": "2027-02-03", "opens": "", "closes": "", "reason": "Мороз"}
    answers |= {"duty_phone": "", "centres": [Centre.objects.get().pk]}
    add = reverse("wagtailsnippets_services_sharedhours:add")
    assert OFF in desk.post(add, answers).content.decode()
    # The own opening of the place holds, so the group meets.
    HoursException.objects.create(
        centre=Centre.objects.get(), first_day=DAY, last_day=DAY, opens=time(9), closes=time(18), reason="Дежурим"
    )
    assert "письмо об отмене" not in desk.post(add, answers).content.decode()
    assert not SharedHours.objects.exists()
    year = {"off": "3 февраля", "working": "", "source": "Указ Губернатора от 1 декабря 2026 года № 1-уг"}
    assert OFF in desk.post(reverse("year_calendar", args=[2027]), year).content.decode()
    CalendarException.objects.create(date=date(2027, 3, 1), source="Указ № 1")
    following.run()
    assert _letters() == 0, "a look tells nobody"


def test_outside_of_a_request_nobody_is_asked_and_inside_no_road_leads_past(group: SupportGroup) -> None:
    drafted = _drafted(group)
    revision = drafted.get_latest_revision()
    with telling.asking(asks=True), pytest.raises(telling.Untold):
        revision.publish()
    assert not SupportGroup.objects.get().exceptions.exists()
    revision.publish()
    assert Page.objects.get(pk=group.pk).specific.exceptions.exists()
