"""Every kind of list that is measured, as (title, who, what stands in the address)."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from forms.applications.models import Application
from forms.review import folders, paging

from .queue_people import REGULAR_PHONE
from .queue_region import Region


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: who opens it, with what; `kind` picks its aims."""

    title: str
    user: Any
    query: dict[str, Any] = field(default_factory=dict)
    kind: str = "list"
    address: str = "/admin/queue/"


def every(region: Region) -> list[Measured]:
    """All of them."""
    closed = Application.objects.filter(is_open=False, form_version=region.versions[0])
    some = closed.order_by("pk")[closed.count() // 2]
    return [
        *_folders(region),
        *_filters(region, some),
        *_answers(region, some),
        *_together(region, some),
        *_searches(region, some),
        *_cards(region),
    ]


def _folders(region: Region) -> list[Measured]:
    last, found = paging.token(paging.LAST), []
    people = {"one team": region.staff[0], "five teams": region.staff[1], "all teams": region.lead}
    for who, user in people.items():
        found += [Measured(f"folder {each.key}, {who}", user, {"folder": each.key}) for each in folders.FOLDERS]
        found += [
            Measured(f"last page of {key}, {who}", user, {"folder": key, "p": last}) for key in ("open", "closed")
        ]
        found += [
            Measured(f"{key} by {sort.key}, {who}", user, {"folder": key, "sort": sort.key})
            for key, sorts in (("open", folders.OPEN_SORTS), ("closed", folders.CLOSED_SORTS))
            for sort in sorts
        ]
    return found


def _filters(region: Region, some: Application) -> list[Measured]:
    day = timezone.localdate(some.received_at)
    singles: dict[str, Any] = {
        "form": some.form_id,
        "version": some.form_version_id,
        "team": region.teams[7].pk,
        "territory": "p30",
        "state": "explained",
        "result": "resolved",
        "channel": "visit",
        "urgency": 0,
        "unread": 1,
        "topic": region.labels[0].pk,
        "label": region.labels[21].pk,
        "assignee": region.staff[3].pk,
        "due_from": day.isoformat(),
        "due_to": day.isoformat(),
        "received_from": day.isoformat(),
        "received_to": day.isoformat(),
    }
    rare: dict[str, Any] = {"team": region.teams[38].pk, "form": region.versions[-1].form_id, "territory": "p41"}
    return [
        Measured(f"{folder}, filter {name}{mark}", region.lead, {"folder": folder, name: value})
        for folder in ("open", "closed")
        for mark, values in (("", singles), (", rare", rare))
        for name, value in values.items()
    ]


def _answers(region: Region, some: Application) -> list[Measured]:
    answers: dict[str, Any] = {
        "a.q_who": "c_1",
        "a.q_help": "c_2",
        "a.q_kind": "c_7",
        "a.q_children.from": 5,
        "a.q_age.from": 60,
        "a.q_yes": 1,
        "a.q_home": 0,
        "a.q_sum.from": 49_000,
        "a.q_birth.from": "2000-01-01",
        "a.q_since.to": "2021-04-01",
    }
    return [
        Measured(f"{folder}, answer {name}, {size} form", region.lead, {"folder": folder, "form": form, name: value})
        for folder in ("open", "closed")
        for size, form in (("common", some.form_id), ("rare", region.versions[-1].form_id))
        for name, value in answers.items()
    ]


def _together(region: Region, some: Application) -> list[Measured]:
    day = timezone.localdate(some.received_at)
    month = {"received_from": day.isoformat(), "received_to": (day + datetime.timedelta(days=60)).isoformat()}
    form = {"folder": "closed", "form": some.form_id}
    threes: dict[str, dict[str, Any]] = {
        "columns": {"folder": "closed", "channel": "site", "urgency": 3, "result": "resolved"},
        "columns, few": {"folder": "closed", "channel": "social", "urgency": 0, "topic": region.labels[5].pk},
        "form, channel, month": form | {"channel": "site"} | month,
        "team, form, topic": form | {"team": region.teams[2].pk, "topic": region.labels[4].pk},
        "form, two answers": form | {"a.q_who": "c_0", "a.q_yes": 1},
        "form, channel, two answers": form | {"channel": "site", "a.q_who": "c_0", "a.q_yes": 1},
        "answer and word": form | {"a.q_who": "c_0", "q": region.words[1]},
        "answers that exclude each other": form | {"a.q_kind": "c_6", "a.q_who": "c_7", "a.q_home": 0},
        "almost empty": form | {"a.q_who": "c_7", "a.q_yes": 1, "q": region.words[40]},
        "label, channel, territory": {"label": region.labels[22].pk, "channel": "phone", "territory": "p00"}
        | {"folder": "closed"},
        "open: team, channel, topic": {"folder": "open", "team": region.teams[1].pk, "channel": "phone"}
        | {"topic": region.labels[3].pk},
    }
    return [Measured(f"three: {name}", region.lead, query, "three") for name, query in threes.items()]


def _searches(region: Region, some: Application) -> list[Measured]:
    spelled = f"8 ({some.phone[2:5]}) {some.phone[5:8]}-{some.phone[8:10]}-{some.phone[10:]}"
    texts = {
        "number": some.public_number,
        "phone": some.phone,
        "phone, spelled": spelled,
        "last digits": some.phone[-4:],
        "surname": some.name.split()[0],
        "beginning of a name": some.name[:6],
        "whole name": some.name,
        "nobody's name": "Незнакомцев",
        "common word": region.words[0],
        "usual word": region.words[300],
        "rare word": region.words[-5],
        "two words": " ".join(region.words[3:5]),
        "common and rare": f"{region.words[2]} {region.words[-9]}",
    }
    found = [Measured(f"search: {name}, all teams", region.lead, {"q": text}) for name, text in texts.items()]
    own = Application.objects.filter(team=region.teams[0]).order_by("pk")[5]
    texts |= {"number": own.public_number, "phone": own.phone, "surname": own.name.split()[0]}
    return found + [Measured(f"search: {name}, one team", region.staff[0], {"q": text}) for name, text in texts.items()]


def _cards(region: Region) -> list[Measured]:
    rows = Application.objects.visible_to(region.staff[0])
    often = Application.objects.filter(phone_digits=REGULAR_PHONE[-10:]).order_by("-pk")
    chosen = {
        "open": (region.staff[0], rows.filter(is_open=True, assignee__isnull=False).first()),
        "closed": (region.staff[0], rows.closed().last()),
        "of somebody with forty": (region.lead, often.first()),
    }
    found = [
        Measured(f"card, {name}", user, {}, "card", reverse("form_review:card", args=[row.pk]))
        for name, (user, row) in chosen.items()
        if row is not None
    ]
    # With its place in the list that it was opened from: the one before and the one after it.
    user, row = chosen["closed"]
    if row is not None:
        address = reverse("form_review:card", args=[row.pk])
        found.append(Measured("card, beside others of a folder", user, {"folder": "closed"}, "card", address))
        label = {"folder": "closed", "label": region.labels[22].pk}
        found.append(Measured("card, beside others of a filter", user, label, "card", address))
    return found
