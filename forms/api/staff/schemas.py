"""Shapes of what the queue's addresses answer."""

import datetime
from typing import Annotated

from ninja import Schema
from pydantic import BeforeValidator

# Words of the interface are translated when they are written.
Words = Annotated[str, BeforeValidator(str)]


class FolderOut(Schema):
    key: str
    label: Words
    count: str


class RowOut(Schema):
    """One application as the list shows it."""

    id: int
    number: str
    version: int
    url: str
    state: str
    state_words: Words
    name: str
    summary: str
    territory: str
    team: str
    form: str
    topic: str
    labels: list[str]
    urgency: Words
    channel: Words
    phone: str
    assignee: str
    has_news: bool
    is_open: bool
    received_at: datetime.datetime
    closed_at: datetime.datetime | None
    due_on: datetime.date
    due_words: Words
    contact_on: datetime.date | None
    paused_on: datetime.date | None
    is_held: bool
    looking: list[str]
    answers: dict[str, str]


class FilterOut(Schema):
    names: list[str]
    label: Words
    value: str


class QueueOut(Schema):
    """`next`, `previous` and `last` are values of `p`; null at the ends of the list. `total` is how many there are in
    all: a number, «1000+», or null where it could not be told in time."""

    folder: str
    sort: str
    searched_by: str | None
    filters: list[FilterOut]
    folders: list[FolderOut]
    total: str | None
    items: list[RowOut]
    next: str | None
    previous: str | None
    last: str | None
