"""A token that is missing or old costs nobody their words."""

import re

import pytest
from django.test import Client

from forms.applications.models import Draft
from forms.definitions.models import FormVersion

from .filling import YOU, step_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(help_form: FormVersion) -> Client:
    """A browser whose tokens are checked."""
    return Client(enforce_csrf_checks=True)


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


def test_a_step_is_shown_again_as_typed(strict: Client) -> None:
    strict.get(step_url("s_you"))
    answer = strict.post(step_url("s_you"), YOU | {"csrfmiddlewaretoken": "old"})
    page = answer.content.decode()
    assert answer.status_code == 403 and answer.headers["Cache-Control"] == "no-store, private"
    assert "Ответы на месте" in page and 'value="Иванова"' in page and "файлы cookie" not in page
    assert not Draft.objects.exists()
    answer = strict.post(step_url("s_you"), YOU | {"csrfmiddlewaretoken": _token(page)})
    assert answer.headers["Location"] == step_url("s_family")


def test_without_cookies_it_says_so(strict: Client) -> None:
    page = strict.post(step_url("s_you"), YOU).content.decode()
    assert "разрешите в браузере файлы cookie" in page and 'value="Иванова"' in page


@pytest.mark.parametrize("address", ["/apply/help/check/", "/requests/", "/apply/help/s_none/", "/apply/none/s/"])
def test_other_pages_say_to_send_again(strict: Client, address: str) -> None:
    answer = strict.post(address, {"number": "1"})
    assert answer.status_code == 403
    assert "Отправьте ещё раз" in answer.content.decode()
