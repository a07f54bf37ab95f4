"""The press officer enters a whole year of the production calendar, pasted from the decree."""

import pytest

from services import holidays
from services.models import CalendarException

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DECREE = "суббота, 8 января\n3, 4, 5, 6, 7 января\n10 января (понедельник)\n1–3 мая"


@pytest.mark.parametrize("width", [1280, 360])
def test_a_year_pasted_from_the_decree(new_page, sign_in_browser, person, live_server, axe, width, monkeypatch):
    monkeypatch.setattr("services.year_calendar_view.AHEAD", 3)
    page = new_page(width=width)
    sign_in_browser(page, person("press"))
    page.goto(f"{live_server.url}/admin/calendar/2028/")
    page.get_by_label("Нерабочие дни").fill("3, 3 января")
    page.get_by_label("Какой это акт").fill("Постановление")
    page.get_by_role("button", name="Показать, что изменится").click()
    page.get_by_text("Дважды в списке: 3 января").wait_for()
    page.get_by_text("Допишите номер акта").wait_for()
    axe(page)
    page.get_by_label("Нерабочие дни").fill("\n".join(DECREE.splitlines()[1:]))
    page.get_by_label("Рабочие субботы и воскресенья").fill(DECREE.splitlines()[0])
    page.get_by_label("Какой это акт").fill("Постановление Правительства РФ от 1 октября 2027 года № 1234")
    page.get_by_role("button", name="Показать, что изменится").click()
    page.get_by_role("heading", name="Проверьте, что изменится").wait_for()
    axe(page)
    assert not CalendarException.objects.exists()
    page.get_by_role("button", name="Сохранить календарь").click()
    page.get_by_text("Календарь на 2028 год сохранён").wait_for()
    assert CalendarException.objects.count() == 10
    assert not holidays.calendar().is_day_off(CalendarException.objects.get(is_working=True).date)
