"""Questions that staff asked to answer once more, drawn and read as the steps of the journey draw and read them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from forms.applications import corrections
from forms.applications.models import Application, Inquiry, Upload
from forms.definitions import fields as field_types
from forms.definitions import readout, versions
from forms.definitions.answers import clean_only
from forms.definitions.document import Definition, Field, Step
from forms.definitions.fields.rows import read
from forms.definitions.journey import Journey

from . import onpage, rows, uploads
from .inputs import Cards
from .layout import Part, lay_out
from .onpage import OnPage
from .stepform import StepForm
from .taking import parts_at_fault

ROW_ACTIONS = (rows.ADD, rows.COPY, rows.REMOVE)


@dataclass(frozen=True, slots=True)
class Open:
    """One open question: why it is asked, what stands in the application now, and its inputs."""

    why: str
    now: tuple[str, ...]
    html: SafeString


@dataclass
class Correcting:
    """The open questions of one application. `data` is what was typed, None for a fresh page; `waiting` are the files
    that were chosen for them, by question."""

    application: Application
    asked: Mapping[str, str]
    data: MultiValueDict[str, str] | None = None
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    waiting: Mapping[str, list[Upload]] = field(default_factory=dict)

    @cached_property
    def definition(self) -> Definition:
        """The form as it was when it was answered."""
        return versions.definition_of(self.application.form_version_id)

    @cached_property
    def digest(self) -> str:
        """Of the version, for what was drawn before."""
        return str(self.application.form_version.digest)

    @cached_property
    def journey(self) -> Journey:
        """Where the stored answers lead."""
        return corrections.journey_of(self.application)

    @cached_property
    def pages(self) -> list[tuple[Step, OnPage]]:
        """By step, what of the sent page may be read: the asked questions, and those that were hidden before."""
        if self.data is None:
            return []
        found = []
        for step in self.definition.steps:
            page = onpage.of(self.digest, self.journey, step, self.data)
            mine = tuple(question for question in page.questions if self._may_open(question.key))
            if mine:
                found.append((step, OnPage(self.digest, mine, {q.key: page.cards.get(q.key, {}) for q in mine})))
        return found

    @cached_property
    def _shown(self) -> Collection[str]:
        return {question.key for step in self.journey.steps for question in self.journey.fields(step)}

    def _may_open(self, key: str) -> bool:
        return key in self.asked or key not in self._shown

    @cached_property
    def raw(self) -> dict[str, Any]:
        """What was typed, by question, for the engine."""
        if self.data is None:
            return {}
        return {key: value for _step, page in self.pages for key, value in page.folded(page.flat(self.data)).items()}

    @cached_property
    def files(self) -> list[Field]:
        """The questions of the sent page that are answered with files, those in rows by their place there."""
        return [question for _step, page in self.pages for question in page.inputs if question.type == "file"]

    def file_named(self, name: str) -> tuple[Field, str] | None:
        """(question, key of the paper) of an input for files that the page may have; None for any other."""
        for step in self.definition.steps:
            found = uploads.place_named(step, name)
            if found and self._may_open(found[0].key.partition(".")[0]):
                return found
        return None

    @cached_property
    def form(self) -> StepForm:
        """All open questions as one form."""
        form = self._form()
        form.uploads = self.waiting
        return form

    def _form(self) -> StepForm:
        parts: list[Part] = []
        answers: dict[str, Any] = {}
        for step, page, journey in self._steps():
            layout = lay_out(self.definition, journey, step, page)
            parts += [part for part in layout.parts if _key(part) in self._open]
            answers |= layout.answers
        if self.data is None:
            return StepForm(self.digest, parts, answers=answers)
        faults: dict[str, Any] = {}
        for _step, page in self.pages:
            faults |= parts_at_fault(page.inputs, page.flat(self.data))
        wrong = faults if self.errors else {}
        return StepForm(self.digest, parts, typed=self.data, errors=self.errors, wrong_parts=wrong)

    @cached_property
    def _result(self) -> Any:
        world = corrections.world_of(self.application)
        return clean_only(self.definition, self.asked, self.application.sheet.answers, self.raw, world)

    @cached_property
    def _open(self) -> Collection[str]:
        return self.asked.keys() if self.data is None else {*self._result.opened, *self.asked}

    def _steps(self) -> Iterator[tuple[Step, OnPage | None, Journey]]:
        if self.data is None:
            yield from ((step, None, self.journey) for step in self.journey.steps)
            return
        # A wrong answer keeps the stored one, so that nothing behind it disappears while it is mended.
        answers = self.application.sheet.answers | self._result.answers
        pages = {step.key: page for step, page in self.pages}
        for step in self.definition.steps:
            page = pages.get(step.key)
            flat = page.flat(self.data) if page else {}
            yield step, page, (page or OnPage(self.digest, ())).reading(self.definition, answers, flat)

    def drawn(self) -> list[Open]:
        """Every open question."""
        drawn = zip(self.form.parts, self.form.drawn(), strict=True)
        return [Open(self.asked.get(_key(part), ""), self._now(_key(part)), html) for part, html in drawn]

    def _now(self, key: str) -> tuple[str, ...]:
        question = self.definition.field(key)
        value = self.journey.kept().get(key)
        if key not in self.asked or not value:
            return ()
        if question.type == "group":
            step = self.definition.step_of(key)
            lines = readout.read_step(self.definition, self.journey, step)
            return tuple("; ".join((line.label, *line.lines)) for line in lines if line.question.key == key)
        return tuple(field_types.get(question.type).display_list(question, value))

    def _row_ids(self, group_key: str) -> set[str]:
        """The rows as they were sent: a new one takes no id of theirs, for the files of each are known by it."""
        return {row.id for row in read(self.application.sheet.answers.get(group_key))}

    def after_row_action(self) -> MultiValueDict[str, str] | None:
        """What was typed with a row added, copied or removed, when such a button was pressed; else None."""
        action = next((name for name in ROW_ACTIONS if self.data is not None and name in self.data), "")
        if not action or self.data is None:
            return None
        key, _dot, row_id = str(self.data[action]).partition(".")
        typed: dict[str, list[str]] = {}
        for _step, page in self.pages:
            here = page.typed(self.data)
            group = next((group for group in page.groups if group.key == key), None)
            typed |= rows.change(group, here, action, row_id, self._row_ids(key))[0] if group else here
        return MultiValueDict(typed)


def of(application: Application, inquiry: Inquiry, **more: Any) -> Correcting:
    """The open questions of an inquiry; those that nobody can be asked any more are left out."""
    known = {question.key for question in corrections.correctable(application)}
    return Correcting(application, {key: why for key, why in inquiry.asked.items() if key in known}, **more)


def _key(part: Part) -> str:
    return part.key if isinstance(part, Field | Cards) else ""
