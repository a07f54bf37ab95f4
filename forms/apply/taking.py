"""What a page asked and what was typed into it, by input; the Django fields behind that, made once a process."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from forms.definitions import fields as field_types
from forms.definitions.document import Field
from forms.definitions.fields.choice import OtherInput
from forms.definitions.fields.file import File, FileWidget
from forms.definitions.fields.texts import LongText
from forms.definitions.fields.widgets import PartsWidget

REMEMBERED = 2000
CAUTION_WORD = "позывн"
TYPED_LIMIT = 60_000
Typed = dict[str, list[str]]
Key = tuple[str, str, int]
# 152-FZ asks for no more than the purpose needs; where somebody serves must never be written down at all.
CAUTION = _("Не пишите воинскую часть, место службы и позывной. Диагноз тоже не нужен: расскажите, какая нужна помощь.")

# With each value the question it was made of: one that earlier answers settled otherwise is another object.
_form_fields: dict[Key, tuple[Field, forms.Field]] = {}


def remember(memory: dict[Key, tuple[Field, Any]], digest: str, question: Field, value: Any) -> Any:
    """Keep what was made of a question; returns it."""
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[_key(digest, question)] = question, value
    return value


def recall(memory: dict[Key, tuple[Field, Any]], digest: str, question: Field) -> Any:
    """What was made of this very question; None when nothing was."""
    made_of, value = memory.get(_key(digest, question), (None, None))
    return value if made_of is question else None


def form_field(digest: str, question: Field) -> forms.Field:
    """The Django field of a question; made once for a version in each process. Never change what it returns."""
    found = recall(_form_fields, digest, question)
    return found or remember(_form_fields, digest, question, _made(question))


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


def asked(
    digest: str, questions: Iterable[Field], post: MultiValueDict[str, str], visible: Iterable[Field]
) -> list[Field]:
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


def typed_text(
    digest: str, questions: Iterable[Field], post: MultiValueDict[str, str], *, room: int = TYPED_LIMIT
) -> Typed:
    """What was typed, by input name, cut to what a draft may hold (`room` characters); for showing it again later."""
    kept: Typed = {}
    for question in questions:
        for name in input_names(digest, question):
            values = [storable(value) for value in post.getlist(name)[:100]]
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


def storable(value: str) -> str:
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
