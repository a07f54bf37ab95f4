"""What the journey costs in queries, per request and in sum; no session, no user."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms.applications import codes
from forms.applications.models import Application

from .filling import STEPS, step_url

pytestmark = pytest.mark.django_db
CHECK, RECEIPT = "/apply/help/check/", "/apply/help/receipt/"


PINNED = {
    "begin": 1,
    "get s_you": 1,
    "post s_you": 2,
    "get s_family": 2,
    "post s_family": 3,
    "get s_help": 2,
    "post s_help": 3,
    "get check": 2,
    "post check": 13,
    "receipt": 3,
}


def _queries(call: Callable[[], Any], status: int = 0) -> list[str]:
    """The statements of a call without the bookkeeping of transactions, which tests wrap differently."""
    with CaptureQueriesContext(connection) as captured:
        answer = call()
    assert answer.status_code in ((status,) if status else (200, 302)), answer.status_code
    return [row["sql"] for row in captured if not re.match(r"BEGIN|COMMIT|SAVEPOINT|RELEASE", row["sql"])]


def _walk(client: Client) -> dict[str, list[str]]:
    costs = {"begin": _queries(lambda: client.get("/apply/help/"))}
    for key, data in STEPS.items():
        costs[f"get {key}"] = _queries(lambda key=key: client.get(step_url(key)))
        costs[f"post {key}"] = _queries(lambda key=key, data=data: client.post(step_url(key), data))
    costs["get check"] = _queries(lambda: client.get(CHECK))
    costs["post check"] = _queries(lambda: client.post(CHECK, {"consent": "1"}))
    costs["receipt"] = _queries(lambda: client.get(RECEIPT))
    return costs


def test_queries_of_the_journey(applicant: Client) -> None:
    _walk(Client())
    costs = _walk(applicant)
    counts = {name: len(queries) for name, queries in costs.items()}
    assert counts == PINNED
    # Issue: at most 45 for the whole, start page and the bookkeeping of transactions included.
    assert sum(counts.values()) <= 32
    everything = [sql for queries in costs.values() for sql in queries]
    assert not [sql for sql in everything if "django_session" in sql or "accounts_user" in sql]


def test_queries_of_a_wrong_answer(filled: Client) -> None:
    filled.get(step_url("s_you"))
    queries = _queries(lambda: filled.post(step_url("s_you"), {"q_phone": "1"}), status=422)
    # The last one counts the mistakes, all of them in one statement.
    assert len(queries) == 4


def test_queries_of_the_status_page(client: Client, submit: Callable[[], Application]) -> None:
    application = submit()
    pair = {"number": application.public_number, "code": codes.code_for(application)}
    assert not _queries(lambda: client.get("/requests/"), status=200)
    assert len(_queries(lambda: client.post("/requests/", pair))) <= 6
    assert len(_queries(lambda: client.get("/requests/status/"), status=200)) == 4
