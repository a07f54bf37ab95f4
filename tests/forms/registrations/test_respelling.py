"""Whoever registered before the key or the rules of digests changed is the same person after it."""

from datetime import date
from typing import Any

import pytest
from django.test import override_settings

from forms.applications.movement import Refused
from forms.registrations import people, respelling, sessions, staffing
from forms.registrations.models import Registration, Session
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db


def _age() -> None:
    """As rows of an earlier spelling are: another digest, no word of its rules."""
    for row in Registration.objects.all():
        Registration.objects.filter(pk=row.pk).update(person=row.pk * 1000 + 7, spelling="")


def test_a_row_of_the_earlier_spelling_is_the_same_person() -> None:
    group = make.group()
    child = [("Пётр", date(2018, 3, 7))]
    make.register(group, "Мария", children=child)
    _age()
    with pytest.raises(Refused, match="уже есть"):
        make.register(group, "Ольга", children=child, key="again")
    make.register(group, "Галина")
    assert set(Registration.objects.values_list("spelling", flat=True)) == {people.spelling()}


def test_another_key_of_the_site_makes_nobody_another() -> None:
    group = make.group()
    make.register(group, "Мария")
    with override_settings(SECRET_KEY="another " * 8):
        with pytest.raises(Refused, match="уже есть"):
            make.register(group, "Мария", key="again")
        make.register(group, "Галина")
        assert set(Registration.objects.values_list("spelling", flat=True)) == {people.spelling()}


def test_two_rows_of_one_person_stay_and_whose_answers_are_gone_too(django_assert_num_queries: Any) -> None:
    group = make.group(seats=5)
    twice = [make.register(group, name) for name in ("Мария", "Ольга")]
    gone = make.register(group, "Галина")
    sheet = twice[0].sheet
    twice[1].sheet.answers = sheet.answers
    twice[1].phone_digits, twice[1].email_key = twice[0].phone_digits, twice[0].email_key
    twice[1].sheet.save()
    twice[1].save()
    gone.sheet.answers = {}
    gone.sheet.save()
    _age()
    before = dict(Registration.objects.values_list("application", "person"))
    session = sessions.locked(Session.objects.get().pk)
    assert respelling.bring_up(session) == 3
    after = dict(Registration.objects.values_list("application", "person"))
    assert after[twice[0].pk] != before[twice[0].pk]
    assert [after[each.pk] for each in (twice[1], gone)] == [before[each.pk] for each in (twice[1], gone)]
    with django_assert_num_queries(1):
        assert respelling.bring_up(session) == 0


def test_a_transfer_knows_the_person_too(person: Any) -> None:
    group = make.group(seats=5)
    make.register(group, "Мария")
    make.register(group, "Мария", number=1, key="later")
    _age()
    first, later = Session.objects.order_by("starts")
    row = first.registrations.get()
    with pytest.raises(Refused, match="уже есть"):
        staffing.transfer(first, person("admin"), [row.pk], later)
    row.refresh_from_db()
    assert row.state == "confirmed"
