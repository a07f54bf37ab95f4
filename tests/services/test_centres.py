from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from services import centres
from services.models import Centre, HoursException, WeeklyHours
from tests.factories import services as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def test_a_centre_tells_all_a_visitor_needs(text):
    irkutsk = make.TerritoryFactory(code="irkutsk", name="Иркутск")
    make.centre(
        title="Центр сопровождения семей",
        territory=irkutsk,
        floor="3 этаж",
        directions="Вход со двора. [демо]",
        offers="Юрист: выплаты, документы, споры",
        works_since=date(2022, 12, 28),
        checked_on=date(2026, 11, 20),
    )
    make.point(make.TerritoryFactory())
    page = text("/centres/semya/")
    for words in (
        "работает с 28 декабря 2022 года",
        '<span class="state open">Открыто до 18:00</span>',
        "8 901 667 94 48",
        "3 этаж",
        'Вход со двора. <span class="demo"',
        "<b>Юрист</b>: выплаты, документы, споры",
        "Среда, сегодня",
        "обед 13:00–14:00",
        "Время Иркутска (UTC+8)",
        "1 пункт",
        "Сведения проверены 20 ноября 2026 года",
    ):
        assert words in page, words


def test_special_days_are_announced_with_the_day_of_opening_and_the_telephone(text):
    make.centre(
        exceptions=[
            HoursException(
                first_day=date(2026, 12, 31),
                last_day=date(2027, 1, 10),
                reason="Новогодние дни",
                duty_phone="+78006000000",
                is_demo=True,
            )
        ]
    )
    page = text("/centres/semya/")
    assert "31 декабря – 10 января: закрыто." in page
    assert "11 января, понедельник: откроется в 9:00." in page
    assert 'href="tel:+78006000000"' in page


@pytest.mark.parametrize(
    ("state", "words"),
    [("planned", "Готовится к открытию"), ("suspended", "Временно закрыто"), ("moved", "Переехал")],
)
def test_a_place_that_does_not_work_says_so_whatever_its_hours(text, state, words):
    make.centre(state=state)
    page = text("/centres/semya/")
    assert words in page
    assert "Часы работы" not in page, "nobody is to come by the hours of a place that does not work"
    if state != "moved":
        assert "9:00" not in text("/centres/semya/slip/")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"works_until": date(2026, 11, 24)}, "Больше не работает"),
        ({"works_until": date(2026, 11, 25)}, "Открыто до 18:00"),
        ({"works_since": date(2026, 11, 26)}, "Откроется 26 ноября 2026 года"),
        ({"works_since": date(2026, 11, 25)}, "Открыто до 18:00"),
        ({"state": "planned", "works_since": date(2027, 2, 1)}, "Откроется 1 февраля 2027 года"),
        ({"state": "planned", "works_since": date(2026, 1, 1)}, "Готовится к открытию"),
    ],
)
def test_a_place_works_between_its_first_and_its_last_day_by_itself(text, fields, words):
    make.centre(**fields)
    page = text("/centres/semya/")
    assert words in page and words in text("/centres/")
    assert ("Часы работы" in page) is words.startswith("Открыто")


def test_the_clock_of_another_zone_is_named_wherever_the_state_is(text):
    make.centre("moskva", time_zone="Europe/Moscow", hours=[(2, time(10), time(18), None, None)])
    words = "Откроется сегодня в 10:00 по времени Москвы"
    assert words in text("/centres/moskva/") and words in text("/centres/")


def test_a_working_saturday_is_not_called_a_holiday(text):
    make.CalendarExceptionFactory(date=date(2026, 11, 28), working=True)
    make.CalendarExceptionFactory(date=date(2026, 11, 30))
    make.centre()
    page = text("/centres/semya/")
    assert "<h3>Рабочие дни по календарю </h3><p>28 ноября: 9:00–18:00, обед 13:00–14:00.</p>" in page
    assert "<h3>Праздничные дни </h3><p>30 ноября: закрыто." in page


def test_rows_of_one_weekday_that_overlap_are_refused_and_stay(signed_in, grant_page_rights):
    page = make.centre(hours=[(0, time(9), time(13), None, None)])
    grant_page_rights()
    client = signed_in("press")
    address = f"/admin/pages/{page.pk}/edit/"
    rows = {"opens": ("9:00", "12:00"), "closes": ("13:00", "18:00"), "weekday": ("0", "0"), "ORDER": ("1", "2")}
    posted = nested_form_data(
        {
            "title": page.title, "slug": page.slug, "kind": page.kind, "state": page.state, "lead": "Слова",
            "time_zone": page.time_zone, "in_person": "on", "address": page.address,
            "phones": inline_formset([]), "exceptions": inline_formset([]), "comments": inline_formset([]),
            "hours": inline_formset([{name: values[n] for name, values in rows.items()} for n in (0, 1)]),
        }
    )  # fmt: skip
    answer = client.post(address, posted | {"action-publish": "1"})
    html = answer.content.decode()
    assert answer.status_code == 200 and "Понедельник уже есть выше" in html
    assert 'value="12:00"' in html and 'value="18:00"' in html
    answer = client.post(address, posted | {"hours-1-opens": "14:00", "action-publish": "1"})
    assert answer.status_code == 302
    page = Centre.objects.get(pk=page.pk)
    assert page.timetable.week[0] == ((540, 780), (840, 1080))


