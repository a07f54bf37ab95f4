"""What the endpoints answer; also what their documentation shows."""

import datetime
from typing import Any

from ninja import Schema


class Listed(Schema):
    """A part of a list."""

    count: int
    limit: int
    offset: int


class TerritoryOut(Schema):
    code: str
    name: str


class PhoneOut(Schema):
    number: str
    shown: str
    purpose: str
    hours: str
    is_recorded: bool


class HoursOut(Schema):
    weekday: int
    opens: datetime.time
    closes: datetime.time
    break_from: datetime.time | None
    break_to: datetime.time | None


class CentreOut(Schema):
    id: int
    title: str
    kind: str
    kind_words: str
    state: str
    address: str
    floor: str
    territory: str | None
    serves: list[str]
    phones: list[PhoneOut]
    hours: list[HoursOut]
    time_zone: str
    open_now: str
    open_words: str
    in_person: bool
    by_video: bool
    by_phone: bool
    offers: list[str]
    url: str
    checked_on: datetime.date | None
    is_demo: bool


class CentresOut(Listed):
    items: list[CentreOut]


class PlaceOut(Schema):
    """Where to turn: one place with what a caller needs."""

    id: int
    title: str
    kind: str
    address: str
    floor: str
    phones: list[PhoneOut]
    open_now: str
    open_words: str
    opens_at: datetime.datetime | None
    time_zone: str
    in_person: bool
    by_video: bool
    by_phone: bool
    url: str
    is_demo: bool


class WhereOut(Schema):
    """A sentence to say, and what it is made of."""

    say: str
    is_found: bool
    is_own: bool
    municipality: TerritoryOut | None
    choices: list[TerritoryOut]
    place: PlaceOut | None
    instead: PlaceOut | None
    true_until: datetime.datetime | None


class MeasureOut(Schema):
    id: int
    title: str
    lead: str
    level: str
    category: str
    amount: str
    how_often: str
    recipients: list[str]
    situations: list[str]
    territories: list[str]
    conditions: list[str]
    not_entitled: list[str]
    bring: list[str]
    we_request: list[str]
    where_to_apply: str
    term: str
    legal_basis: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    url: str
    checked_on: datetime.date | None
    is_demo: bool


class MeasuresOut(Listed):
    items: list[MeasureOut]


class MeetingOut(Schema):
    starts: datetime.datetime
    ends: datetime.datetime
    is_moved: bool


class GroupOut(Schema):
    id: int
    title: str
    lead: str
    audience: str
    ages: str
    rule_words: str
    next_meetings: list[MeetingOut]
    format: str
    place: str
    venue: str | None
    registration: str
    price: str
    url: str
    is_demo: bool


class GroupsOut(Listed):
    items: list[GroupOut]


class PageOut(Schema):
    id: int
    type: str
    title: str
    lead: str
    date: datetime.date | None
    url: str
    updated_at: datetime.datetime | None
    is_demo: bool


class PagesOut(Listed):
    items: list[PageOut]


class PageWhole(PageOut):
    text: str
    body: list[dict[str, Any]]


class FormOut(Schema):
    slug: str
    title: str
    purpose: str
    minutes: int
    version: int
    is_open: bool
    url: str


class FormsOut(Listed):
    items: list[FormOut]


class FormWhole(FormOut):
    definition: dict[str, Any]
    answers_schema: dict[str, Any]


class Sent(Schema):
    number: str
    code: str
    answer_by: datetime.date
    status_words: str
    status_url: str


class EventOut(Schema):
    at: datetime.datetime
    words: str


class StatusOut(Schema):
    number: str
    status_words: str
    promise: str
    is_open: bool
    received_at: datetime.datetime
    answer_by: datetime.date
    explanation: str
    norm: str
    next_step: str
    events: list[EventOut]


class ProblemOut(Schema):
    type: str
    title: str
    status: int
    detail: str
    errors: dict[str, list[str]] = {}
