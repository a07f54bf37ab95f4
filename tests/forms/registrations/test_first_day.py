"""A course whose first day is changed goes on with its people; the next intake is nothing to those of the last one."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from forms.applications import actions
from forms.definitions import versions
from forms.notifications.models import Outbox
from forms.registrations import following, impact
from forms.registrations.models import Registration, Session
from services import meetings
from services.models import SupportGroup
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> SupportGroup:
    """A course of ten weeks with one seat, which Анна has; Вера waits."""
    made = make.group(
        registration="per_course", seats=1, starts_on=date(2027, 2, 3), weekday=2, ends_on=date(2027, 4, 7)
    )
    for name in ("Анна", "Вера"):
        make.register(made, name)
    return made


@pytest.fixture(autouse=True)
def _before_the_course() -> Any:
    with _on(date(2027, 1, 30)):
        yield


def _on(day: date) -> Any:
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone()))


def _changed(group: SupportGroup, **fields: Any) -> SupportGroup:
    SupportGroup.objects.filter(pk=group.pk).update(**fields)
    return SupportGroup.objects.get(pk=group.pk)


def _letters(kind: str) -> list[str]:
    found = Outbox.objects.filter(key__contains=f":{kind}:").order_by("pk")
    return list(found.values_list("body", flat=True))


def _states() -> list[str]:
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("today", [date(2027, 1, 30), date(2027, 2, 20)])
def test_people_keep_their_seats_and_hear_once_what_falls_out(group: SupportGroup, today: date) -> None:
    with _on(today):
        following.run()
        changed = _changed(group, starts_on=date(2027, 2, 24))
        shown = impact.of(changed)
        following.run()
        following.run()
    session = Session.objects.get()
    assert (session.day, session.state) == (date(2027, 2, 24), "planned")
    assert _states() == ["confirmed", "waiting"] and not _letters("called_off")
    letters = _letters("course")
    if today.month == 2:
        # What is past fell out for nobody: the meetings ahead are the same.
        assert not shown and not letters
        return
    assert shown.sentences == ("2 записанных на курс получат письмо: изменятся 3 встречи курса.",)
    assert len(letters) == 2 and "Место остаётся за вами" in letters[0]
    assert "3 февраля, 16:30 — встречи не будет" in letters[0] and letters[0].count("• ") == 3


def test_the_seats_are_given_out_once_whoever_is_faster(group: SupportGroup) -> None:
    changed = _changed(group, starts_on=date(2027, 2, 10))
    # Between publishing and the round of the worker somebody registers with the new first day.
    (slot,) = meetings.coming(changed, timezone.now(), 1)
    assert "Мест нет" in meetings.standings(changed, [slot])[slot.key].words
    make.register(changed, "Галина")
    assert _states() == ["confirmed", "waiting", "waiting"] and Session.objects.count() == 1
    following.run()
    make.register(changed, "Дарья")
    assert Session.objects.count() == 1 and _states()[-1] == "waiting"


def test_an_anchor_of_a_fortnight_shifts_the_weeks(group: SupportGroup) -> None:
    _changed(group, recurrence="every_n_weeks", every_weeks=2)
    following.run()
    before = len(_letters("course"))
    _changed(group, starts_on=date(2027, 2, 10))
    following.run()
    letter = _letters("course")[before]
    assert "3 февраля, 16:30 — встречи не будет" in letter and "10 февраля, 16:30 — встреча добавилась" in letter


def test_the_next_intake_is_nothing_to_those_of_the_last_one(group: SupportGroup) -> None:
    with _on(date(2027, 4, 8)):
        following.run()
    with _on(date(2027, 8, 20)):
        changed = _changed(group, starts_on=date(2027, 9, 1), ends_on=date(2027, 10, 27))
        assert not impact.of(changed)
        assert following.run() == 0 and not _letters("course") and not _letters("called_off")
        assert _states() == ["confirmed", "waiting"]
        make.register(changed, "Галина")
        assert _states()[-1] == "confirmed" and Session.objects.count() == 2
        following.run()
        assert not _letters("course")


def test_the_old_key_of_a_draft_is_refused_in_words(group: SupportGroup) -> None:
    old = make.answers(group, "Галина")
    _changed(group, starts_on=date(2027, 2, 10))
    following.run()
    version, _definition = versions.current(make.FORM)
    with pytest.raises(actions.Refused, match="Выберите другую встречу"):
        actions.submit_answers(version, old, 1, "api", "Галина")
