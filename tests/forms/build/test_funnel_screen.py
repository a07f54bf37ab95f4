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
def made_form(db: None) -> Any:
    made = form_page()
    roles.grant_page_rights()
    return made


def count(made_form: Any, kind: str, about: str, times: int) -> None:
    FormCount.objects.create(form=made_form.form, day=timezone.localdate(), kind=kind, about=about, count=times)


def shown(client: Any, made_form: Any, days: str = "") -> str:
    answer = client.get(f"/admin/form-build/{made_form.pk}/funnel/", {"days": days} if days else {})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_numbers_in_words(made_form: Any, signed_in: Any) -> None:
    version = made_form.form.versions.get()
    first, second, _third = version.document["steps"]
    phone = first["fields"][1]["key"]
    count(made_form, "left", first["key"], 40)
    count(made_form, "left", second["key"], 3)
    count(made_form, "left", "s_gone", 7)
    count(made_form, "wrong", f"{phone}:unfit", 30)
    count(made_form, "wrong", f"{phone}:blank", 2)
    count(made_form, "wrong", f"{second['fields'][0]['key']}:blank", 4)
    count(made_form, "wrong", "q_gone:blank", 400)
    html = shown(signed_in("formeditor"), made_form)
    assert "<dd>50</dd>" in html
    assert "<td>40<small>, 80 % начавших</small></td>" in html
    assert "<td>меньше 5</td>" in html
    assert "Шаги, которых больше нет" in html
    assert '<th scope="row">Телефон</th><td>32</td><td>ответ не подошёл</td>' in html
    assert second["fields"][0]["label"] not in html
    assert "400" not in html


def test_too_few_are_not_told_at_all(made_form: Any, signed_in: Any) -> None:
    count(made_form, "left", made_form.form.versions.get().document["steps"][0]["key"], funnel.FEW - 1)
    html = shown(signed_in("formeditor"), made_form)
    assert "За этот срок форму почти не заполняли" in html
    assert "Где останавливаются" not in html


def test_the_period_is_one_of_three(made_form: Any, signed_in: Any) -> None:
    editor = signed_in("formeditor")
    long_ago = timezone.localdate() - datetime.timedelta(days=60)
    step = made_form.form.versions.get().document["steps"][0]["key"]
    FormCount.objects.create(form=made_form.form, day=long_ago, kind="left", about=step, count=20)
    assert "<dd>20</dd>" not in shown(editor, made_form)
    assert "<dd>20</dd>" in shown(editor, made_form, "90")
    assert 'href="?days=30" aria-current="true"' in shown(editor, made_form, "all")


def test_a_form_that_was_never_published_has_no_numbers(made_form: Any, signed_in: Any) -> None:
    copied = made_form.copy(update_attrs={"slug": "copy", "title": "Копия"}, keep_live=False)
    assert "ещё не опубликована" in shown(signed_in("formeditor"), copied)


def test_only_who_may_edit_the_form_sees_them(made_form: Any, signed_in: Any, client: Any) -> None:
    url = f"/admin/form-build/{made_form.pk}/funnel/"
    assert signed_in("press").get(url)["Location"] == "/admin/"
    assert "/admin/login/" in client.get(url)["Location"]
