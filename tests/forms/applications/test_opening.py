"""When a form takes applications: by hand, by date, by number; decided where the application is written."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms.applications import actions, opening
from forms.applications.models import Application, Draft
from forms.definitions.models import Form
from tests.factories import applications as make
from tests.factories import definitions

HOUR = datetime.timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def form() -> Form:
    make.team()
    return definitions.published_form().form


def change(form: Form, **fields) -> Form:
    Form.objects.filter(pk=form.pk).update(**fields)
    return Form.objects.get(pk=form.pk)


@pytest.mark.parametrize(
    ("fields", "state", "words"),
    [
        ({}, "open", ""),
        ({"opens_at": -HOUR, "closes_at": HOUR, "most_applications": 1}, "open", ""),
        ({"opens_at": HOUR}, "early", "начнёт принимать"),
        ({"closes_at": -HOUR}, "late", "принимала заявки до"),
        ({"most_applications": 0}, "full", "столько заявок"),
        ({"is_open": False, "opens_at": HOUR}, "closed", "не принимает"),
    ],
)
def test_each_state_says_what_it_is_and_lets_in_or_not(form, fields, state, words) -> None:
    now = timezone.now()
    moments = {name: now + value if isinstance(value, datetime.timedelta) else value for name, value in fields.items()}
    form = change(form, closed_message="Позвоните нам.", **moments)
    draft = make.draft()
    found = opening.of(form)
    assert (found.state, found.is_open) == (state, state == "open")
    assert words in found.sentence
    if found.is_open:
        assert actions.submit(draft, 1).pk
        return
    with pytest.raises(opening.Closed, match="Позвоните нам"):
        actions.submit(draft, 1)
    with pytest.raises(opening.Closed):
        actions.submit_answers(definitions.published_form(), definitions.help_answers(), 1, "api", "a-key-of-it")
    assert not Application.objects.exists()
    assert Draft.objects.get().answers == definitions.help_answers()


def test_the_limit_counts_since_the_opening(form) -> None:
    old = make.new()
    Application.objects.filter(pk=old.pk).update(received_at=timezone.now() - 2 * HOUR)
    form = change(form, most_applications=1)
    assert opening.of(form).state == "full"
    form = change(form, opens_at=timezone.now() - HOUR)
    assert opening.of(form).is_open
    make.new()
    assert opening.of(form).state == "full"


def test_what_was_sent_stays_sent_after_the_end(form) -> None:
    draft = make.draft()
    sent = actions.submit(draft, 1)
    by_key = actions.submit_answers(definitions.published_form(), definitions.help_answers(), 1, "api", "a-key-of-it")
    change(form, closes_at=timezone.now() - HOUR)
    assert actions.submit(Draft.objects.get(pk=draft.pk), 1).pk == sent.pk
    again = actions.submit_answers(definitions.published_form(), definitions.help_answers(), 1, "api", "a-key-of-it")
    assert again.pk == by_key.pk


def test_a_form_without_a_limit_counts_nothing(form) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        opening.of(form)
    assert not asked.captured_queries
