"""So many applications as a region would have after years: laid into the tables directly, the same on every run.

97 of 100 are closed. They came one after another over a thousand days; names, municipalities, forms and words are as
uneven as in life, topics go with forms and teams with places. Drawn from `random.Random(1)`. What the product's own
writers would make of an application is made here by hand, for a million of them; a test holds the two equal.
"""

import hashlib
import time
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from forms.applications import person_keys
from forms.applications.models import (
    Answer,
    Application,
    JournalEntry,
    Labelling,
    Mention,
    Message,
    Note,
    PersonKey,
    SearchDoc,
    Sheet,
    Urgency,
)
from forms.applications.states import State
from forms.definitions import versions
from forms.definitions.models import FormVersion

from .queue_loading import Row, Table, bare_tables, write
from .queue_people import People, Person
from .queue_region import Region

DAYS, BATCH = 1000, 10_000
# Of those that came in the last 22 days all are open, of those of 38 days ago none: 3 of 100 altogether.
ALL_OPEN, NONE_OPEN = 22, 38
SINCE = tuple((date(2021, 1, 1) + timedelta(days=number)) for number in range(1500))
CLOSING = {State.RESOLVED: "resolve", State.EXPLAINED: "explain"}
CHANNELS = ("site", "site", "phone", "phone", "phone", "visit", "social")
Move = tuple[str, int | None, str, str, str]


def lay(region: Region, rows: int) -> None:
    """Lay the applications with all that belongs to them."""
    laying = Laying(region, rows)
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


