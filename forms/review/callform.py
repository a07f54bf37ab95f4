"""What is on the page of a call: which form, what was typed, what is wrong, what helps instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from forms.applications.models import Application
from forms.applications.models.entry import SPOKEN
from forms.definitions import conditions, drawing, rules, versions, whole
from forms.definitions import fields as field_types
from forms.definitions.document import Definition, Field
from forms.definitions.drawing import Drawn
from forms.definitions.models import Form, FormVersion
from forms.definitions.rule import Rule
from forms.definitions.wording import render

Data = MultiValueDict[str, str]
SAFE_LINKS = ("/", "https://", "http://", "tel:", "mailto:")
# What is the same person in every form; taken along when the operator changes the form.
CARRIED = ("full_name", "phone", "email", "territory", "long_text")


def offered() -> list[tuple[str, str]]:
    """(slug, title) of the forms that take applications, the one most people need first; one query."""
    rows = Form.objects.filter(is_open=True, versions__isnull=False).distinct().order_by("pk")
    return list(rows.values_list("slug", "title"))


@dataclass(frozen=True, slots=True)
class Stop:
    """Why the form may not help, and what may; after a soft one it is written down all the same."""

    rule: Rule
    message: str
    link: str


@dataclass
class CallForm:
    """The newest version of a form as one page."""

    slug: str
    version: FormVersion
    definition: Definition
    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """What its drawn questions are remembered by; another key than that of the applicant's own pages."""
        return f"{self.version.digest}:{whole.STEP}"

    @cached_property
    def whole(self) -> Definition:
        """The form with one step."""
        return whole.one_page(self.digest, self.definition)

    @cached_property
    def phone(self) -> Field | None:
        """The question that the page begins with."""
        return whole.phone_of(self.whole)

    @property
    def phone_name(self) -> str:
        """The name of its input; of a plain one where the form does not ask for a telephone."""
        return self.phone.key if self.phone else "phone"

    def read(self, data: Data) -> None:
        """Clean what was sent; `errors` say what is wrong, also between answers."""
        self.answers, self.errors = drawing.painter().read(self.digest, self.whole, data)
        if self.errors:
            return
        for failed in rules.failed_checks(self.definition, self.answers):
            asked = [*failed.fields, *conditions.references(failed.rule.when)]
            place = next((key for key in asked if key in self.answers), "")
            self.errors.setdefault(place, []).append(failed.message)

    def stop(self) -> Stop | None:
        """What stands in the way of these answers."""
        rule = rules.stop_for(self.whole, self.answers, whole.STEP)
        if rule is None:
            return None
        link = rule.link if rule.link.startswith(SAFE_LINKS) else ""
        return Stop(rule, render(rule.message, self.definition, self.answers), link)

    def draw(self, typed: Data | None, known: Mapping[str, Any] | None = None) -> Drawn:
        """The page as it was typed, or with what is known."""
        return drawing.painter().draw(self.digest, self.whole, answers=known, typed=typed, errors=self.errors)

    def carried_to(self, other: "CallForm", data: Data) -> dict[str, Any]:
        """What the same person has answered already, by the keys of another form. What is wrong is left behind."""
        answers, _errors = drawing.painter().read(self.digest, self.whole, data)
        found = {}
        for kind in CARRIED:
            mine, theirs = self.whole.first_of(kind), other.whole.first_of(kind)
            if mine and theirs and mine.key in answers:
                found[theirs.key] = answers[mine.key]
        return found

    def filled_from(self, application: Application, data: Data) -> Data:
        """What was typed, with name, place and e-mail of an earlier application where nothing is typed yet."""
        known = dict(application.sheet.answers)
        of_theirs = versions.definition_of(application.form_version_id)
        filled = data.copy()
        for kind in ("full_name", "territory", "email"):
            mine, theirs = self.whole.first_of(kind), of_theirs.first_of(kind)
            if mine is None or theirs is None or theirs.key not in known:
                continue
            for name, value in _inputs(mine, known[theirs.key]):
                if not filled.get(name):
                    filled.setlist(name, [value])
        return filled


def opened(slug: str) -> CallForm:
    """The form of an address; Http404 where there is none."""
    current = versions.current(slug)
    if current is None:
        raise Http404
    return CallForm(slug, *current)


def channel_of(data: QueryDict) -> str:
    """The channel that was chosen; the telephone before anybody chose."""
    chosen = data.get("channel", "")
    return chosen if chosen in SPOKEN else str(SPOKEN[0])


def consented(data: QueryDict, form: CallForm) -> bool:
    """Whether the text that the form has now was read aloud and agreed to."""
    return data.get("consent") == str(form.definition.consent.version)


def refusal_of_consent() -> str:
    """What to say without it."""
    return _("Прочитайте вслух слова согласия и отметьте, что человек согласен.")


def _inputs(question: Field, value: Any) -> list[tuple[str, str]]:
    shown = field_types.get(question.type).shown_in_form(question, value)
    if isinstance(shown, Mapping):
        return [(f"{question.key}_{part}", str(text)) for part, text in shown.items() if isinstance(text, str)]
    return [(question.key, str(shown))]
