"""What people see of the seats: the group's page, the form, the receipt, the status page."""

import pytest
from django.test import Client

from forms.applications import codes
from forms.registrations.models import Session
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db


def _group_page(client: Client) -> str:
    return client.get("/groups/deti/").content.decode()


def test_the_page_of_a_group_counts_the_seats_and_leads_to_the_form(client: Client) -> None:
    group = make.group(seats=1, waiting_seats=1)
    assert f"/apply/zapis/?meeting={make.key_of(group)}" in _group_page(client)
    assert _group_page(client).count("Свободно") == 3
    make.register(group, "Анна")
    assert "Мест нет. Можно встать в лист ожидания" in _group_page(client)
    make.register(group, "Вера")
    page = _group_page(client)
    assert "Мест нет, лист ожидания заполнен" in page and f"meeting={make.key_of(group)}" not in page


def test_the_form_has_the_chosen_meeting_ticked_and_says_how_full_it_is(client: Client) -> None:
    group = make.group(seats=1)
    make.register(group, "Анна")
    key = make.key_of(group)
    page = client.get(f"/apply/zapis/?meeting={key}", follow=True).content.decode()
    assert f'value="{key}" checked' in page
    assert "Мест нет. Можно встать в лист ожидания" in page


def test_the_pages_of_the_application_say_how_it_stands(client: Client) -> None:
    group = make.group(seats=1)
    make.register(group, "Анна")
    vera = make.register(group, "Вера")
    code = codes.code_for(vera)
    page = client.post("/requests/", {"number": vera.public_number, "code": code}, follow=True).content.decode()
    assert "В листе ожидания, место 1" in page and "/requests/seat/" in page


def test_kept_pages_are_dropped_when_a_seat_is_taken(monkeypatch, django_capture_on_commit_callbacks) -> None:
    group = make.group()
    dropped: list[int] = []
    monkeypatch.setattr("portal.receivers.drop_all", lambda: dropped.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        make.register(group, "Анна")
    assert dropped
    assert Session.objects.get().taken == 1


def test_the_queries_of_a_group_page_do_not_grow_with_its_people(client: Client, django_assert_max_num_queries) -> None:
    group = make.group()
    _group_page(client)
    with django_assert_max_num_queries(13) as few:
        _group_page(client)
    for name in ("Анна", "Вера", "Галина"):
        make.register(group, name)
    with django_assert_max_num_queries(len(few.captured_queries)):
        _group_page(client)
