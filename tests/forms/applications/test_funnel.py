"""The funnel of a form: sums that outlive the drafts, of nobody in particular, without a word that was typed."""

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from forms.applications import drafts, funnel
from forms.applications.models import Application, Draft, FormCount
from forms.definitions import versions
from forms.definitions.models import Form
from tests.factories import applications
from tests.factories.definitions import help_answers, help_definition, published_form

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def form() -> Form:
    applications.team()
    return published_form().form


def begun(step_key: str, *, ago: datetime.timedelta) -> Draft:
    """A draft that was last touched at a step so long ago."""
    draft = applications.draft()
    when = timezone.now() - ago
    Draft.objects.filter(pk=draft.pk).update(step_key=step_key, created_at=when, updated_at=when)
    return draft


def sent(minutes: int) -> Application:
    """An application that took so long."""
    draft = applications.draft()
    Draft.objects.filter(pk=draft.pk).update(created_at=timezone.now() - datetime.timedelta(minutes=minutes))
    return applications.actions.submit(Draft.objects.get(pk=draft.pk), consent_version=1)


def test_who_stopped_who_goes_on_and_how_long_it_took(form: Form) -> None:
    for minutes in (3, 5, 7, 9, 200):
        sent(minutes)
    for _ in range(2):
        begun("s_family", ago=30 * HOUR)
    begun("s_you", ago=HOUR)
    begun("s_you", ago=100 * 24 * HOUR)
    found = funnel.of_form(form, 30)
    assert (found.started, found.sent, found.filling) == (8, 5, 1)
    assert found.left == {"s_family": 2}
    assert found.minutes == 7
    assert funnel.of_form(form, 365).left == {"s_family": 2, "s_you": 1}


def test_the_sums_outlive_the_drafts(form: Form) -> None:
    for minutes in (3, 5, 7, 9, 200):
        sent(minutes)
    begun("s_family", ago=30 * HOUR)
    before = funnel.of_form(form, 365)
    old = timezone.now() - datetime.timedelta(days=settings.DRAFT_DAYS + 1)
    for draft in Draft.objects.all():
        Draft.objects.filter(pk=draft.pk).update(created_at=old - (draft.updated_at - draft.created_at), updated_at=old)
    assert drafts.drop_old() == 6
    assert not Draft.objects.exists()
    after = funnel.of_form(form, 365)
    assert after == before
    assert drafts.drop_old() == 0
    assert funnel.of_form(form, 365) == before


def test_an_application_by_another_system_is_nobodys_journey(form: Form) -> None:
    applications.actions.submit_answers(versions.latest("help"), help_answers(), 1, "api", "a key of ours")
    assert funnel.of_form(form, 30).started == 0


def test_mistakes_are_counted_by_sort_and_nothing_typed_is_kept(form: Form) -> None:
    client = Client()
    secret = "Тайна Иванова 8 900 123"
    for _ in range(3):
        client.post("/apply/help/s_you/", {"q_name_last": "Иванова", "q_name_first": "Мария", "q_phone": secret})
    client.post("/apply/help/s_you/", {"q_phone": "", "q_email": "не почта"})
    found = funnel.of_form(form, 30)
    assert found.wrong["q_phone"] == {"unfit": 3, "blank": 1}
    assert found.wrong["q_email"] == {"unfit": 1}
    assert found.wrong["q_place"] == {"blank": 4}
    kept = " ".join(map(str, FormCount.objects.values_list("about", flat=True)))
    assert "Иванов" not in kept and "900" not in kept and "почта" not in kept
    known = {question.key for question in help_definition().all_fields}
    assert {about.partition(":")[0] for about in FormCount.objects.values_list("about", flat=True)} <= known


def test_names_that_a_client_makes_up_are_not_counted(form: Form) -> None:
    funnel.note_wrong(form, help_definition(), {"Иванова": ["x"], "q_phone.r1.evil": ["x"]}, check=False)
    assert not FormCount.objects.exists()
    wrong = {"q_topics.r1.q_story": ["x"], "q_phone": ["x"]}
    funnel.note_wrong(form, help_definition(), wrong, check=True)
    funnel.note_wrong(form, help_definition(), wrong, check=True)
    assert dict(FormCount.objects.values_list("about", "count")) == {"q_story:check": 2, "q_phone:check": 2}


def test_mistakes_of_one_step_cost_one_statement(form: Form, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        funnel.note_wrong(form, help_definition(), {"q_phone": ["x"], "q_email": ["x"], "q_name": ["x"]}, check=False)


def test_few_say_nothing_of_the_time(form: Form) -> None:
    for minutes in (3, 5, 7, 9):
        sent(minutes)
    found = funnel.of_form(form, 30)
    assert found.minutes is None
    assert not found.is_told
