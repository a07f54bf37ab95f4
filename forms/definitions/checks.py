"""Static checks of a definition: what an editor must mend before publishing, each with its place."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import conditions, fields
from .document import Definition, Field
from .parsing import Path

Problem = tuple[Path, str]


def problems(definition: Definition) -> list[Problem]:
    """Every problem as (path, sentence); path as in the document, such as `("steps", 0, "fields", 2, "label")`."""
    return [*_whole(definition), *_steps(definition)]


def _whole(definition: Definition) -> Iterator[Problem]:
    if not definition.title.strip():
        yield ("title",), _("Назовите форму")
    if not definition.consent.text.strip():
        yield ("consent", "text"), _("Добавьте текст согласия: без него нельзя собирать личные данные")
    if not definition.consent.summary.strip():
        yield ("consent", "summary"), _("Напишите фразу у отметки о согласии")
    if not definition.steps:
        yield ("steps",), _("Добавьте хотя бы один шаг")
    elif not any(fields.get(field.type).holds_contact for field in definition.fields):
        yield ("steps",), _("Добавьте телефон или почту: иначе некуда ответить")


def _steps(definition: Definition) -> Iterator[Problem]:
    earlier: dict[str, Field] = {}
    later = {field.key for field in definition.fields}
    for number, step in enumerate(definition.steps):
        path: Path = ("steps", number)
        if not step.title.strip():
            yield (*path, "title"), _("Назовите шаг")
        if not step.fields:
            yield (*path, "fields"), _("Добавьте в шаг хотя бы один вопрос")
        for sentence in _condition(step.show_if, earlier, later):
            yield (*path, "show_if"), sentence
        for place, field in enumerate(step.fields):
            for name, sentence in _field(field, earlier, later):
                yield (*path, "fields", place, name), sentence
            earlier[field.key] = field
            later.discard(field.key)


def _field(field: Field, earlier: dict[str, Field], later: set[str]) -> Iterator[tuple[str, str]]:
    if not field.label.strip():
        yield "label", _("Напишите вопрос")
    if field.type == "consent":
        yield "type", _("Согласие спрашивают перед отправкой: напишите его на вкладке «Согласие»")
    for sentence in fields.get(field.type).config_errors(field):
        yield "options", sentence
    for sentence in _condition(field.show_if, earlier, later):
        yield "show_if", sentence


def _condition(condition: object, earlier: dict[str, Field], later: set[str]) -> Iterator[str]:
    for leaf in conditions.leaves(condition):
        key = leaf["q"]
        if key in earlier:
            yield from _leaf(leaf["op"], leaf.get("v"), earlier[key])
        elif key in later:
            yield _("Условие ссылается на вопрос, который задают позже. Выберите вопрос выше")
        else:
            yield _("Условие ссылается на удалённый вопрос. Выберите другой или уберите условие")


def _leaf(op: str, value: object, question: Field) -> Iterator[str]:
    if op in conditions.WITHOUT_VALUE:
        return
    several = question.type == "multiple_choice"
    if several != (op == "contains"):
        yield _("Это сравнение не подходит к вопросу «%s»") % question.label
        return
    choices = fields.get(question.type).choices(question)
    if choices and question.type != "territory" and value not in dict(choices):
        yield _("У вопроса «%s» нет такого ответа. Выберите ответ из списка") % question.label
