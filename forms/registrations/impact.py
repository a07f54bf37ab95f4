"""What publishing a draft of a group would do to the people registered: in numbers, before it is published."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from home.words import plural
from services.models import SupportGroup

from . import course, following, shown
from .models import Registration, Session

CALLED_OFF, MOVED, COURSE = "called_off", "moved", "course"


@dataclass(frozen=True, slots=True)
class Line:
    """What happens to one meeting of the group `title`, or to one of a course, with so many people of a `session`."""

    kind: str
    words: str
    people: int
    title: str
    session: int


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that would be told; `calls`: applications without mail, whom nobody writes to."""

    lines: tuple[Line, ...]
    sentences: tuple[str, ...]
    calls: int

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def has_several(self) -> bool:
        """Whether the lines are of more than one group."""
        return len({line.title for line in self.lines}) > 1


def of(*drafts: SupportGroup) -> Impact:
    """Of groups as they would be published; three queries beside those of their schedules."""
    by_pk = {draft.pk: draft for draft in drafts if draft.pk}
    mine = Session.objects.followed().taking_place().filter(group__in=by_pk).order_by("starts", "pk")
    rows: dict[int, list[Registration]] = {}
    for row in Registration.objects.active().filter(session__in=mine.values("pk")).select_related("application"):
        rows.setdefault(row.session_id, []).append(row)
    found = [line for each in mine if each.pk in rows for line in _lines(by_pk[each.group_id], each, rows)]
    told = {row.application for pk in {line.session for line in found} for row in rows[pk]}
    calls = sum(not application.email for application in told)
    return Impact(tuple(found), tuple(_sentences(found)), calls)


def people_of(group: SupportGroup) -> int:
    """How many people have a seat or wait for one at what is still ahead."""
    ahead = Session.objects.followed().taking_place().filter(group=group.pk)
    return Registration.objects.active().filter(session__in=ahead.values("pk")).count()


def _lines(draft: SupportGroup, session: Session, rows: dict[int, list[Registration]]) -> list[Line]:
    session.group, people = draft, len(rows[session.pk])
    if course.is_past(draft, session, timezone.now()):
        return []
    slot = following.slot_of(draft, session)
    if slot is None:
        return [_line(session, CALLED_OFF, shown.when(session), people)]
    if session.is_course:
        return _course_lines(draft, session, people)
    if (slot.starts, slot.ends) == (session.starts, session.ends):
        return []
    words = {"old": shown.when(session), "new": shown.moment(session, slot.starts)}
    return [_line(session, MOVED, _("%(old)s → %(new)s") % words, people)]


def _course_lines(draft: SupportGroup, session: Session, people: int) -> list[Line]:
    now = timezone.now()
    before = course.known_to(session.told_days)
    changed = course.changes(before, course.plan(draft, now), now) if before else []
    return [_line(session, COURSE, _change(session, each.old, each.new), people) for each in changed]


def _line(session: Session, kind: str, words: str, people: int) -> Line:
    return Line(kind, words, people, session.group.title, session.pk)


def _change(session: Session, old: datetime | None, new: datetime | None) -> str:
    words = {"old": shown.moment(session, old) if old else "", "new": shown.moment(session, new) if new else ""}
    if new is None:
        return _("%(old)s — встречи не будет") % words
    return (_("%(old)s → %(new)s") if old else _("%(new)s — встреча добавится")) % words


def _sentences(lines: list[Line]) -> list[str]:
    """«12 записанных на 3 встречи получат письмо об отмене.»"""
    found = []
    for kind, sentence in (
        (CALLED_OFF, _("%(people)d %(who)s на %(count)d %(what)s %(get)s письмо об отмене.")),
        (MOVED, _("%(people)d %(who)s на %(count)d %(what)s %(get)s письмо о новом времени.")),
        (COURSE, _("%(people)d %(who)s на курс %(get)s письмо: %(changes)s %(count)d %(what)s курса.")),
    ):
        own = [line for line in lines if line.kind == kind]
        if own:
            # Those of a course are the same people each time.
            people = sum({line.session: line.people for line in own}.values())
            found.append(sentence % _words(people, len(own), is_subject=kind == COURSE))
    return found


def _words(people: int, count: int, *, is_subject: bool) -> dict[str, object]:
    one = _("встреча") if is_subject else _("встречу")
    return {
        "people": people,
        "who": plural(people, _("записанный"), _("записанных"), _("записанных")),
        "get": plural(people, _("получит"), _("получат"), _("получат")),
        "count": count,
        "what": plural(count, one, _("встречи"), _("встреч")),
        "changes": plural(count, _("изменится"), _("изменятся"), _("изменится")),
    }