class Laying:
    """The draw, and the tables that are filled."""

    def __init__(self, region: Region, rows: int) -> None:
        self.region, self.rows, self.draw = region, rows, Random(1)
        self.random, self.exponential = self.draw.random, self.draw.expovariate
        self.now = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
        self.application, self.sheet, self.answer = Table(Application), Table(Sheet), Table(Answer)
        self.doc, self.labelling, self.message = Table(SearchDoc), Table(Labelling), Table(Message)
        self.journal, self.key, self.note, self.mention = map(Table, (JournalEntry, PersonKey, Note, Mention))
        self.tables = (
            *(self.application, self.sheet, self.answer, self.doc, self.labelling, self.message),
            *(self.journal, self.key, self.note, self.mention),
        )
        self.messages = self.entries = self.notes = self.mentions = 0
        self.people = People(region, rows, self.draw)
        self.definitions = {version.pk: versions.definition_of(version.pk) for version in region.versions}

    def of(self, count: int) -> int:
        """Any of so many."""
        return int(self.random() * count)

    def one(self, number: int) -> None:
        """One application with everything."""
        region, random, of = self.region, self.random, self.of
        version = region.versions[min(int(self.exponential(0.15)), len(region.versions) - 1)]
        place = min(int(self.exponential(0.12)), len(region.places) - 1)
        age = DAYS * (1 - (number - 0.5) / self.rows)
        is_open = random() < (NONE_OPEN - age) / (NONE_OPEN - ALL_OPEN)
        received = self.now - timedelta(days=age)
        # A form of a special kind goes to the last team wherever people live.
        team = region.teams[-1 if version is region.versions[3] else place % len(region.teams)].pk
        holder = region.of_team[team][of(3)] if not is_open or (age > 1 and random() < 0.6) else None
        row = self._row(number, version, received, is_open, holder, age)
        row |= {"team_id": team, "territory_id": region.places[place].pk}
        begins, ends = region.beginnings[of(len(region.beginnings))], region.endings[of(len(region.endings))]
        person, story = self.people.of(number), f"{begins[0]} {ends[0]}"
        row |= about(person.names, person.phone, story)
        row |= self._journal(number, row, holder)
        self.application.add(**row)
        self._answers(number, version, place, row["received_at"], (person, story))
        self._note(number, team, holder, received, is_open=is_open)
        stems = f" {person.stems} {begins[1]} {ends[1]} "
        self.doc.add(application_id=number, stems=stems + self._talk(number, received, holder))
        if random() < 0.2:
            label = region.labels[20 + of(len(region.labels) - 20)].pk
            self.labelling.add(label_id=label, application_id=number)

    def _row(
        self, number: int, version: FormVersion, received: datetime, is_open: bool, holder: int | None, age: float
    ) -> dict[str, Any]:
        random, labels = self.random, self.region.labels
        row = {
            "id": number,
            "number_prefix": "38",
            "source_key": f"bench:{number}",
            "form_id": version.form_id,
            "form_version_id": version.pk,
            "assignee_id": holder,
            "topic_id": labels[(version.form_id * 2 + self.of(3)) % 20].pk if random() < 0.6 else None,
            "urgency": int(Urgency.USUAL) if random() < 0.9 else self.of(3),
            "channel": CHANNELS[self.of(7)],
            "received_at": shown(received),
            "due_on": (received + timedelta(days=30)).date().isoformat(),
            "state": "in_work" if holder else "new",
            "is_open": int(is_open),
            "has_news": int(is_open and random() < 0.1),
        }
        if is_open and holder and random() < 0.15:
            paused = (received + timedelta(days=age / 2)).date()
            row |= {"state": "waiting_applicant", "paused_on": paused.isoformat()}
        if not is_open:
            closed = received + timedelta(days=min(age, self.exponential(1 / 7) + 0.1))
            state = "resolved" if random() < 0.7 else "explained"
            row |= {"state": state, "result": state, "closed_at": shown(closed), "explanation": "Ответ дан."}
        return row

    def _answers(self, number: int, version: FormVersion, place: int, at: str, told: tuple[Person, str]) -> None:
        """The sheet, and the rows that lists are narrowed by."""
        of, random = self.of, self.random
        person, story = told
        (last, first, middle), birth = person.names, person.birth
        code = self.region.places[place].code
        who, kind = min(int(self.exponential(0.5)), 7), min(int(self.exponential(1.0)), 7)
        one = of(8)
        helped = [one] if random() < 0.6 else [one, (one + 1 + of(6)) % 8]
        since, children, total, age = SINCE[of(1500)], of(6), of(500) * 100, min(int(self.exponential(0.1)), 90)
        yes, home = random() < 0.3, random() < 0.9
        texts = ", ".join(f'"c_{each}"' for each in helped)
        kept = (
            f'{{"q_name": {{"last": "{last}", "first": "{first}", "middle": "{middle}"}}, "q_phone": "{person.phone}", '
            f'"q_place": "{code}", "q_who": "c_{who}", "q_help": [{texts}], "q_birth": "{birth.isoformat()}", '
            f'"q_children": {children}, "q_yes": {"true" if yes else "false"}, "q_kind": "c_{kind}", '
            f'"q_since": "{since.isoformat()}", "q_sum": {total}, "q_home": {"true" if home else "false"}, '
            f'"q_age": {age}, "q_story": "{story}"}}'
        )
        self.sheet.add(application_id=number, answers=kept, consent_version=1, consent_at=at)
        asked = self.region.asked[version.pk]
        rows: list[Row] = [
            (asked[0], number, 0, code, None),
            (asked[1], number, 0, f"c_{who}", None),
            *((asked[2], number, pos, f"c_{each}", None) for pos, each in enumerate(helped)),
            (asked[3], number, 0, None, float(birth.toordinal())),
            (asked[4], number, 0, None, float(children)),
            (asked[5], number, 0, None, float(yes)),
            (asked[6], number, 0, f"c_{kind}", None),
            (asked[7], number, 0, None, float(since.toordinal())),
            (asked[8], number, 0, None, float(total)),
            (asked[9], number, 0, None, float(home)),
            (asked[10], number, 0, None, float(age)),
        ]
        self.answer.rows += rows
        about_whom = {"q_name": {"last": last, "first": first, "middle": middle}, "q_birth": birth.isoformat()}
        for digest in person_keys.of(self.definitions[version.pk], about_whom):
            self.key.add(digest=digest, application_id=number)

    def _note(self, number: int, team: int, holder: int | None, received: datetime, *, is_open: bool) -> None:
        """One in twenty of those that somebody held has a note for colleagues, two of five notes call one of them."""
        if holder is None or self.random() > 0.05:
            return
        self.notes += 1
        at = shown(received + timedelta(hours=3))
        self.note.add(
            id=self.notes, application_id=number, author_id=holder, key="3", text="Нужен звонок.", created_at=at
        )
        if self.random() < 0.4:
            self.mentions += 1
            called = self.region.of_team[team][self.of(3)]
            seen = None if is_open or self.random() < 0.05 else shown(received + timedelta(hours=5))
            self.mention.add(id=self.mentions, note_id=self.notes, application_id=number, user_id=called, seen_at=seen)

    def _talk(self, number: int, received: datetime, holder: int | None) -> str:
        """A letter of staff and an answer to it, in three of ten; their stems."""
        if holder is None or self.random() > 0.3:
            return ""
        text, stems = self.region.letters[self.of(len(self.region.letters))]
        half = text.index(" ")
        for side, author, hours, said in (("staff", holder, 1, text[:half]), ("applicant", None, 2, text[half:])):
            self.messages += 1
            at = shown(received + timedelta(hours=hours))
            said_by = {"side": side, "author_id": author, "key": str(hours), "text": said}
            self.message.add(id=self.messages, application_id=number, created_at=at, read_at=at, **said_by)
        return f"{stems} "

    def _journal(self, number: int, row: dict[str, Any], holder: int | None) -> dict[str, Any]:
        """Received, taken, read, closed: a true chain, and where it ends."""
        moves: list[Move] = [("submit", None, "", "new", f'{{"channel":"{row["channel"]}","days":30,"version":1}}')]
        if holder:
            moves += [("take", holder, "new", "in_work", '{"version":2}'), ("read", holder, "", "", "{}")]
        if "result" in row:
            state = row["result"]
            moves.append((CLOSING[state], holder, "in_work", state, '{"version":3}'))
        head, at = "", datetime.fromisoformat(row["received_at"])
        for seq, (action, actor, before, after, facts) in enumerate(moves, start=1):
            before_it = head
            moment = shown(at)
            by = "null" if actor is None else actor
            text = (
                f'["{row["source_key"]}",{seq},"{moment.replace(" ", "T")}+00:00",{by},"{action}","{before}",'
                f'"{after}",{facts},"{before_it}"]'
            )
            head = hashlib.sha256(text.encode()).hexdigest()
            self.entries += 1
            self.journal.add(
                id=self.entries,
                application_id=number,
                seq=seq,
                at=moment,
                actor_id=actor,
                action=action,
                from_state=before,
                to_state=after,
                facts=facts,
                previous=before_it,
                digest=head,
            )
            at += timedelta(minutes=10)
        return {"journal_length": len(moves), "journal_head": head}


def about(names: tuple[str, str, str], phone: str, story: str) -> dict[str, str]:
    """What `applicant.columns` takes out of the answers."""
    name = " ".join(names).strip()
    digits = phone[-10:]
    summary = story if len(story) <= 160 else f"{story[:159].rstrip()}…"
    row = {"name": name, "name_key": name.lower().replace("ё", "е"), "phone": phone, "summary": summary}
    return row | {"phone_digits": digits, "phone_rev": digits[::-1]}
