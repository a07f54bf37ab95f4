"""Shapes of the card and of what is done from it."""

import datetime
import uuid
from typing import Any

from ninja import Schema

from .schemas import Words


class PartOfDue(Schema):
    words: Words
    on: datetime.date


class DueOut(Schema):
    on: datetime.date
    words: Words
    sum: list[PartOfDue]
    paused_on: datetime.date | None
    contact_on: datetime.date | None
    put_off_reason: Words
    extension_reason: str


class ChangedOut(Schema):
    key: str
    label: str
    before: str
    after: str
    at: datetime.datetime
    asked: bool
    erased: bool


class AnswerOut(Schema):
    label: str
    text: str
    changed: list[ChangedOut]


class SectionOut(Schema):
    title: str
    answers: list[AnswerOut]


class FileOut(Schema):
    id: uuid.UUID
    name: str
    size: int
    kind: str
    place: str
    created_at: datetime.datetime
    url: str


class EventOut(Schema):
    """`kind`: move, in (from the applicant), out (to the applicant) or note; `inside` is read by colleagues only."""

    at: datetime.datetime
    who: str
    words: Words
    kind: str
    text: str
    inside: str


class ReaderOut(Schema):
    who: str
    times: int
    last: datetime.datetime


class SaidOut(Schema):
    at: datetime.datetime
    who: str
    text: str


class MergedOut(Schema):
    id: int
    number: str
    messages: list[SaidOut]


class TwinOut(Schema):
    id: int
    number: str
    state_words: Words
    why: list[str]
    can_be_merged: bool


class TwinsOut(Schema):
    rows: list[TwinOut]
    more: int
    others: int


class StaffQuestionOut(Schema):
    key: str
    label: Words
    text: str


class LabelOut(Schema):
    id: int
    name: str


class StaffOut(Schema):
    questions: list[StaffQuestionOut]
    labels: list[LabelOut]
    may_label: bool
    may_fill: bool


class ChoiceOut(Schema):
    value: str
    label: Words


class FieldOut(Schema):
    name: str
    label: Words
    help: Words
    type: str
    required: bool
    max_length: int | None
    min: Any
    max: Any
    choices: list[ChoiceOut] | None


class MoveOut(Schema):
    action: str
    label: Words
    fields: list[FieldOut]


class PendingOut(Schema):
    action: str
    words: Words
    who: str
    can_be_undone: bool
    seconds: int


class CardOut(Schema):
    id: int
    number: str
    version: int
    url: str
    state: str
    state_words: Words
    applicant_words: Words
    name: str
    phone: str
    email: str
    summary: str
    territory: str
    team: str
    form: str
    form_version: int
    topic: str
    urgency: Words
    channel: Words
    assignee: str
    has_news: bool
    is_open: bool
    undelivered: bool
    received_at: datetime.datetime
    closed_at: datetime.datetime | None
    explanation: str
    norm: str
    next_step: str
    redirected_to: str
    erase_on: datetime.date | None
    due: DueOut
    sections: list[SectionOut]
    changed_elsewhere: list[ChangedOut]
    files: list[FileOut]
    timeline: list[EventOut]
    readers: list[ReaderOut]
    merged: list[MergedOut]
    duplicates: TwinsOut
    staff: StaffOut
    moves: list[MoveOut]
    why_no_moves: Words
    may_write: bool
    may_note: bool
    pending: PendingOut | None
    looking: list[str]


class ReadOut(Schema):
    """What the applicant reads: of the page, the message on it, and the letter; blank where there is none."""

    state_words: Words
    promise: Words
    explanation: str
    norm: str
    next_step: str
    message: str
    subject: str
    letter: str


class TakenOut(Schema):
    """`held`: it is taken at `leaves_at` unless undone before; `done`: it is taken; `undone`."""

    state: str
    action: str
    number: str
    version: int | None
    leaves_at: datetime.datetime | None
    undo_until: datetime.datetime | None
    applicant_reads: ReadOut | None


class NoteOut(Schema):
    """`called`: who was called by the note; `unknown`: words after «@» that nobody answers to."""

    id: int
    called: list[str]
    unknown: list[str]


class FilledOut(Schema):
    version: int
    changed: bool
