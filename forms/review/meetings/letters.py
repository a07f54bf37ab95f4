"""What people would read of a meeting that is moved or called off, before it is."""

import copy
from datetime import date, datetime

from forms.registrations import messages, staffing
from forms.registrations.course import Change
from forms.registrations.models import Registration, Session
from forms.registrations.states import SessionState, State


def told(session: Session) -> dict[str, int]:
    """How many people it concerns, how many letters go out, how many have to be called."""
    rows = _rows(session)
    applications = {row.application_id: bool(row.application.email) for row in rows}
    return {
        "people": len(rows),
        "letters": sum(applications.values()),
        "calls": list(applications.values()).count(False),
    }


def of_change(session: Session, moment: datetime | None, why: str, day: date | None) -> str:
    """The letter of the first of them; with nobody registered there is none to read. `day`: of a course."""
    rows = _rows(session)
    if not rows:
        return ""
    changed = copy.copy(session)
    own = [copy.copy(row) for row in rows if row.application_id == rows[0].application_id]
    if day is not None:
        one = Change(day, staffing.days_of(session).days[day].starts, moment, why)
        return messages.text_of("course", rows[0].application, changed, own, [one])
    changed.reason, changed.sequence = why, session.sequence + 1
    if moment is not None:
        changed.starts, changed.ends = moment, moment + (session.ends - session.starts)
        return messages.text_of("moved", rows[0].application, changed, own)
    changed.state = SessionState.CANCELLED
    for row in own:
        row.state = State.CANCELLED
    return messages.text_of("called_off", rows[0].application, changed, own)


def _rows(session: Session) -> list[Registration]:
    rows = Registration.objects.filter(session__group=session.group_id, session__day=session.day)
    return list(rows.active().select_related("application").order_by("pk"))
