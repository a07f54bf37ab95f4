"""What was said, for the card: the words of each journal entry, and which answers were changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.definitions import fields, versions
from forms.definitions.document import Definition

from . import mentions, staff_words
from .models import Application, Call, Correction, Inquiry, JournalEntry, Message, Note, StaffReason
from .states import BY_ACTION
from .timeline import CALL, NOTE, has_dialogue


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer before and after; a blank side was no answer. `erased` when only the fact of the change is left."""

    key: str
    label: str
    before: str
    after: str
    at: datetime
    asked: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """`words` and `inside` (what only colleagues read) by the number of the journal entry; `changes` by the key of the
    question, newest first."""

    words: Mapping[int, str]
    changes: Mapping[str, Sequence[Changed]]
    inside: Mapping[int, str]


def of(application: Application, entries: Sequence[JournalEntry]) -> Thread:
    """Three queries where something was said after sending, one more each where there are notes, fields of staff and
    reasons for colleagues."""
    noted = _noted(application, entries) | staff_words.of(application, entries)
    inside = _inside(application, entries)
    if not has_dialogue(entries):
        return Thread(noted, {}, inside)
    definition = versions.definition_of(application.form_version_id)
    texts = dict(Message.objects.filter(application=application).values_list("pk", "text"))
    asked = dict(Inquiry.objects.filter(application=application).values_list("pk", "asked"))
    words = {entry.seq: _words(entry, texts, asked, definition) for entry in entries} | _called(application, entries)
    changes: dict[str, list[Changed]] = {}
    for row in Correction.objects.filter(application=application).order_by("-at", "-pk"):
        changes.setdefault(row.field_key, []).append(_changed(row, definition))
    words |= _earlier(entries, texts)
    return Thread({seq: text for seq, text in words.items() if text} | noted, changes, inside)


@dataclass(frozen=True, slots=True)
class Merged:
    """What was said in an application that was merged into this one, oldest first."""

    application: Application
    messages: Sequence[Message]


def of_merged(application: Application, entries: Sequence[JournalEntry], user: Any) -> list[Merged]:
    """The talk of each application that stands merged into this one and that this person may see; no query where none
    was ever merged."""
    if not any(entry.action == "absorb" for entry in entries):
        return []
    rows = Application.objects.visible_to(user).filter(merged_into=application).order_by("pk")
    merged = {row.pk: row for row in rows.only("pk", "number_prefix", "summary")}
    said: dict[int, list[Message]] = {pk: [] for pk in merged}
    found = Message.objects.filter(application__in=merged).select_related("author").order_by("created_at", "pk")
    for message in found:
        said[message.application_id].append(message)
    return [Merged(row, said[pk]) for pk, row in merged.items()]


def _earlier(entries: Sequence[JournalEntry], texts: Mapping[int, str]) -> dict[int, str]:
    """Answers that were given before it was opened again, by the entry that gave them."""
    found, closed = {}, 0
    for entry in entries:
        if (move := BY_ACTION.get(entry.action)) and move.closes:
            closed = entry.seq
        elif entry.action == "reopen" and closed:
            found[closed] = texts.get(entry.facts.get("earlier") or 0, "")
    return found


def _inside(application: Application, entries: Sequence[JournalEntry]) -> dict[int, str]:
    seqs = {entry.facts["reason"]: entry.seq for entry in entries if entry.facts.get("reason")}
    if not seqs:
        return {}
    reasons = StaffReason.objects.filter(application=application).values_list("pk", "text")
    return {seqs[pk]: text for pk, text in reasons if pk in seqs}


def _noted(application: Application, entries: Sequence[JournalEntry]) -> dict[int, str]:
    """The notes by the number of the entry that names them; those called in them are marked."""
    seqs = {entry.facts.get("note"): entry.seq for entry in entries if entry.action == NOTE}
    if not seqs:
        return {}
    rows = Note.objects.filter(application=application, pk__in=seqs).values_list("pk", "text", "called")
    return {seqs[pk]: mentions.pointed(text, called) for pk, text, called in rows}


def _words(
    entry: JournalEntry, texts: Mapping[int, str], asked: Mapping[int, dict[str, str]], definition: Definition
) -> str:
    lines = [texts.get(entry.facts.get("message") or 0, "")]
    if entry.action == "ask":
        whys = asked.get(entry.facts.get("inquiry") or 0, {})
        lines += [f"{definition.field(key).label}: {why}" for key, why in whys.items()]
    return "\n".join(line for line in lines if line)


def _called(application: Application, entries: Sequence[JournalEntry]) -> dict[int, str]:
    """The words of calls, by entry; a query only where somebody called."""
    seqs = {entry.facts["call"]: entry.seq for entry in entries if entry.action == CALL}
    calls = Call.objects.filter(application=application) if seqs else ()
    return {seqs[call.pk]: "\n".join(filter(None, (_spoken(call), call.text))) for call in calls if call.pk in seqs}


def _spoken(call: Call) -> str:
    channel = call.get_channel_display()
    return (
        f"{channel[:1].upper()}{channel[1:]}, {call.caller}." if call.caller else f"{channel[:1].upper()}{channel[1:]}."
    )


def _changed(row: Correction, definition: Definition) -> Changed:
    question: Any = definition.field(row.field_key)
    change = row.change or {}
    before, after = (
        fields.get(question.type).display(question, change[side]) if side in change else ""
        for side in ("before", "after")
    )
    return Changed(row.field_key, question.label, before, after, row.at, row.asked, row.change is None)
