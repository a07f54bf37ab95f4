from datetime import date

import pytest
from django.core.exceptions import ValidationError

from services.models import Measure
from tests.factories import home
from tests.factories import services as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
TODAY = date(2026, 11, 25)


def test_in_force_are_those_published_begun_and_not_over():
    make.measure("open")
    make.measure("last-day", valid_to=TODAY)
    make.measure("first-day", valid_from=TODAY)
    make.measure("over", valid_to=date(2026, 11, 24))
    make.measure("to-come", valid_from=date(2026, 11, 26))
    make.measure("draft", live=False)
    assert {page.slug for page in Measure.objects.in_force(TODAY)} == {"open", "last-day", "first-day"}
    for page in Measure.objects.live():
        assert page.is_in_force(TODAY) is (page.slug in {"open", "last-day", "first-day"})


def test_an_expired_measure_is_never_shown_as_valid(text):
    make.measure("over", valid_to=date(2026, 11, 24))
    make.measure("open")
    listed = text("/measures/")
    assert "Сегодня действует 1 мера" in listed
    assert "/measures/over/" not in listed
    card = text("/measures/over/")
    assert "Мера больше не действует" in card
    assert "Она закончилась 24 ноября 2026 года" in card
    assert "noindex" in card
    assert "Попросить помочь" not in card


def test_a_measure_to_come_says_from_when(text):
    make.measure("soon", valid_from=date(2027, 1, 1))
    assert "Начнёт действовать 1 января 2027 года" in text("/measures/soon/")


def test_the_card_tells_everything(text):
    make.centre(title="Областной центр")
    make.recipient("spouse", to_whom="супруге или супругу")
    make.measure(
        "vyplata",
        title="Выплата при ранении",
        conditions="ранение получено во время службы\n\nесть справка",
        not_entitled="эту выплату уже получили",
        bring="паспорт",
        we_request="СНИЛС",
        steps='[{"type": "step", "value": {"title": "Соберите документы.", "text": "Поможем."}}]',
        legal_basis="Указ № 98 [демо]",
        valid_from=date(2022, 3, 5),
        next_check=date(2027, 2, 18),
        is_demo=True,
    )
    make.measure("ryadom", title="Санаторное лечение")
    page = text("/measures/vyplata/")
    for words in (
        "Федеральная мера",
        "<b>100 тысяч рублей</b>",
        "Супруге или супругу",
        "есть справка",
        "эту выплату уже получили",
        "Принесите",
        "Запросим сами",
        "<b>Соберите документы.</b> Поможем.",
        'Указ № 98 <span class="demo"',
        "с 5 марта 2022 года, без даты окончания",
        "по всей России",
        "следующая проверка до 18 февраля 2027 года",
        "Областной центр",
        "Открыто до 18:00",
        "Санаторное лечение",
    ):
        assert words in page, words


def test_answers_stand_in_the_address_and_narrow_the_list(text):
    make.measure("a", situations=["injury"], recipients=["self"])
    make.measure("b", situations=["injury", "loss"], recipients=["spouse"])
    make.measure("c", situations=["loss"], recipients=["spouse"], level="regional", category="law")
    page = text("/measures/?situation=injury&who=spouse")
    assert "Подходит 1 мера" in page
    assert "/measures/b/" in page and "/measures/a/" not in page and "/measures/c/" not in page
    assert 'aria-current="true">Ситуация injury <span>1</span>' in page
    assert '<a href="?who=spouse"><span>Ситуация injury</span>' in page


@pytest.mark.parametrize("query", ["?situation=mars", "?who=%00", "?territory=<b>", "?level=x&category=y", "?shown=-1"])
def test_answers_that_mean_nothing_are_ignored(text, query):
    make.measure()
    page = text(f"/measures/{query}")
    assert "Все меры" in page and "/measures/vyplata/" in page


def test_answers_that_fit_nothing_say_what_to_do(text):
    make.measure("a", situations=["injury"], recipients=["self"])
    make.situation("loss")
    assert "Уберите один из ответов" in text("/measures/?situation=loss")


def test_the_long_list_comes_by_portions_and_whole_for_paper(text):
    for number in range(14):
        make.measure(f"m{number:02}")
    page = text("/measures/")
    assert page.count('class="result"') == 12
    assert "Показать ещё 2 меры" in page
    assert text("/measures/?shown=24").count('class="result"') == 14
    assert text("/measures/?shown=all").count('class="result"') == 14
    assert text("/measures/?shown=99999999999").count('class="result"') == 12


