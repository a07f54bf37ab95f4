"""Notes for colleagues: written, never rewritten, and read only on the card. Nothing of them reaches the applicant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.notifications import outbox

from . import journal, mentions, policies, staff_letters, unsent
from .models import Application, Mention, Note, UnsentText
from .movement import Refused
from .texts import cleaned
from .timeline import NOTE

TEXT_LENGTH = 5000
KEY_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Added:
    """A note and whom it called; `unknown` are words after «@» that nobody answers to."""

    note: Note
    called: tuple[Any, ...] = ()
    unknown: tuple[str, ...] = ()


def add(application_id: int, user: Any, text: str, key: str, address: Callable[[Application], str]) -> Added:
    """Write a note; who is called gets a letter with the `address` of the card and no word of the note.

    The same `key` again is the same note. A note changes nothing that a colleague may be about to change, so the row
    keeps its version. Raises Refused, or DoesNotExist when it is not theirs to see.
    """
    text, key = cleaned(text, TEXT_LENGTH), key[:KEY_LENGTH]
    with transaction.atomic():
        rows = Application.objects.visible_to(user).select_for_update(of=("self",))
        application: Application = rows.get(pk=application_id)
        decision = policies.may_note(user, application)
        if not decision:
            raise Refused(decision.reason)
        if not text:
            raise Refused(_("Напишите заметку."))
        known = Note.objects.filter(application=application, key=key).first()
        if known is not None:
            return Added(known)
        found = _called(application, text)
        note = put(application, user, text, key, found.written)
        facts: dict[str, Any] = {"version": application.version, "note": note.pk}
        if others := [person for person in found.people if person.pk != user.pk]:
            facts["called"] = [person.pk for person in others]
            Mention.objects.bulk_create(Mention(note=note, application=application, user=each) for each in others)
        journal.write(application, user, NOTE, ("", ""), facts)
        unsent.forget(application.pk, user, UnsentText.Kind.NOTE)
        for person in staff_letters.wants_mentions(others) if others else ():
            _tell(application, note, person, address(application))
    return Added(note, tuple(others), found.unknown)


def put(application: Application, user: Any, text: str, key: str, written: tuple[str, ...] = ()) -> Note:
    """The row of a note, for whoever writes the journal entry that names it."""
    return Note.objects.create(application=application, author=user, key=key, text=text, called=list(written))


def note_called_seen(application: Application, user: Any, entries: Any) -> None:
    """Whoever was called has the card open; no query where these journal entries call nobody."""
    if any(user.pk in entry.facts.get("called", ()) for entry in entries if entry.action == NOTE):
        unseen = Mention.objects.filter(user=user, application=application, seen_at__isnull=True)
        unseen.update(seen_at=timezone.now())


def _called(application: Application, text: str) -> mentions.Called:
    found = mentions.read(text, mentions.people_of(application) if "@" in text else ())
    for name, choices in found.several:
        raise Refused(
            _("«@%(name)s» подходит нескольким. Уточните: %(choices)s.")
            % {"name": name, "choices": ", ".join(f"@{choice}" for choice in choices)}
        )
    return found


def _tell(application: Application, note: Note, person: Any, address: str) -> None:
    """A letter without personal data: it goes over servers that are not ours."""
    if not person.email:
        return
    number = application.public_number
    outbox.put(
        key=f"note:{note.pk}:{person.pk}",
        recipient=person.email,
        subject=_("Вас позвали в обращение %(number)s") % {"number": number},
        body=_(
            "Здравствуйте!\n\nВ заметке к обращению %(number)s упомянули вас.\n\nПрочитать заметку:\n%(address)s\n\n"
            "Отвечать на это письмо не нужно: оно отправлено автоматически.\n"
        )
        % {"number": number, "address": address},
        about=f"note:{note.pk}",
    )
