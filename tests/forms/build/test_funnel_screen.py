"""«Как заполняют»: only sums, small ones not told, for who may edit the form."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts import roles
from forms.applications import funnel
from forms.applications.models import FormCount
from tests.factories.forms import form_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> Any:
    made = form_page()
    roles.grant_page_rights()
    return made


def count(page: Any, kind: str, about: str, times: int) -> None:
    FormCount.objects.create(form=page.form, day=timezone.localdate(), kind=kind, about=about, count=times)


def shown(client: Any, page: Any, days: str = "") -> str:
    answer = client.get(f"/admin/form-build/{page.pk}/funnel/", {"days": days} if days else {})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_numbers_in_words(page: Any, signed_in: Any) -> None:
    version = page.form.versions.get()
    first, second, _third = version.document["steps"]
    phone = first["fields"][1]["key"]
    count(page, "left", first["key"], 40)
    count(page, "left", second["key"], 3)
    count(page, "left", "s_gone", 7)
    count(page, "wrong", f"{phone}:unfit", 30)
    count(page, "wrong", f"{phone}:blank", 2)
    count(page, "wrong", f"{second['fields'][0]['key']}:blank", 4)
    count(page, "wrong", "q_gone:blank", 400)
    html = shown(signed_in("formeditor"), page)
    assert "<dd>50</dd>" in html
    assert "<td>40<small>, 80 % начавших</small></td>" in html
    assert "<td>меньше 5</td>" in html
    assert "Шаги, которых больше нет" in html
    assert '<th scope="row">Телефон</th><td>32</td><td>ответ не подошёл</td>' in html
    assert second["fields"][0]["label"] not in html
    assert "400" not in html


def test_too_few_are_not_told_at_all(page: Any, signed_in: Any) -> None:
    count(page, "left", page.form.versions.get().document["steps"][0]["key"], funnel.FEW - 1)
    html = shown(signed_in("formeditor"), page)
    assert "За этот срок форму почти не заполняли" in html
    assert "Где останавливаются" not in html


def test_the_period_is_one_of_three(page: Any, signed_in: Any) -> None:
    editor = signed_in("formeditor")
    long_ago = timezone.localdate() - datetime.timedelta(days=60)
    step = page.form.versions.get().document["steps"][0]["key"]
    FormCount.objects.create(form=page.form, day=long_ago, kind="left", about=step, count=20)
    assert "<dd>20</dd>" not in shown(editor, page)
    assert "<dd>20</dd>" in shown(editor, page, "90")
    assert 'href="?days=30" aria-current="true"' in shown(editor, page, "all")


def test_a_form_that_was_never_published_has_no_numbers(page: Any, signed_in: Any) -> None:
    copied = page.copy(update_attrs={"slug": "copy", "title": "Копия"}, keep_live=False)
    assert "ещё не опубликована" in shown(signed_in("formeditor"), copied)


def test_only_who_may_edit_the_form_sees_them(page: Any, signed_in: Any, client: Any) -> None:
    url = f"/admin/form-build/{page.pk}/funnel/"
    assert signed_in("press").get(url)["Location"] == "/admin/"
    assert "/admin/login/" in client.get(url)["Location"]
