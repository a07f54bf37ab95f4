"""Giving out seats: in the transaction that makes the application, under the lock of the session's row.

Nobody is given a seat that is not there: the row is locked, then the registrations are counted, and the constraint
`session_never_oversold` stands behind. Who finds no seat gets the next number of the waiting list.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from forms.applications.companions import Told
from forms.applications.models import Application, Team
from forms.applications.movement import Refused
from forms.definitions import dates
from forms.definitions.document import Definition
from home.words import plural
from services.models import SupportGroup

from . import messages, people, releasing, respelling, sessions, writing
from .models import Registration, Session
from .people import Person
from .states import State


class Companion:
    """What this room does beside an application; see `applications.companions`."""

    def team(self, definition: Definition, answers: Mapping[str, Any]) -> Team | None:
        """Whoever looks after the meeting gets the application as well."""
        key = people.chosen(definition, answers)
        return sessions.team_for(key) if key else None

    def made(self, application: Application, definition: Definition, answers: Mapping[str, Any]) -> None:
        """Register whoever the application is for; Refused where that cannot be."""
        register(application, definition, answers)

    def ended(self, application: Application) -> None:
        """Its seats are free again."""
        releasing.release_all(application)

    def erased(self, application: Application) -> dict[str, int]:
        """Nothing of the people stays; that somebody was there does."""
        rows = Registration.objects.filter(application=application)
        releasing.release_all(application)
        return {"registrations": rows.update(name="", born_on=None)}

    def told(self, facts: Mapping[str, Any]) -> Told | None:
        """A step of the seats in its own words."""
        return writing.words_of(facts)


def register(application: Application, definition: Definition, answers: Mapping[str, Any]) -> None:
    """Seats, or numbers of the waiting list, for everybody of an application; Refused where that cannot be."""
    key = people.chosen(definition, answers)
    if key is None:
        return
    session, group = sessions.hold(key)
    asked = people.asks_birth(definition)
    own = group.registration_page
    if group.ages and not asked and own and application.form.slug != own.slug:
        # Its own form cannot go live without the question; another one may list the meeting all the same.
        raise Refused(
            _("На эту встречу записывают на странице группы: нужна дата рождения. Откройте группу и выберите день там.")
        )
    persons = people.of(application, definition, answers)
    check_ages(group, session, persons, asked=asked)
    _check_once(session, persons)
    seated = _seated(session, group, len(persons))
    first = (session.registrations.aggregate(last=Max("place"))["last"] or 0) + 1
    Registration.objects.bulk_create(
        Registration(
            session=session,
            application=application,
            row=person.row,
            name=person.name,
            born_on=person.born_on,
            person=person.key,
            spelling=people.spelling(),
            state=State.CONFIRMED if number < seated else State.WAITING,
            place=None if number < seated else first + number - seated,
        )
        for number, person in enumerate(persons)
    )
    sessions.count_again(session)
    messages.registered(application, session, group)


def _seated(session: Session, group: SupportGroup, wanted: int) -> int:
    """How many of those who come together get a seat at once; Refused when there is no room for all of them."""
    free = max(session.free, 0)
    seated = min(free, wanted)
    if group.several == SupportGroup.Several.TOGETHER and seated < wanted:
        seated = 0
    room = max(group.waiting_seats - session.waiting, 0)
    if wanted - seated <= room:
        return seated
    if not free and not room:
        raise Refused(_("Мест на этой встрече больше нет. Выберите другую встречу, ответы сохранятся."))
    sentence = _("На этой встрече %(free)s и %(room)s в листе ожидания, а вы записываете %(wanted)d. Выберите другую.")
    words = {"free": _places(free), "room": _places(room), "wanted": wanted}
    raise Refused(sentence % words)


def _places(count: int) -> str:
    return f"{count} {plural(count, _('место'), _('места'), _('мест'))}"


def check_ages(group: SupportGroup, session: Session, persons: Sequence[Person], *, asked: bool) -> None:
    """Refused where somebody is too young or too old on the day of the meeting, or left the date of birth out.

    `asked`: whether the form asks for it; a form that does not is refused when it is published, not when it is sent.
    """
    if group.age_from is None and group.age_to is None:
        return
    on = session.starts.astimezone(group.rule.zone).date()
    for person in persons:
        age = dates.age(person.born_on, on) if person.born_on else None
        if age is None and asked:
            raise Refused(
                _("Группа для тех, кому %(ages)s. Укажите, когда родились все, кто придёт.") % {"ages": group.ages}
            )
        if age is not None and not _fits(group, age):
            raise Refused(
                _("Группа для тех, кому %(ages)s, а в день встречи %(name)s будет %(age)d %(years)s.")
                % {
                    "ages": group.ages,
                    "name": person.short_name,
                    "age": age,
                    "years": plural(age, _("год"), _("года"), _("лет")),
                }
            )


def _fits(group: SupportGroup, age: int) -> bool:
    lowest = group.age_from if group.age_from is not None else age
    highest = group.age_to if group.age_to is not None else age
    return lowest <= age <= highest


def _check_once(session: Session, persons: Sequence[Person]) -> None:
    if len({person.key for person in persons}) < len(persons):
        raise Refused(_("Один и тот же человек записан дважды. Оставьте его один раз."))
    respelling.bring_up(session)
    keys = [person.key for person in persons]
    known = set(session.registrations.active().filter(person__in=keys).values_list("person", flat=True))
    for person in persons:
        if person.key in known:
            sentence = _("%(name)s: запись на эту встречу уже есть. Посмотреть её можно по номеру и коду заявки.")
            raise Refused(sentence % {"name": person.short_name})
