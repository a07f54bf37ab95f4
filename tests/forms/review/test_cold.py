"""The price of a page in a process that knows nothing yet: no cache, no compiled form, no name of the portal."""

import functools
import gc
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import roles
from accounts.models import User
from forms.applications import labelling
from forms.applications.models import OfficeEntry
from forms.definitions import versions
from home import settings
from home.frames import Kept
from home.templatetags import portal_ui
from services import remembered
from tests.factories import applications as make
from tests.factories import definitions, forms, home

pytestmark = pytest.mark.django_db
QUEUE = "/admin/queue/"
MOST = 15
OURS = ("wagtail", "modelsearch", "accounts", "home", "services", "forms", "portal")


def _forget_everything() -> None:
    cache.clear()
    ContentType.objects.clear_cache()
    versions.forget()
    registries = (versions._newest, versions._met, settings._frames, settings._brands, remembered._held)
    for known in (*registries, portal_ui._drawn):
        known.clear()
    for each in gc.get_objects():
        # By their very types: to ask a lazy object what it is would make it.
        if type(each) is functools._lru_cache_wrapper and each.__module__.partition(".")[0] in OURS:
            each.cache_clear()
        elif type(each) is Kept:
            each._number = ""


def _asked(client: Any, query: dict[str, Any]) -> tuple[Any, list[str]]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(QUEUE, query)
    assert response.status_code == 200
    return response, [each["sql"] for each in captured.captured_queries]


@pytest.fixture
def whole_site() -> None:
    home.whole_site()
    forms.form_index()
    roles.grant_page_rights()


@pytest.mark.parametrize("more", [(), ("press",), ("formeditor",), ("press", "formeditor", "operator"), None])
def test_the_first_page_of_a_process_asks_fifteen_times_at_most(person, signed_in, whole_site, more) -> None:
    """`more`: roles beside that of a lead; None: an administrator, who has every right."""
    user = User.objects.create_superuser("admin") if more is None else person("lead")
    for role in more or ():
        roles.add_to_role(user, role)
    make.team("Иркутск", user)
    (label,) = labelling.named(["Обещал"])
    for number in range(3):
        application = make.new(q_relation="c_spouse", q_birth="2020-01-01")
        labelling.put(application, [label])
        # Each was sent with a version of its own.
        definitions.published_form(title=f"Просьба о помощи, {number}")
    form, client = application.form_id, signed_in(user)
    columns = ["number", "due", "labels", "topic", "a.q_relation", "a.q_story", "a.q_topics"]
    client.post(f"{QUEUE}columns/", {"form": form, "column": columns})
    dearest = {
        "folder": "open",
        "form": form,
        "label": label.pk,
        "q": "психолог",
        "state": "new",
        "sort": "name",
        "a.q_relation": "c_spouse",
        "a.q_birth.from": "2019-01-01",
        "territory": "irkutsk",
    }
    for query in ({}, {"folder": "closed"}, {"folder": "open", "form": form}, dearest):
        _forget_everything()
        response, asked = _asked(client, query)
        assert len(asked) <= MOST, asked
        if "form" in query:
            assert len(response.context["object_list"]) == 3
            assert response.content.decode().count("Супруга или супруг</td>") == 3
    assert OfficeEntry.objects.count() == 1, "the search was written down within the same fifteen"


def test_a_page_of_a_process_that_is_warm(person, signed_in) -> None:
    user = person("reviewer")
    make.team("Иркутск", user)
    make.new()
    client = signed_in(user)
    for query, most in (({"folder": "open"}, 8), ({"q": "Иванова"}, 9), ({"q": "психолог", "by": "words"}, 9)):
        client.get(QUEUE, query)
        _response, asked = _asked(client, query)
        assert len(asked) <= most, asked
        # What it shows is written down by one statement, the first time.
        cache.clear()
        client.get(QUEUE)
        _response, asked = _asked(client, query)
        assert len(asked) <= most + 1, asked
