"""The staff's screen of meetings: whose it is, what it shows, what it does."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from forms.applications import timeline
from forms.applications.models import OfficeEntry
from forms.notifications.models import Outbox
from forms.registrations import offers, releasing
from forms.registrations.models import Registration, Session
from forms.registrations.states import State
from services.models import SupportGroup, Territory
from tests.factories import applications, services
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(person: Any) -> SupportGroup:
    """A group in Irkutsk, looked after by the team of its reviewer."""
    applications.team("Иркутск", person("reviewer"))
    venue = services.centre(territory=Territory.objects.get(code="irkutsk"))
    return make.group(venue=venue, seats=2)


@pytest.fixture
def client(group: SupportGroup, signed_in: Any) -> Any:
    from accounts.models import User

    return signed_in(User.objects.get(username="reviewer"))


def _address(group: SupportGroup, more: str = "", number: int = 0) -> str:
    return f"/admin/queue/meetings/{make.key_of(group, number)}/{more}"


def _pk(name: str) -> int:
    return int(Registration.objects.filter(name__contains=name).latest("pk").pk)


def test_the_list_counts_and_the_meeting_names_everybody(group: SupportGroup, client: Any) -> None:
    for name in ("Анна", "Вера", "Галина"):
        make.register(group, name)
    page = client.get("/admin/queue/meetings/").content.decode()
    assert "2 из 2" in page and _address(group) in page
    page = client.get(_address(group)).content.decode()
    assert "Занято 2 из 2" in page and "Иванова Галина" in page and "в листе ожидания, № 1" in page
    paper = client.get(_address(group, "?print=1")).content.decode()
    assert "Иванова Анна" in paper and "Иванова Галина" not in paper


def test_another_team_sees_nothing_and_operators_change_nothing(
    group: SupportGroup, signed_in: Any, person: Any
) -> None:
    make.register(group, "Анна")
    other = person("reviewer", "other")
    applications.team("Братск", other, codes=("bratsk",))
    stranger = signed_in(other)
    assert "Группа для детей" not in stranger.get("/admin/queue/meetings/").content.decode()
    for more in ("", "change/"):
        assert stranger.get(_address(group, more)).status_code == 404
    operator = person("operator")
    applications.team("Иркутск", operator)
    client = signed_in(operator)
    assert client.get(_address(group)).status_code == 200
    refused = client.post(_address(group), {"act": "take_off", "row": _pk("Анна")})
    assert refused.status_code == 422 and "только смотреть" in refused.content.decode()
    assert Registration.objects.get().state == State.CONFIRMED


def test_attendance_is_ticked_on_the_day_and_not_before(group: SupportGroup, client: Any) -> None:
    make.register(group, "Анна")
    early = client.post(_address(group), {"act": "attend", "row": _pk("Анна")})
    assert early.status_code == 422
    address = _address(group)
    with time_machine.travel(Session.objects.get().starts + timedelta(hours=2)):
        client.force_login(client.user, backend="accounts.backends.StaffBackend")
        for act, state in (("attend", "attended"), ("miss", "missed"), ("unmark", "confirmed")):
            assert client.post(address, {"act": act, "row": _pk("Анна")}).status_code == 302
            assert Registration.objects.get().state == state
    actions = [entry.facts.get("seat") for entry in Registration.objects.get().application.journal.order_by("seq")]
    assert actions == [None, "attend", "miss", "unmark"]


def test_a_person_moves_to_another_meeting_with_a_letter(group: SupportGroup, client: Any) -> None:
    application = make.register(group, "Анна")
    target = make.key_of(group, 1)
    done = client.post(_address(group), {"act": "transfer", "row": _pk("Анна"), "to": target})
    assert done.status_code == 302
    old, new = Registration.objects.filter(application=application).order_by("pk")
    assert (old.state, new.state, str(new.session.key)) == ("cancelled", "confirmed", target)
    assert [session.taken for session in Session.objects.order_by("day")] == [0, 1]
    assert Outbox.objects.filter(key__contains=":transferred:").count() == 1


def test_a_seat_out_of_line_needs_a_free_seat(group: SupportGroup, client: Any) -> None:
    for name in ("Анна", "Вера", "Галина"):
        make.register(group, name)
    assert client.post(_address(group), {"act": "give", "row": _pk("Галина")}).status_code == 422
    client.post(_address(group), {"act": "take_off", "row": _pk("Анна")})
    assert client.post(_address(group), {"act": "give", "row": _pk("Галина")}).status_code == 302
    assert Registration.objects.get(pk=_pk("Галина")).state == State.CONFIRMED


def test_calling_off_shows_the_letter_first_and_then_tells_everybody(group: SupportGroup, client: Any) -> None:
    make.register(group, "Анна")
    address = _address(group)
    given = {"what": "call_off", "why": "Ведущий заболел"}
    assert client.post(f"{address}change/", {"what": "call_off"}).status_code == 422
    preview = client.post(f"{address}change/", given).content.decode()
    assert "Встречи не будет, запись отменена" in preview and "Ведущий заболел" in preview
    assert Registration.objects.get().state == State.CONFIRMED
    assert client.post(f"{address}change/", given | {"send": "1"}).status_code == 302
    assert Registration.objects.get().state == State.CANCELLED
    assert Outbox.objects.filter(key__contains=":called_off:").count() == 1
    page = client.get("/groups/deti/").content.decode()
    assert "ведущий заболел" in page


def test_moving_keeps_the_seat_and_shows_on_the_page(group: SupportGroup, client: Any) -> None:
    make.register(group, "Анна")
    session = Session.objects.get()
    day = session.starts.astimezone(group.rule.zone).date() + timedelta(days=1)
    given = {"what": "move", "why": "Ремонт", "day": day.isoformat(), "time": "18:00", "send": "1"}
    assert client.post(_address(group, "change/"), given).status_code == 302
    session.refresh_from_db()
    assert f"{session.starts.astimezone(group.rule.zone):%Y-%m-%d %H:%M}" == f"{day} 18:00"
    assert "Перенесли с" in client.get("/groups/deti/").content.decode()


def test_the_file_needs_the_right_to_export_and_stays_in_the_journal(
    group: SupportGroup, client: Any, signed_in: Any, person: Any
) -> None:
    make.register(group, "Анна")
    address = _address(group, "file/")
    assert client.post(address).status_code == 302
    lead = person("lead")
    applications.team("Иркутск", lead)
    body = signed_in(lead).post(address).content.decode("utf-8-sig")
    assert "Иванова Анна" in body
    entry = OfficeEntry.objects.get(action="attendance_given")
    assert entry.facts == {"session": Session.objects.get().pk, "rows": 1}


def test_the_queries_of_both_pages_do_not_grow(
    group: SupportGroup, client: Any, django_assert_max_num_queries: Any
) -> None:
    make.register(group, "Анна")
    for address in ("/admin/queue/meetings/", _address(group)):
        client.get(address)
        with django_assert_max_num_queries(26) as few:
            client.get(address)
        if address == _address(group):
            for name in ("Вера", "Галина"):
                make.register(group, name)
            with django_assert_max_num_queries(len(few.captured_queries)):
                client.get(address)
    assert timezone.now() < Session.objects.get().starts


def _course(group: SupportGroup, **fields: Any) -> SupportGroup:
    return make.group(slug="kurs", title="Курс", registration="per_course", venue=group.venue, **fields)


def test_one_meeting_of_a_course_is_called_off_after_reading_the_letter(group: SupportGroup, client: Any) -> None:
    course = _course(group)
    make.register(course, "Анна")
    page = client.get(_address(course)).content.decode()
    day = course.starts_on + timedelta(days=7)
    address = _address(course, f"change/{day:%Y%m%d}/")
    assert address in page and "Встречи курса" in page
    given = {"what": "call_off", "why": "Ведущий заболел"}
    preview = client.post(address, given).content.decode()
    assert "16:30 — встречи не будет: ведущий заболел" in preview and "Записано и ждут: 1" in preview
    assert not Outbox.objects.filter(key__contains=":course:").exists()
    assert client.post(address, given | {"send": "1"}).status_code == 302
    assert Outbox.objects.filter(key__contains=":course:").count() == 1
    assert Registration.objects.get().state == State.CONFIRMED
    assert "Ведущий заболел" in client.get(_address(course)).content.decode()
    later = {"what": "move", "why": "Ведущий здоров", "day": f"{day + timedelta(days=1)}", "time": "18:00", "send": "1"}
    assert client.post(address, later).status_code == 302
    assert "18:00 — встреча добавилась" in Outbox.objects.filter(key__contains=":course:").latest("pk").body


def test_what_is_no_day_of_the_course_is_not_there(group: SupportGroup, client: Any) -> None:
    course = _course(group)
    for more in ("change/", f"change/{course.starts_on + timedelta(days=1):%Y%m%d}/", "change/20261399/", "change/1/"):
        assert client.get(_address(course, more)).status_code == 404, more
    assert client.get(_address(group, f"change/{group.starts_on:%Y%m%d}/")).status_code == 404


def test_what_people_press_by_their_link_is_news_of_their_application(group: SupportGroup, client: Any) -> None:
    group.seats = 1
    group.save()
    anna, vera, galina = (make.register(group, name) for name in ("Анна", "Вера", "Галина"))
    releasing.cancel(anna.pk, [_pk("Анна")])
    offers.run()
    releasing.decline(vera.pk, [_pk("Вера")])
    offers.run()
    releasing.confirm(galina.pk, [_pk("Галина")])
    queue = client.get("/admin/queue/?folder=news").content.decode()
    said = {"запись отменена": anna, "от места отказались": vera, "место подтверждено": galina}
    for words, application in said.items():
        assert application.public_number in queue
        card = client.get(f"/admin/queue/{application.pk}/").content.decode()
        assert f"Заявитель: {words}" in card
        application.refresh_from_db()
        assert not application.has_news, "the card is read"
    own = timeline.for_applicant(galina).events
    assert [str(each.words) for each in own[1:]] == ["Вам предложено место", "Вы подтвердили место"]


def test_what_staff_and_the_clock_do_is_no_news(group: SupportGroup, client: Any) -> None:
    anna = make.register(group, "Анна")
    client.post(_address(group), {"act": "take_off", "row": _pk("Анна")})
    anna.refresh_from_db()
    assert not anna.has_news
    assert "запись отменена" in client.get(f"/admin/queue/{anna.pk}/").content.decode().lower()


def test_a_group_off_the_site_keeps_its_people_in_sight(group: SupportGroup, client: Any) -> None:
    make.register(group, "Анна")
    key = make.key_of(group)
    make.group(slug="pusto", title="Пустая", venue=group.venue).unpublish()
    group.unpublish()
    page = client.get("/admin/queue/meetings/").content.decode()
    assert f"/admin/queue/meetings/{key}/" in page and page.count("из 2") == 1 and "Пустая" not in page
    given = {"what": "call_off", "why": "Группа закрылась", "send": "1"}
    assert client.post(f"/admin/queue/meetings/{key}/change/", given).status_code == 302
    assert Registration.objects.get().state == State.CANCELLED
