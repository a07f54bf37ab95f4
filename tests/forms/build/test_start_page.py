"""The public face of a form: no cookies, no token, says what it is; closed forms say where to go."""

import datetime

import pytest
from django.utils import timezone

from tests.factories.forms import form_index, form_page, publish

pytestmark = pytest.mark.django_db


def read(client, url: str) -> str:
    """The page with plain spaces in place of those that do not break."""
    return client.get(url).content.decode().replace("\xa0", " ")


def test_the_start_page_tells_what_to_expect_and_leads_to_the_journey(client) -> None:
    page = form_page()
    answer = client.get("/forms/help/")
    html = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in html
    first = page.steps[0]
    assert f'class="btn" href="/apply/help/s{first.id[:8]}/"' in html
    assert 'class="act" href="/apply/help/resume/"' in html, "who has begun is led to where they stopped"
    for words in (
        "Около 7 минут",
        "3 шага и проверка",
        "Это заявка, а не официальное",
        "телефон или почту, куда ответить",
    ):
        assert words in html


def test_a_closed_form_offers_no_beginning(client) -> None:
    page = form_page()
    page.is_open, page.closed_message = False, "Откроем в понедельник."
    page.save_revision().publish()
    html = read(client, "/forms/help/")
    assert "Откроем в понедельник." in html
    assert "/apply/" not in html
    assert page.form.is_open is False


def test_the_list_shows_live_forms_only(client, django_assert_max_num_queries) -> None:
    form_page()
    hidden = form_page("hidden", title="Спрятанная")
    hidden.unpublish()
    client.get("/forms/")
    with django_assert_max_num_queries(9):
        html = read(client, "/forms/")
    assert "Попросить о помощи" in html
    assert "Спрятанная" not in html


def test_a_posted_start_page_does_nothing(client) -> None:
    form_page()
    assert client.post("/forms/help/", {"a": "b"}).status_code in {200, 403, 405}


def test_steps_can_be_previewed(client) -> None:
    page = form_page()
    modes = [mode for mode, _name in page.preview_modes]
    assert modes[:2] == ["", "paper"]
    assert len(modes) == 5
    assert form_index().specific.preview_modes


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_at": timezone.make_aware(datetime.datetime(2126, 12, 1, 9, 0))}, "1 декабря 2126 года в 9:00"),
        ({"closes_at": timezone.make_aware(datetime.datetime(2126, 12, 1, 9, 0))}, "/apply/help/"),
        ({"most_applications": 0}, "столько заявок, сколько можем"),
        ({"most_applications": 1}, "/apply/help/"),
    ],
)
def test_dates_and_the_limit_stand_on_the_page_and_in_the_api(client, fields, words) -> None:
    page = publish(form_page(), **fields)
    html = read(client, "/forms/help/")
    assert words in html
    opened = words.startswith("/apply")
    assert ("/apply/help/" in html) == opened
    assert client.get("/api/forms/help").json()["is_open"] == opened
    preview = page.make_preview_request(preview_mode="").content.decode().replace("\xa0", " ")
    assert words in preview
