"""One step as a Django form, drawn by crispy-forms with our pack; blank questions are drawn once and remembered.

Cleaning is the engine's work (forms.definitions.answers); the form here only holds what was typed and what is wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from forms.applications.models import Upload
from forms.definitions import fields as field_types
from forms.definitions.document import Field

from .boundfield import PortalBoundField, unbroken
from .inputs import Card, Cards, Guarded, Shown
from .taking import Key, form_field, recall, remember

_blank: dict[Key, tuple[Field, SafeString]] = {}


class PortalForm(forms.Form):
    """A form that the template pack «portal» draws; the form tag and the token stand outside of it."""

    bound_field_class = PortalBoundField
    use_required_attribute = False
    label_suffix = ""
    wrong_parts: Mapping[str, Iterable[str]] = {}
    # What was attached, by question; the page sets it where a question asks for files.
    uploads: Mapping[str, list[Upload]] = {}

    @property
    def helper(self) -> FormHelper:
        """What crispy-forms asks: our pack, no form tag of its own."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.template_pack = "portal"
        return helper

    def problems(self) -> list[tuple[str, str]]:
        """(id of the input, what to do) for the summary at the top, in the order of the page."""
        return [problem for name in self.fields for problem in self.problems_of(name)]

    def problems_of(self, name: str, row: str = "") -> list[tuple[str, str]]:
        """The same of one question, which may stand in a row: «Ребёнок 2: напишите имя»."""
        bound = cast(PortalBoundField, self[name])
        return [(bound.first_id, _in_row(bound, message, row)) for message in bound.wrong[:1]]


def _in_row(bound: PortalBoundField, message: str, row: str) -> str:
    question = getattr(bound.field, "definition_field", None)
    # An editor's own sentence names what is missing; the type's own does not.
    if row and question is not None and question.options.get("ask") == message:
        return named(row, message)
    return f"{row}. {named(str(bound.label), message)}" if row else named(str(bound.label), message)


def named(label: str, message: str) -> str:
    """The message beside the name of its question: «Телефон: проверьте номер»."""
    if label.endswith(("?", ".", "!")):
        return f"{label} {message}"
    return f"{label}: {message[:1].lower()}{message[1:]}"


class StepForm(PortalForm):
    """Parts of one step with what was typed or stored and, after a wrong answer, what to do about it.

    A part is a question, shown words or the cards of a group. `errors` are named by input or by group.
    """

    def __init__(
        self,
        digest: str,
        parts: Iterable[Field | Shown | Cards | Guarded],
        *,
        answers: Mapping[str, Any] | None = None,
        typed: MultiValueDict[str, str] | None = None,
        errors: Mapping[str, list[str]] | None = None,
        wrong_parts: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        super().__init__(data=typed, initial=dict(answers or {}))
        self.digest = digest
        self.parts = tuple(parts)
        # Shared between requests: nothing here changes a field or its widget.
        self._questions = {question.key: question for question in _questions(self.parts)}
        self.fields = {key: form_field(digest, question) for key, question in self._questions.items()}
        self._errors = ErrorDict({key: self.error_class(list(each)) for key, each in (errors or {}).items()})
        self.wrong_parts = wrong_parts or {}
        self.cleaned_data: dict[str, Any] = {}

    @property
    def keys(self) -> str:
        """What the page tells the server it asked: a question that appears later is no mistake of the applicant."""
        groups = [part.key for part in _shown(self.parts) if isinstance(part, Cards)]
        return ",".join([*(question.key for question in _questions(self.parts, _shown)), *groups])

    @property
    def has_rows(self) -> bool:
        """Whether there are buttons that must not answer to the Enter key."""
        return any(isinstance(_bare(part), Cards) for part in self.parts)

    def problems(self) -> list[tuple[str, str]]:
        """As of every form; the rows of a group with their names."""
        found = []
        for part in _shown(self.parts):
            if isinstance(part, Field):
                found += self.problems_of(part.key)
            elif isinstance(part, Cards):
                found += [(part.anchor, named(part.label, message)) for message in self._wrong(part)]
                for card in part.cards:
                    for question in _questions(card.parts, _shown):
                        found += self.problems_of(question.key, card.title)
        return found

    @property
    def blank(self) -> bool:
        """Whether every part is a question that nobody has answered, drawn as it was drawn before."""
        return not self.is_bound and all(isinstance(part, Field) and self._is_blank(part.key) for part in self.parts)

    def drawn(self) -> list[SafeString]:
        """The parts as HTML."""
        return [self._draw_part(part) for part in self.parts]

    def _draw_part(self, part: Field | Shown | Cards | Guarded, *, inner: bool = False) -> SafeString:
        if isinstance(part, Guarded):
            # A template is nothing to a browser until the page's script puts it into the page.
            tag = "div" if part.shown else "template"
            html = self._draw_part(part.part, inner=inner)
            return format_html('<{tag} data-q="{}">{}</{tag}>', part.name, html, tag=tag)
        if isinstance(part, Field):
            return self._draw(part.key)
        if isinstance(part, Shown):
            return render_to_string("portal/shown.html", {"part": part, "inner": inner})
        blank = self._draw_cards([part.blank] if part.blank else [])
        context = {"group": part, "cards": self._draw_cards(part.cards), "blank": blank, "wrong": self._wrong(part)}
        return render_to_string("portal/rows.html", context)

    def _draw_cards(self, cards: Iterable[Card]) -> list[tuple[Card, list[SafeString]]]:
        return [(card, [self._draw_part(each, inner=True) for each in card.parts]) for card in cards]

    def _wrong(self, group: Cards) -> list[str]:
        return [unbroken(str(message)) for message in self.errors.get(group.key, ())]

    def _is_blank(self, name: str) -> bool:
        return not (self.is_bound or name in self.initial or name in self.errors or name in self.uploads)

    def _draw(self, name: str) -> SafeString:
        """A question, remembered where blank, drawn afresh where there is a value or an error."""
        if not self._is_blank(name):
            return _html(self[name])
        question = self._questions[name]
        return recall(_blank, self.digest, question) or remember(_blank, self.digest, question, _html(self[name]))


def draw_blank(question: Field) -> SafeString:
    """One question nobody has answered, by itself; see `forms.definitions.drawing`."""
    form = PortalForm()
    form.fields[question.key] = field_types.get(question.type).form_field(question)
    return _html(form[question.key])


def _bare(part: Any) -> Any:
    return part.part if isinstance(part, Guarded) else part


def _shown(parts: Iterable[Any]) -> Iterator[Any]:
    """What stands on the page now, unwrapped."""
    return (_bare(part) for part in parts if not isinstance(part, Guarded) or part.shown)


def _everything(parts: Iterable[Any]) -> Iterator[Any]:
    return map(_bare, parts)


def _questions(parts: Iterable[Any], look: Callable[[Iterable[Any]], Iterator[Any]] = _everything) -> Iterator[Field]:
    for part in look(parts):
        if isinstance(part, Field):
            yield part
        elif isinstance(part, Cards):
            blank = [part.blank] if part.blank and look is _everything else []
            for card in (*part.cards, *blank):
                yield from _questions(card.parts, look)


def _html(bound: Any) -> SafeString:
    return mark_safe(as_crispy_field(bound, "portal"))  # noqa: S308 - a template drew it