def test_municipal_measures_hold_where_they_hold(text):
    bratsk, tulun = make.TerritoryFactory(code="bratsk", name="Братск"), make.TerritoryFactory(code="tulun")
    make.measure("everywhere")
    make.measure("in-bratsk", territories=[bratsk], level="municipal")
    assert "/measures/in-bratsk/" in text(f"/measures/?territory={bratsk.code}")
    assert "/measures/in-bratsk/" not in text(f"/measures/?territory={tulun.code}")
    assert "<dd>Братск</dd>" in text("/measures/in-bratsk/")


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    for number in range(3):
        make.measure(f"a{number}")
    client.get("/measures/?situation=injury")
    with django_assert_max_num_queries(12) as few:
        client.get("/measures/?situation=injury")
    for number in range(9):
        make.measure(f"b{number}")
    client.get("/measures/?situation=injury")
    with django_assert_max_num_queries(12) as many:
        client.get("/measures/?situation=injury")
    assert len(few) == len(many)


def test_dates_that_cannot_be_are_refused():
    with pytest.raises(ValidationError, match="Окончание раньше начала"):
        Measure(title="М", slug="m", valid_from=TODAY, valid_to=date(2026, 1, 1)).clean()
    with pytest.raises(ValidationError, match="позже последней"):
        Measure(title="М", slug="m", checked_on=TODAY, next_check=TODAY).clean()


def test_only_measures_may_be_made_in_the_section():
    assert Measure.clean_parent_page_models()[0].__name__ == "MeasureIndexPage"
    assert Measure.clean_subpage_models() == []


def test_what_nobody_checked_in_time_is_never_shown_as_valid(text):
    make.measure("good", title="Проверенная", next_check=TODAY)
    make.measure("late", title="Просроченная", next_check=date(2026, 11, 24))
    make.measure("never", title="Непроверенная", checked_on=None)
    anew = make.measure("anew", title="Проверенная снова", next_check=date(2026, 11, 20))
    anew.checked_on = date(2026, 11, 21)
    anew.save(update_fields=["checked_on"], clean=False)  # as «Проверено сегодня» does
    assert {page.slug for page in Measure.objects.in_force(TODAY)} == {"good", "anew"}
    listed = text("/measures/")
    assert "Сегодня действуют 2 меры" in listed
    assert listed.index("Сейчас проверяем") < listed.index("Непроверенная") < listed.index("Просроченная")
    for slug, is_valid in (("good", True), ("anew", True), ("late", False), ("never", False)):
        assert Measure.objects.get(slug=slug).is_in_force(TODAY) is is_valid
        card = text(f"/measures/{slug}/")
        assert ("Сведения проверяем" in card) is not is_valid
        assert ("noindex" in card) is not is_valid
        assert ("ld+json" in card) is is_valid
        assert "больше не" not in card


def test_checked_today_makes_it_valid_at_once(text):
    page = make.measure("late", next_check=date(2026, 11, 24))
    assert "Сейчас проверяем" in text("/measures/")
    page.checked_on = TODAY
    page.save(update_fields=["checked_on"], clean=False)
    assert "Сейчас проверяем" not in text("/measures/")


def test_the_checklist_is_for_paper(text):
    make.centre(title="Областной центр")
    make.measure("vyplata", title="Выплата", bring="паспорт\nсправку", we_request="СНИЛС")
    assert 'href="/measures/vyplata/checklist/"' in text("/measures/vyplata/")
    page = text("/measures/vyplata/checklist/")
    for words in ("<li>паспорт</li>", "Запросим сами", "<span>СНИЛС</span>", "Областной центр", "noindex"):
        assert words in page, words
    make.measure("over", valid_to=date(2026, 11, 24), bring="паспорт")
    assert "Сейчас эта мера не действует" in text("/measures/over/checklist/")


def test_the_button_leads_to_the_form_that_starts_it(text, django_capture_on_commit_callbacks):
    section = make.measure_index()
    general = home.standard(section.get_parent(), "Форма мер", "form-measure")
    own = home.standard(section.get_parent(), "Своя форма", "form-own")
    section.form_page = general.page_ptr
    section.save()
    make.measure("general")
    make.measure("special", form_page=own.page_ptr)
    assert 'class="btn" href="/form-measure/"' in text("/measures/general/")
    assert 'class="btn" href="/form-own/"' in text("/measures/special/")
    with django_capture_on_commit_callbacks(execute=True):
        general.unpublish()
    assert "/form-measure/" not in text("/measures/general/")


def test_the_finder_asks_the_database_for_the_cards_it_shows_and_no_more(client, django_assert_max_num_queries):
    address = "/measures/?situation=injury&who=spouse&territory=bratsk"
    bratsk = make.TerritoryFactory(code="bratsk")
    make.measure("first", territories=[bratsk])
    client.get(address)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for number in range(9):
        make.measure(f"more-{number}", territories=[bratsk])
    client.get(address)
    with django_assert_max_num_queries(12) as many:
        client.get(address)
    assert len(few) == len(many)
