"""Merged into one whose clock stands: the earlier promise holds, moves as every date does, goes back when parted."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from forms.applications import arithmetic, asking, closing, delaying, duplicates, journal, timeline
from forms.applications.models import Application
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


def _days(count: int) -> timedelta:
    return timedelta(days=count)


@pytest.mark.parametrize("apart", [-5, 1, 30])
def test_one_that_waits_keeps_the_promise_of_the_merged_one(apart: int, person: Any, settings: Any) -> None:
    settings.DEADLINE_MOVES_BACK_FROM_DAYS_OFF = False
    lead, start = person("lead"), timezone.now()
    make.team("Иркутск", lead)
    first, second = make.waiting(lead), make.in_work(lead)
    own = first.due_on
    promised = own + _days(apart)
    Application.objects.filter(pk=second.pk).update(due_on=promised)
    with time_machine.travel(start + _days(2)):
        duplicates.merge(second.pk, lead, second.version, first.pk)
        first.refresh_from_db()
        assert first.due_on == min(own, promised)
    with time_machine.travel(start + _days(6)):
        first = asking.resume(first.pk, lead, first.version)
        # Of the six days the two before the merge are of the waiting one alone.
        assert first.due_on == min(own + _days(6), promised + _days(4))
        told = arithmetic.due_sum(first, timeline.entries_of(first))
        lent = f"у объединённого {second.public_number} срок раньше"
        assert told[-1][1] == first.due_on
        assert (str(told[-1][0]) == lent) is (apart < 30)
        first = delaying.extend(first.pk, lead, first.version, days=10, extension_reason="Ждём ответа района.")
        assert first.due_on == min(own + _days(16), promised + _days(14))
        second.refresh_from_db()
        closing.reopen(second.pk, lead, second.version, notice="Разбираем отдельно.", reason="Ошиблись.")
        first.refresh_from_db()
        assert first.due_on == own + _days(16)
        told = arithmetic.due_sum(first, timeline.entries_of(first))
        assert told[-1][1] == first.due_on and lent not in [str(words) for words, _day in told]
    assert not list(journal.problems())


def test_what_was_extended_once_lends_a_date_that_is_extended_no_more(person: Any, settings: Any) -> None:
    settings.DEADLINE_MOVES_BACK_FROM_DAYS_OFF = False
    lead = person("lead")
    make.team("Иркутск", lead)
    first, second = make.in_work(lead), make.moved("extend", lead)
    Application.objects.filter(pk=second.pk).update(due_on=first.due_on - _days(3))
    duplicates.merge(second.pk, lead, second.version, first.pk)
    first.refresh_from_db()
    with pytest.raises(delaying.Refused, match="срок не сдвинется"):
        delaying.extend(first.pk, lead, first.version, days=10, extension_reason="Ждём ответа района.")