def test_a_moved_place_leads_to_its_successor_and_leaves_the_lists(text):
    old = make.centre("old", title="Колл-центр", state="moved", address="Индустриальная улица")
    make.centre("new", title="Региональный центр", predecessor=old)
    page = text("/centres/old/")
    assert "Теперь здесь: Региональный центр" in page
    assert 'href="/centres/new/"' in page
    assert "/centres/old/" not in text("/centres/")


def test_the_list_is_grouped_by_kind_and_then_by_alphabet(text):
    make.centre(title="Областной центр")
    for code, name in (("tulun", "Тулун"), ("bratsk", "Братск")):
        make.point(make.TerritoryFactory(code=code, name=name), short_name=name)
    page = text("/centres/")
    places = [page.index(words) for words in ('<h2 id="centre">', '<h2 id="point">', "<b>Братск", "<b>Тулун")]
    assert places == sorted(places)


def test_the_own_point_comes_first_then_the_centre(text):
    bratsk = make.TerritoryFactory(code="bratsk", name="Братск")
    make.centre(title="Областной центр")
    make.point(bratsk, title="Кабинет в Братске")
    page = text("/centres/?territory=bratsk")
    assert page.index("Кабинет в Братске</a>") < page.index("<b>Областной центр</b>")
    assert centres.serving("bratsk").title == "Кабинет в Братске"


def test_without_an_own_point_the_centre_is_named_and_it_is_said_why(text):
    make.TerritoryFactory(code="shelekhovsky", name="Шелеховский район")
    make.centre(title="Областной центр", kind_words="Областной центр")
    page = text("/centres/?territory=shelekhovsky")
    assert "своего пункта пока нет" in page
    assert "Ближе всего — областной центр." in page
    assert centres.serving("shelekhovsky").title == "Областной центр"


def test_a_point_that_is_closed_for_now_gives_way_to_one_that_works():
    bratsk = make.TerritoryFactory(code="bratsk")
    make.point(bratsk, "closed", state="suspended")
    make.point(bratsk, "open", title="Открытый")
    assert centres.serving("bratsk").title == "Открытый"


def test_nobody_serves_an_empty_portal(text):
    make.centre_index()
    assert centres.serving("bratsk") is None
    assert "Список готовится" in text("/centres/")


@pytest.mark.parametrize("asked", ["mars", "", "%00", "bratsk&territory=x", "<script>"])
def test_a_strange_municipality_shows_the_whole_list(text, asked):
    make.centre()
    assert "Центр semya" in text(f"/centres/?territory={asked}")


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    make.centre()
    for _number in range(3):
        make.point(make.TerritoryFactory())
    client.get("/centres/")
    with django_assert_max_num_queries(12) as few:
        client.get("/centres/")
    for _number in range(9):
        make.point(make.TerritoryFactory())
    client.get("/centres/")
    with django_assert_max_num_queries(12) as many:
        client.get("/centres/")
    assert len(few) == len(many)


def test_hours_that_cannot_be_are_refused():
    with pytest.raises(ValidationError, match="раньше, чем открывается"):
        WeeklyHours(weekday=0, opens=time(18), closes=time(9)).clean()
    with pytest.raises(ValidationError, match="внутри часов"):
        WeeklyHours(weekday=0, opens=time(9), closes=time(18), break_from=time(8), break_to=time(10)).clean()
    with pytest.raises(ValidationError, match="начало и конец перерыва"):
        WeeklyHours(weekday=0, opens=time(9), closes=time(18), break_from=time(13)).clean()
    with pytest.raises(ValidationError, match="раньше первого"):
        HoursException(first_day=date(2027, 1, 10), last_day=date(2027, 1, 1), reason="Праздники").clean()
    WeeklyHours(weekday=0, opens=time(9), closes=time(0)).clean()


def test_a_centre_is_found_by_what_it_is_called_and_by_its_telephone():
    page = make.centre(also_called="горячая линия", offers="Юрист: споры")
    for words in ("горячая линия", "+79016679448", "споры"):
        assert words in page.search_body()


def test_only_places_may_be_made_in_the_section():
    assert Centre.clean_parent_page_models()[0].__name__ == "CentreIndexPage"
    assert Centre.clean_subpage_models() == []
