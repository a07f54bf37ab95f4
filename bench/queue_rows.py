"""So many applications as a region would have after years: laid into the tables directly, the same on every run.

97 of 100 are closed. They came one after another over a thousand days; names, municipalities, forms and words are as
uneven as in life, topics go with forms and teams with places. Drawn from `random.Random(1)`.
"""

import json
import time
from datetime import UTC, date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from forms.applications import indexing, journal
from forms.applications.applicant import folded
from forms.applications.models import (
    Answer,
    Application,
    JournalEntry,
    Labelling,
    Message,
    SearchDoc,
    Sheet,
    Urgency,
)
from forms.applications.states import State
from forms.definitions.models import FormVersion
from home.stems import stem

from .queue_loading import Table, bare_tables, write
from .queue_region import FIRST, MIDDLE, SURNAMES, SYLLABLES, Region

DAYS, BATCH = 1000, 10_000
# Of those that came in the last 22 days all are open, of those of 38 days ago none: 3 of 100 altogether.
ALL_OPEN, NONE_OPEN = 22, 38
BORN = date(1950, 1, 1)
CLOSING = {State.RESOLVED: "resolve", State.EXPLAINED: "explain"}


def lay(region: Region, rows: int) -> None:
    """Lay the applications with all that belongs to them."""
    laying = _Laying(region, rows)
    begun = time.monotonic()
    with bare_tables():
        for number in range(1, rows + 1):
            laying.one(number)
            if number % BATCH == 0 or number == rows:
                write(laying.tables)
            if number % (BATCH * 10) == 0:
                print(f"  {number} {time.monotonic() - begun:.0f} s", flush=True)
        print(f"  rows {time.monotonic() - begun:.0f} s, now the indexes", flush=True)


def shown(moment: datetime) -> str:
    """A moment as both engines keep it."""
    return moment.isoformat(" ", "microseconds")


