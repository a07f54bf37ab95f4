"""Blocks of questions kept once and inserted anywhere as copies: a person, an address, a child."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from forms.definitions import checks
from forms.definitions.document import FORMAT, Definition
from forms.definitions.parsing import DefinitionError

from . import gate
from .blocks.questions import QuestionsBlock
from .compiler import compile_steps
from .field import DefinitionField
from .keys import SHORT, Raw

STEP = str(uuid5(NAMESPACE_URL, "form:shared block"))
INSIDE = ("steps", 0, "fields")
"""Where the questions of a block stand in the document that checks them."""


def problems_of(questions: Raw) -> list[checks.Problem]:
    """What is wrong with the questions of a block by themselves; paths begin with the place of the question."""
    value = {"title": _("Блок"), "questions": questions}
    data = {"format": FORMAT, "title": _("Блок"), "steps": compile_steps([{"id": STEP, "value": value}])}
    try:
        found = checks.problems(Definition.from_json(data))
    except DefinitionError as error:
        found = error.problems
    return [(path[3:], sentence) for path, sentence in found if path[:3] == INSIDE]


class SharedBlockForm(WagtailAdminModelForm):
    """A block is in order by itself: it asks nothing about questions that a form may not have."""

    def clean(self) -> dict[str, Any]:
        """Shows what is wrong at the question."""
        data = super().clean() or {}
        if "questions" in data:
            questions = data["questions"].get_prep_value()
            if not questions:
                self.add_error("questions", _("Добавьте в блок хотя бы один вопрос"))
            elif problems := problems_of(questions):
                self.add_error("questions", gate.nest(self.fields["questions"].block, data["questions"], problems))
        return data


class SharedBlock(models.Model):
    """Some questions under a name. A form that took them keeps its own copy: changing the block changes no form."""

    name = models.CharField(
        gettext_lazy("название"), max_length=60, unique=True, help_text=gettext_lazy("Например: «Человек».")
    )
    about = models.CharField(
        gettext_lazy("что спрашивает"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Одной фразой, для тех, кто выбирает блок."),
    )
    questions = DefinitionField(QuestionsBlock(), blank=True, verbose_name=gettext_lazy("вопросы"))

    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldPanel("about"), FieldPanel("questions")]
    base_form_class = SharedBlockForm

    class Meta:
        ordering = ("name",)
        verbose_name = gettext_lazy("блок вопросов")
        verbose_name_plural = gettext_lazy("блоки вопросов")

    def __str__(self) -> str:
        return self.name

    @property
    def types(self) -> list[str]:
        """The kinds of its questions; a row of a group takes only some."""
        return sorted({str(block.block_type) for block in self.questions})

    def state_of_copy(self) -> list[dict[str, Any]]:
        """A copy as the editor's browser takes it, every block with an id that no other form has."""
        stream = self.questions.stream_block
        return list(stream.get_form_state(stream.to_python(copy_of(self.questions.get_prep_value()))))


def copy_of(questions: Raw) -> Raw:
    """The same questions with fresh ids; conditions, settings and words inside of the copy ask the copy."""
    text = json.dumps(questions)
    for identity in dict.fromkeys(_ids(questions)):
        fresh = str(uuid4())
        text = text.replace(identity, fresh)
        for end in ("|", "}"):
            text = text.replace(f"{{q{identity[:SHORT]}{end}", f"{{q{fresh[:SHORT]}{end}")
    return list(json.loads(text))


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _ids(part)
