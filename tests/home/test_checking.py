"""The report of what was checked longest ago, and «Проверено сегодня»."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.models import PageLogEntry

from home import checking
from home.models import NewsPage, StandardPage
from portal import page_cache
from tests.factories import home as make
from tests.factories import services

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/checked/"


@pytest.fixture
def press(signed_in: Any, grant_page_rights: Any) -> Any:
    make.whole_site()
    services.centre(title="Пункт", slug="punkt", checked_on=date(2025, 1, 15))
    StandardPage.objects.filter(slug="privacy").update(checked_on=None)
    NewsPage.objects.update(checked_on=date(2026, 11, 1))
    grant_page_rights()
    return signed_in("press")


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    settings.MIDDLEWARE = ["portal.page_cache.PageCache", *settings.MIDDLEWARE]
    page_cache.pages.clear()
    yield
    page_cache.pages.clear()


def _names(press: Any, kind: str = "") -> list[str]:
    return [row["title"] for row in press.get(REPORT, {"kind": kind}).context["rows"]]


def test_never_checked_first_then_the_oldest(press: Any) -> None:
    names = _names(press)
    assert names.index("Персональные данные") < names.index("Пункт") < names.index("Выплаты на детей: новость 0")
    assert names[-1] == "О портале", "checked last"
    assert _names(press, "services.centre") == ["Пункт"]
    assert len(_names(press, "no.such")) == len(names)


def test_the_list_costs_the_same_however_long(press: Any, django_assert_max_num_queries: Any) -> None:
    press.get(REPORT)
    with django_assert_max_num_queries(22) as few:
        press.get(REPORT)
    index = make.NewsIndexPage.objects.get()
    for number in range(20):
        make.news(index, title=f"Ещё {number}", slug=f"more{number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        press.get(REPORT)


def test_checked_today_shows_at_once_and_keeps_the_draft_a_draft(
    press: Any, kept: None, django_capture_on_commit_callbacks: Any
) -> None:
    page = StandardPage.objects.get(slug="privacy")
    page.save_revision().publish()
    page.lead = "Новые слова, ещё не для всех."
    page.save_revision()
    Client().get("/privacy/")
    with time_machine.travel("2026-12-01 12:00+08:00", tick=False), django_capture_on_commit_callbacks(execute=True):
        answer = press.post(REPORT, {"one": page.pk, "kind": "home.standardpage"})
    assert answer["Location"] == f"{REPORT}?kind=home.standardpage"
    html = Client().get("/privacy/").content.decode().replace("\xa0", " ")
    assert "Сведения проверены 1 декабря 2026" in html and "Новые слова" not in html
    page.refresh_from_db()
    assert page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert (draft.lead, draft.checked_on) == ("Новые слова, ещё не для всех.", date(2026, 12, 1))
    entry = PageLogEntry.objects.get(action=checking.LOG_ACTION)
    assert (entry.page_id, entry.user) == (page.pk, press.user)


def test_checked_today_plans_the_next_check_of_every_kind_that_plans_one(press: Any, grant_page_rights: Any) -> None:
    late = date(2026, 11, 30)
    measure = services.measure("late", next_check=late, checked_on=date(2026, 5, 1), check_months=3)
    measure.lead = "Черновик."
    measure.save_revision()
    others = [
        services.centre("c", checked_on=None),
        services.group("g", checked_on=None),
        make.answers()[0],
        NewsPage.objects.first(),
    ]
    grant_page_rights()
    with time_machine.travel("2026-12-01 12:00+08:00", tick=False):
        today, lacks = date(2026, 12, 1), "Мера late"
        assert lacks in press.get("/admin/reports/measures/", {"lack": "check"}).content.decode()
        assert not measure.is_in_force(today)
        press.post(REPORT, {"pages": [page.pk for page in (measure, *others)]})
        assert lacks not in press.get("/admin/reports/measures/", {"lack": "check"}).content.decode()
    measure.refresh_from_db()
    assert (measure.checked_on, measure.next_check) == (today, date(2027, 3, 1))
    assert measure.is_in_force(today) and measure.is_in_force(date(2027, 3, 1))
    assert not measure.is_in_force(date(2027, 3, 2)), "and it is due again"
    draft = measure.get_latest_revision_as_object()
    assert (draft.lead, draft.next_check) == ("Черновик.", date(2027, 3, 1))
    for page in others:
        page.refresh_from_db()
        assert page.checked_on == today


@pytest.mark.parametrize("kind", ["services.centre", "services.measure", "services.supportgroup", "home.answerpage"])
def test_what_is_due_empties_as_it_is_checked(press: Any, grant_page_rights: Any, kind: str) -> None:
    pages = {
        "services.centre": lambda **fields: services.centre("due", **fields),
        "services.measure": services.measure,
        "services.supportgroup": services.group,
        "home.answerpage": lambda **fields: make.answers()[0],
    }
    page = pages[kind](checked_on=None)
    type(page).objects.exclude(pk=page.pk).update(checked_on=date(2026, 12, 1))
    type(page).objects.filter(pk=page.pk).update(checked_on=date(2026, 5, 31))
    grant_page_rights()
    due = {"kind": kind, "due": "1"}
    with time_machine.travel("2026-12-01 12:00+08:00", tick=False):
        rows = press.get(REPORT, due).context["rows"]
        assert [row["pk"] for row in rows] == [page.pk], "more than half a year ago"
        answer = press.post(REPORT, due | {"one": page.pk})
        assert answer["Location"] == f"{REPORT}?kind={kind}&due=1"
        assert "Всё проверено за последние полгода." in press.get(answer["Location"]).content.decode()


def test_many_at_once_and_nobody_elses(press: Any, signed_in: Any, grant_page_rights: Any) -> None:
    from tests.factories import forms

    form = forms.form_page()
    grant_page_rights()
    keys = [*NewsPage.objects.values_list("pk", flat=True), form.pk]
    press.post(REPORT, {"pages": [*keys, "x", "999999"]})
    assert NewsPage.objects.filter(checked_on__gt=date(2026, 11, 1)).count() == 3
    form.refresh_from_db()
    assert form.checked_on is None, "forms are published by another role"
    editor = signed_in("formeditor")
    assert _names(editor)[:1] and "О портале" not in _names(editor)
    editor.post(REPORT, {"one": form.pk})
    form.refresh_from_db()
    assert form.checked_on is not None


def test_who_publishes_nothing_sees_no_report(press: Any, signed_in: Any) -> None:
    reviewer = signed_in("reviewer")
    assert reviewer.get(REPORT).status_code in (302, 403)
    assert REPORT not in reviewer.get("/admin/").content.decode()
    assert REPORT in press.get("/admin/").content.decode()
