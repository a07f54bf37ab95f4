"""What the press service is told before visitors notice: measures to be mended, a calendar that is not there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from services import holidays, measure_report
from tests.factories import home
from tests.factories import services as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 14, 20, tzinfo=ZoneInfo("Asia/Irkutsk"))
FINE = {"legal_basis": "Указ № 98", "next_check": date(2027, 2, 18)}


@pytest.fixture
def press(signed_in, grant_page_rights):
    section = make.measure_index()
    section.form_page = home.standard(section.get_parent(), "Форма", "form").page_ptr
    section.save()
    make.measure("fine", title="Всё в порядке", **FINE)
    make.measure("due", title="Пора", **FINE | {"next_check": date(2026, 12, 20)})
    make.measure("never", title="Ни разу", **FINE, checked_on=None)
    make.measure("ends", title="Кончается", **FINE, valid_to=date(2026, 12, 20))
    make.measure("over", title="Кончилась", **FINE, valid_to=date(2026, 11, 24))
    make.measure("law", title="Без акта", next_check=date(2027, 2, 18))
    make.measure("draft", title="Черновик", live=False)
    grant_page_rights()
    with time_machine.travel(NOW, tick=False):
        yield signed_in("press")


def test_the_report_says_what_each_measure_lacks(press):
    page = press.get(reverse("measure_report")).content.decode()
    assert "Всё в порядке" not in page
    assert "Черновик" not in page
    for title in ("Пора", "Ни разу", "Кончается", "Кончилась", "Без акта"):
        assert title in page, title
    assert "Пора проверить: 2" in page
    only = press.get(reverse("measure_report"), {"lack": "basis"}).content.decode()
    assert "Без акта" in only
    assert "Кончилась" not in only
    assert press.get(reverse("measure_report"), {"lack": "<script>"}).status_code == 200


def test_without_a_form_of_the_section_every_measure_lacks_one(press, django_user_model):
    press_user = django_user_model.objects.get(pk=press.session["_auth_user_id"])
    assert not any(lack.key == "form" for line in measure_report.lines(press_user, NOW.date()) for lack in line.lacks)
    section = make.measure_index()
    section.form_page.unpublish()
    found = measure_report.lines(press_user, NOW.date())
    assert len(found) == 6
    assert all("form" in {lack.key for lack in line.lacks} for line in found)


def test_the_report_is_for_those_who_keep_the_measures(signed_in):
    for role in ("reviewer", "formeditor"):
        answer = signed_in(role).get(reverse("measure_report"))
        assert (answer.status_code, answer.headers.get("Location", "")) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 9, 30), None),
        (date(2026, 11, 25), None),  # the decree for 2027 is in the library
        (date(2027, 9, 30), None),
        (date(2027, 10, 1), 2028),
        (date(2028, 3, 1), 2028),
    ],
)
def test_the_year_whose_moved_days_nobody_knows(today, missing):
    assert holidays.missing_year(today) == missing


def test_one_day_with_its_act_is_enough_to_be_known():
    make.CalendarExceptionFactory(date=date(2028, 1, 3))
    assert holidays.missing_year(date(2027, 10, 1)) is None


@pytest.mark.parametrize(
    ("role", "today", "is_warned"),
    [("press", (2027, 10, 1), True), ("press", (2027, 9, 30), False), ("reviewer", (2027, 10, 1), False)],
)
def test_the_press_service_is_warned_from_october(signed_in, role, today, is_warned):
    with time_machine.travel(datetime(*today, 9, tzinfo=ZoneInfo("Asia/Irkutsk")), tick=False):
        page = signed_in(role).get("/admin/").content.decode()
    assert ("Нет производственного календаря на 2028 год" in page) is is_warned
