"""The browser loses its cookies in the middle: the page itself still knows its draft."""

import re

import pytest
from django.test import Client

from forms.applications import draft_pass
from forms.applications.models import Application, Draft

from .filling import STEPS, YOU, step_url

pytestmark = pytest.mark.django_db
CHECK = "/apply/help/check/"


def _pass_on(page: str) -> str:
    return re.search(r'name="draft" value="([^"]*)"', page)[1]


def test_the_next_step_finds_the_draft_again(applicant: Client) -> None:
    assert _pass_on(applicant.get(step_url("s_you")).content.decode()) == ""
    applicant.post(step_url("s_you"), YOU)
    known = _pass_on(applicant.get(step_url("s_family")).content.decode())
    bare = Client()
    answer = bare.post(step_url("s_family"), STEPS["s_family"] | {"draft": known})
    assert answer.headers["Location"] == step_url("s_help")
    assert bare.cookies["draft_help"]["httponly"] and Draft.objects.count() == 1
    assert bare.get(step_url("s_help")).status_code == 200


def test_all_cookies_gone(applicant: Client) -> None:
    applicant.post(step_url("s_you"), YOU)
    known = _pass_on(applicant.get(step_url("s_family")).content.decode())
    bare = Client(enforce_csrf_checks=True)
    answer = bare.post(step_url("s_family"), STEPS["s_family"] | {"draft": known})
    page = answer.content.decode()
    assert answer.status_code == 403 and "после 17:00" in page and "draft_help" not in answer.cookies
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sent = STEPS["s_family"] | {"draft": _pass_on(page), "csrfmiddlewaretoken": token}
    assert bare.post(step_url("s_family"), sent).headers["Location"] == step_url("s_help")


def test_sending_without_the_cookie(filled: Client) -> None:
    known = _pass_on(filled.get(CHECK).content.decode())
    bare = Client()
    for _click in range(2):
        answer = bare.post(CHECK, {"consent": "1", "draft": known})
        assert answer.headers["Location"] == "/apply/help/receipt/"
    assert Application.objects.get().public_number in bare.get("/apply/help/receipt/").content.decode()


def test_the_cookie_goes_first_and_a_forged_pass_opens_nothing(filled: Client) -> None:
    draft = Draft.objects.get()
    other = Client()
    other.post(step_url("s_you"), YOU | {"q_name_last": "Другая"})
    mine = Draft.objects.latest("pk")
    other.post(step_url("s_you"), YOU | {"q_name_last": "Третья", "draft": draft_pass.make(draft)})
    mine.refresh_from_db()
    assert mine.answers["q_name"]["last"] == "Третья" and Draft.objects.get(pk=draft.pk).answers == draft.answers
    bare = Client()
    for forged in (f"r{draft.pk}-{'a' * 43}", "x" * 50, "r1", "\x00"):
        assert "note=" in bare.post(step_url("s_help"), {"draft": forged}).headers["Location"]