class _Laying:
    """The draw, and the tables that are filled."""

    def __init__(self, region: Region, rows: int) -> None:
        self.region, self.rows, self.draw = region, rows, Random(1)
        self.random = self.draw.random
        self.now = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
        self.application, self.sheet, self.answer = Table(Application), Table(Sheet), Table(Answer)
        self.doc, self.labelling, self.message = Table(SearchDoc), Table(Labelling), Table(Message)
        self.journal = Table(JournalEntry)
        self.tables = (
            *(self.application, self.sheet, self.answer, self.doc, self.labelling, self.message),
            self.journal,
        )
        self.messages = self.entries = 0

    def of(self, count: int) -> int:
        """Any of so many."""
        return int(self.random() * count)

    def one(self, number: int) -> None:
        """One application with everything."""
        region, random = self.region, self.random
        version = region.versions[min(int(self.draw.expovariate(0.15)), len(region.versions) - 1)]
        place = min(int(self.draw.expovariate(0.12)), len(region.places) - 1)
        age = DAYS * (1 - (number - 0.5) / self.rows)
        stays = min(1.0, max(0.0, (NONE_OPEN - age) / (NONE_OPEN - ALL_OPEN)))
        is_open = random() < stays
        names = self._names()
        first, second = region.halves[self.of(len(region.halves))], region.halves[self.of(len(region.halves))]
        story = f"{first[0]} {second[0]}"
        answers = self._answers(names, place, story)
        received = self.now - timedelta(days=age)
        team = region.teams[place % len(region.teams)].pk
        # A form of a special kind goes to the last team wherever people live.
        team = region.teams[-1].pk if version is region.versions[3] else team
        holder = region.of_team[team][self.of(3)] if not is_open or (age > 1 and random() < 0.6) else None
        row = self._row(number, version, received, is_open, holder, age)
        row |= {"team_id": team, "territory_id": region.places[place].pk}
        row |= self._about(names, answers["q_phone"], story)
        stems = first[1] | second[1] | dict.fromkeys(stem(name) for name in names.values() if name)
        row |= self._journal(number, row, holder)
        self.application.add(**row)
        kept = json.dumps(answers, ensure_ascii=False)
        self.sheet.add(application_id=number, answers=kept, consent_version=1, consent_at=row["received_at"])
        self._index(number, version, answers)
        stems |= self._talk(number, received, holder)
        self.doc.add(application_id=number, stems=f" {' '.join(stems)} ")
        if random() < 0.2:
            label = region.labels[20 + self.of(len(region.labels) - 20)].pk
            self.labelling.add(label_id=label, application_id=number)

    def _row(
        self, number: int, version: FormVersion, received: datetime, is_open: bool, holder: int | None, age: float
    ) -> dict[str, Any]:
        random, labels = self.random, self.region.labels
        row = {
            **{"id": number, "number_prefix": "38", "source_key": f"bench:{number}"},
            **{"form_id": version.form_id, "form_version_id": version.pk, "assignee_id": holder},
            "topic_id": labels[(version.form_id * 2 + self.of(3)) % 20].pk if random() < 0.6 else None,
            "urgency": Urgency.USUAL if random() < 0.9 else self.of(3),
            "channel": ("site", "site", "phone", "phone", "phone", "visit", "social")[self.of(7)],
            "received_at": shown(received),
            "due_on": (received + timedelta(days=30)).date().isoformat(),
            "state": State.IN_WORK if holder else State.NEW,
            "is_open": int(is_open),
            "has_news": int(is_open and random() < 0.1),
        }
        if is_open and holder and random() < 0.15:
            row |= {"state": State.WAITING_APPLICANT, "paused_on": (received + timedelta(days=age / 2)).date()}
            row["paused_on"] = row["paused_on"].isoformat()
        if not is_open:
            closed = received + timedelta(days=min(age, self.draw.expovariate(1 / 7) + 0.1))
            state = State.RESOLVED if random() < 0.7 else State.EXPLAINED
            row |= {"state": state, "result": state, "closed_at": shown(closed), "explanation": "Ответ дан."}
        return row

    def _names(self) -> dict[str, str]:
        last = SURNAMES[min(int(self.draw.expovariate(0.2)), len(SURNAMES) - 1)]
        last += SYLLABLES[self.of(20)] + SYLLABLES[self.of(20)]
        return {"last": last, "first": FIRST[self.of(10)], "middle": MIDDLE[self.of(8)]}

    def _about(self, names: dict[str, str], phone: str, story: str) -> dict[str, str]:
        name = " ".join(names.values()).strip()
        digits = phone[-10:]
        summary = story if len(story) <= 160 else f"{story[:159].rstrip()}…"
        row = {"name": name, "name_key": folded(name), "phone": phone, "summary": summary}
        return row | {"phone_digits": digits, "phone_rev": digits[::-1]}

    def _answers(self, names: dict[str, str], place: int, story: str) -> dict[str, Any]:
        exponential, of = self.draw.expovariate, self.of
        helped = of(8)
        return {
            "q_name": names,
            "q_phone": f"+79{of(10**9):09d}",
            "q_place": self.region.places[place].code,
            "q_who": f"c_{min(int(exponential(0.5)), 7)}",
            "q_help": [f"c_{helped}"] if self.random() < 0.6 else [f"c_{helped}", f"c_{(helped + 1 + of(6)) % 8}"],
            "q_birth": (BORN + timedelta(days=of(20000))).isoformat(),
            "q_children": of(6),
            "q_yes": self.random() < 0.3,
            "q_kind": f"c_{min(int(exponential(1.0)), 7)}",
            "q_since": (BORN + timedelta(days=26000 + of(1500))).isoformat(),
            "q_sum": of(500) * 100,
            "q_home": self.random() < 0.9,
            "q_age": min(int(exponential(0.1)), 90),
            "q_story": story,
        }

    def _index(self, number: int, version: FormVersion, answers: dict[str, Any]) -> None:
        add = self.answer.rows.append
        for question, pk in self.region.asked[version.pk]:
            for pos, (text, num) in enumerate(indexing.values(question, answers[question.key])):
                add((pk, number, pos, text, num))

    def _talk(self, number: int, received: datetime, holder: int | None) -> dict[str, None]:
        """A letter of staff and an answer to it, in three of ten; their stems."""
        stems: dict[str, None] = {}
        if holder is None or self.random() > 0.3:
            return stems
        for side, author, hours in (("staff", holder, 1), ("applicant", None, 2)):
            text, found = self.region.halves[self.of(len(self.region.halves))]
            stems |= found
            self.messages += 1
            said = {"side": side, "author_id": author, "key": str(hours), "text": text}
            at = shown(received + timedelta(hours=hours))
            self.message.add(id=self.messages, application_id=number, created_at=at, read_at=at, **said)
        return stems

    def _journal(self, number: int, row: dict[str, Any], holder: int | None) -> dict[str, Any]:
        """Received, taken, read, closed: a true chain, and where it ends."""
        found = SimpleNamespace(pk=number, source_key=row["source_key"], journal_length=0, journal_head="")
        moves = [("submit", None, "", State.NEW, {"version": 1, "days": 30, "channel": row["channel"]})]
        if holder:
            moves += [("take", holder, State.NEW, State.IN_WORK, {"version": 2}), ("read", holder, "", "", {})]
        if row.get("result"):
            moves.append((CLOSING[row["result"]], holder, State.IN_WORK, row["state"], {"version": 3}))
        at = datetime.fromisoformat(row["received_at"]).replace(tzinfo=UTC)
        for action, actor, before, after, facts in moves:
            entry: Any = SimpleNamespace(
                actor_id=actor, action=str(action), from_state=str(before), to_state=str(after), facts=facts, at=at
            )
            journal._append(found, entry)  # type: ignore[arg-type]
            self.entries += 1
            self.journal.add(
                **{"id": self.entries, "application_id": number, "seq": entry.seq, "at": shown(at)},
                **{"actor_id": actor, "action": entry.action, "from_state": entry.from_state},
                **{"to_state": entry.to_state, "facts": json.dumps(facts)},
                **{"previous": entry.previous, "digest": entry.digest},
            )
            at += timedelta(minutes=10)
        return {"journal_length": found.journal_length, "journal_head": found.journal_head}
