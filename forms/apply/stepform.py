"""One step as a Django form, drawn by crispy-forms with our pack; blank questions are drawn once and remembered.

Cleaning is the engine's work (forms.definitions.answers); the form here only holds what was typed and what is wrong.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from forms.applications.models import Upload
from forms.definitions import fields as field_types
from forms.definitions.document import Field
from forms.definitions.fields.choice import OtherInput
from forms.definitions.fields.file import File, FileWidget
from forms.definitions.fields.texts import LongText
from forms.definitions.fields.widgets import PartsWidget

from .boundfield import PortalBoundField

REMEMBERED = 2000
CAUTION_WORD = "позывн"
TYPED_LIMIT = 20_000
Typed = dict[str, list[str]]
Key = tuple[str, str, int]
# 152-FZ asks for no more than the purpose needs; where somebody serves must never be written down at all.
CAUTION = _("Не пишите воинскую часть, место службы и позывной. Диагноз тоже не нужен: расскажите, какая нужна помощь.")


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
        return [
            (bound.first_id, _named(str(bound.label), message))
            for bound in (cast(PortalBoundField, self[name]) for name in self.fields)
            for message in bound.wrong[:1]
        ]


def _named(label: str, message: str) -> str:
    """The message beside the name of its question: «Телефон: проверьте номер»."""
    if label.endswith(("?", ".", "!")):
        return f"{label} {message}"
    return f"{label}: {message[:1].lower()}{message[1:]}"


class StepForm(PortalForm):
    """Questions of one step with what was typed or stored and, after a wrong answer, what to do about it."""

    def __init__(
        self,
        digest: str,
        questions: Iterable[Field],
        *,
        answers: Mapping[str, Any] | None = None,
        typed: MultiValueDict[str, str] | None = None,
        errors: Mapping[str, list[str]] | None = None,
        wrong_parts: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        super().__init__(data=typed, initial=dict(answers or {}))
        self.digest = digest
        # Shared between requests: nothing here changes a field or its widget.
        self._questions = {question.key: question for question in questions}
        self.fields = {key: form_field(digest, question) for key, question in self._questions.items()}
        self._errors = ErrorDict({key: self.error_class(list(each)) for key, each in (errors or {}).items()})
        self.wrong_parts = wrong_parts or {}
        self.cleaned_data: dict[str, Any] = {}

    @property
    def keys(self) -> str:
        """What the page tells the server it asked: a question that appears later is no mistake of the applicant."""
        return ",".join(self.fields)

    def drawn(self) -> list[SafeString]:
        """The questions as HTML: remembered where blank, drawn afresh where there is a value or an error."""
        return [self._draw(name) for name in self.fields]

    def _draw(self, name: str) -> SafeString:
        if self.is_bound or name in self.initial or name in self.errors or name in self.uploads:
            return _html(self[name])
        question = self._questions[name]
        return _recall(_blank, self.digest, question) or _remember(_blank, self.digest, question, _html(self[name]))


# With each value the question it was made of: one that earlier answers settled otherwise is another object.
_blank: dict[Key, tuple[Field, SafeString]] = {}
_form_fields: dict[Key, tuple[Field, forms.Field]] = {}


def _html(bound: Any) -> SafeString:
    return mark_safe(as_crispy_field(bound, "portal"))  # noqa: S308 - a template drew it


def _remember(memory: dict[Key, tuple[Field, Any]], digest: str, question: Field, value: Any) -> Any:
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[_key(digest, question)] = question, value
    return value


def _recall(memory: dict[Key, tuple[Field, Any]], digest: str, question: Field) -> Any:
    made_of, value = memory.get(_key(digest, question), (None, None))
    return value if made_of is question else None


def form_field(digest: str, question: Field) -> forms.Field:
    """The Django field of a question; made once for a version in each process. Never change what it returns."""
    found = _recall(_form_fields, digest, question)
    return found or _remember(_form_fields, digest, question, _made(question))


def _made(question: Field) -> Any:
    field_type = field_types.get(question.type)
    made: Any = field_type.form_field(question)
    if isinstance(field_type, File):
        made.after = field_type.limits_in_words(question)
    if isinstance(field_type, LongText):
        limit = _("До %(most)d знаков.") % {"most": field_type.most(question)}
        # An editor who has said it in the hint need not hear it again.
        made.after = limit if CAUTION_WORD in question.hint.lower() else f"{limit} {CAUTION}"
    return made


def _key(digest: str, question: Field) -> Key:
    """What a drawn question depends on; choices that come from elsewhere, such as municipalities, may change."""
    elsewhere = () if "choices" in question.options else field_types.get(question.type).choices(question)
    return digest, question.key, hash(tuple(elsewhere))


def asked(digest: str, questions: Iterable[Field], post: QueryDict, visible: Iterable[Field]) -> list[Field]:
    """The questions that stood on the page. It says so itself; otherwise those visible before and those answered."""
    if "asked" in post:
        named = set(str(post["asked"]).split(","))
        return [question for question in questions if question.key in named]
    known = {question.key for question in visible}
    return [
        question
        for question in questions
        if question.key in known or any(name in post for name in input_names(digest, question))
    ]


def raw_answers(digest: str, questions: Iterable[Field], post: MultiValueDict[str, str]) -> dict[str, Any]:
    """What was typed, by question, as the engine cleans it."""
    return {
        question.key: form_field(digest, question).widget.value_from_datadict(post, {}, question.key)
        for question in questions
    }


def typed_text(digest: str, questions: Iterable[Field], post: QueryDict) -> Typed:
    """What was typed, by input name, cut to what a draft may hold; for showing it again later."""
    kept: Typed = {}
    room = TYPED_LIMIT
    for question in questions:
        for name in input_names(digest, question):
            values = [_storable(value) for value in post.getlist(name)[:100]]
            room -= sum(map(len, values))
            if room < 0:
                return kept
            if any(values):
                kept[name] = values
    return kept


def input_names(digest: str, question: Field) -> list[str]:
    """Names of the inputs that one question is made of."""
    widget = form_field(digest, question).widget
    if isinstance(widget, PartsWidget):
        return [f"{question.key}_{part}" for part in widget.parts]
    return widget.input_names(question.key) if isinstance(widget, OtherInput | FileWidget) else [question.key]


def _storable(value: str) -> str:
    """Text that every database can hold: no NUL, no half of a surrogate pair."""
    return value.replace("\x00", "").encode("utf-8", "ignore").decode()


def parts_at_fault(questions: Iterable[Field], raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """For wrong answers in parts: which part the type's own check names."""
    found = {}
    for question in questions:
        try:
            field_types.get(question.type).clean(question, raw.get(question.key))
        except ValidationError as error:
            found[question.key] = [each.code for each in error.error_list if each.code]
    return found
