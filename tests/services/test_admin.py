"""The press officer finds every table of this room in the admin, and its editing screens open."""

import pytest
from django.urls import reverse

from services.models import Centre, Measure, SupportGroup
from tests.factories import services as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["territory", "calendarexception", "situation", "recipient"])
def test_small_tables_have_their_list_and_form(signed_in, model):
    client = signed_in("press")
    for view in ("list", "add"):
        response = client.get(reverse(f"wagtailsnippets_services_{model}:{view}"))
        assert response.status_code == 200


def test_a_new_municipality_can_be_picked_at_once(signed_in):
    client = signed_in("press")
    address = reverse("wagtailsnippets_services_territory:add")
    values = {"name": "Новый округ", "code": "novy", "kind": "municipal", "is_active": "on", "parent": ""}
    assert client.post(address, values).status_code == 302
    make.centre_index()
    assert "Новый округ" in client.get("/centres/").content.decode()


@pytest.mark.parametrize(
    ("maker", "model"), [(make.centre, Centre), (make.measure, Measure), (make.group, SupportGroup)]
)
def test_pages_open_in_the_editor_with_russian_groups(signed_in, grant_page_rights, maker, model):
    page = maker()
    grant_page_rights()
    client = signed_in("press")
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code == 200
    add = client.get(reverse("wagtailadmin_pages:add", args=["services", model._meta.model_name, page.get_parent().pk]))
    assert add.status_code == 200
    assert "Достоверность" in add.content.decode()


def test_an_empty_table_says_so_in_plain_russian(signed_in):
    press = signed_in("press")
    table = press.get("/admin/snippets/services/calendarexception/").content.decode()
    assert "Здесь пока пусто." in table and "для отображения" not in table
    assert 'href="/admin/snippets/services/calendarexception/add/">Добавить</a>' in table
    assert "Пока всё находится." in press.get("/admin/snippets/home/missedsearch/").content.decode()
    found = press.get("/admin/snippets/services/territory/", {"q": "нет такого"}).content.decode()
    assert "Ничего не нашлось." in found
