"""What a place in a form may refer to, and whether a condition there refers and compares rightly."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from . import comparisons, expressions, fields
from .conditions import leaves, references
from .document import Definition
from .question import Field


def keys_of(condition: Any) -> Iterator[str]:
    """Every key that a condition asks for; none for None."""
    return references(condition) if condition else iter(())


class Scope:
    """The questions before a place; `pass_by` each as the check walks on."""

    def __init__(self, definition: Definition, group: Field | None = None) -> None:
        self.definition, self.group = definition, group
        self.earlier: dict[str, Field] = {}

    def pass_by(self, field: Field) -> None:
        """The question stands before all that follow."""
        self.earlier[field.key] = field

    @contextmanager
    def inside(self, group: Field) -> Iterator["Scope"]:
        """The scope of a row, which sees what stands before the group and its own earlier answers."""
        scope = Scope(self.definition, group)
        scope.earlier = dict(self.earlier)
        yield scope

    def unusable(self, key: str, field: Field | None) -> str:
        """Why a place cannot ask for a question, as a sentence; blank when it can. `field` is what asks."""
        found = self.earlier.get(key)
        if found is not None and found.staff:
            return _("На этот вопрос отвечают сотрудники позже: условие о нём не выполнится")
        if found is not None:
            return ""
        if field is not None and key == field.key:
            return _("Вопрос зависит сам от себя. Выберите вопрос выше")
        try:
            later = self.definition.field(key)
        except KeyError:
            return _("Условие ссылается на удалённый вопрос. Выберите другой или уберите условие")
        group = self.definition.group_of(key)
        if group is not None and group.key in self.earlier:
            return _("Вопрос «%s» внутри списка: выберите, в каких его записях искать") % later.label
        if field is not None and field.key in _depends_on(self.definition, key):
            sentence = _("Вопросы зависят друг от друга по кругу: «%(one)s» и «%(other)s»")
            return sentence % {"one": field.label, "other": later.label}
        return _("Условие ссылается на вопрос, который задают позже. Выберите вопрос выше")


def _depends_on(definition: Definition, key: str) -> set[str]:
    """Every key that decides, directly or not, whether a question is seen or what it computes."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        try:
            field, step = definition.field(current), definition.step_of(current)
        except KeyError:
            continue
        asked = [*keys_of(field.show_if), *keys_of(field.required_if), *keys_of(step.show_if)]
        if field.type == "computed":
            asked += expressions.references(field.options["expr"])
        waiting += [each for each in asked if each not in found]
        found.update(asked)
    return found


def wrong_with(scope: Scope, condition: Any, field: Field | None) -> Iterator[str]:
    """Sentences about questions that cannot be asked for and comparisons that do not fit them."""
    for leaf in leaves(condition):
        if "rows" in leaf:
            yield from _rows(scope, leaf, field)
        else:
            yield from _leaf(scope, leaf, field)


def _rows(scope: Scope, leaf: Any, field: Field | None) -> Iterator[str]:
    sentence = scope.unusable(leaf["rows"], field)
    if sentence:
        yield sentence
        return
    group = scope.earlier[leaf["rows"]]
    if group.type != "group":
        yield _("«%s» — не список с записями") % group.label
        return
    with scope.inside(group) as inner:
        for question in group.fields:
            inner.pass_by(question)
        yield from wrong_with(inner, leaf.get("where"), None)


def _leaf(scope: Scope, leaf: Any, field: Field | None) -> Iterator[str]:
    other = leaf.get("to", {}).get("q")
    wrong = [sentence for key in (leaf["q"], other) if key and (sentence := scope.unusable(key, field))]
    if wrong:
        yield from wrong
        return
    question, op = scope.earlier[leaf["q"]], leaf["op"]
    if op not in comparisons.operators_for(question):
        yield _("Это сравнение не подходит к вопросу «%s»") % question.label
    elif "to" in leaf:
        if not comparisons.kinds_fit(question, leaf["to"], scope.earlier[other] if other else None):
            yield _("Ответ на вопрос «%s» нельзя сравнить с этим: они разного вида") % question.label
    elif not comparisons.value_fits(question, op, leaf.get("v")):
        if comparisons.fixed_choices(question) is not None:
            yield _("У вопроса «%s» нет такого ответа. Выберите ответ из списка") % question.label
        else:
            yield _("Значение не подходит к вопросу «%s». Напишите другое") % question.label


def not_offered(scope: Scope, condition: Any) -> Iterator[str]:
    """Sentences about answers that a right condition waits for and that nobody can give today."""
    for leaf in leaves(condition):
        question = scope.earlier.get(leaf.get("q", ""))
        if question is None or "v" not in leaf:
            continue
        kind = fields.get(question.type)
        for value in leaf["v"] if isinstance(leaf["v"], list) else [leaf["v"]]:
            if why := kind.not_offered(question, value):
                told = {"label": question.label, "answer": kind.display(question, value), "why": why}
                yield _("У вопроса «%(label)s» сейчас не выбрать «%(answer)s»: %(why)s") % told


def wrong_references(scope: Scope, field: Field) -> Iterator[str]:
    """Sentences about questions that the settings of a question refer to: limits, numbers of rows, computations."""
    if field.type == "computed":
        if not expressions.problems(field.options["expr"]):
            yield from _expression(scope, field.options["expr"], field)
        return
    for key in fields.get(field.type).refers(field):
        group = scope.definition.group_of(key)
        # A choice drawn from rows is named by an answer inside of them.
        if group is None or group.key not in scope.earlier or scope.group is group:
            yield from filter(None, [scope.unusable(key, field)])


def _expression(scope: Scope, expression: Any, field: Field) -> Iterator[str]:
    name = expression["fn"]
    for operand in expression["of"]:
        if "fn" in operand:
            yield from _expression(scope, operand, field)
        elif "rows" in operand:
            yield from _rows_operand(scope, operand, field)
        elif "q" in operand:
            sentence = scope.unusable(operand["q"], field)
            if sentence:
                yield sentence
            elif not _computes(name, scope.earlier[operand["q"]], operand is expression["of"][0]):
                yield _("Ответ на вопрос «%s» сюда не подходит") % scope.earlier[operand["q"]].label


def _rows_operand(scope: Scope, operand: Any, field: Field) -> Iterator[str]:
    where = operand.get("where") or {"q": operand["rows"], "op": "answered"}
    leaf = {"rows": operand["rows"], "where": where}
    wrong = list(_rows(scope, leaf, field)) if operand.get("where") else [*wrong_with(scope, where, field)]
    yield from wrong
    if not wrong and operand.get("q"):
        group = scope.definition.group_of(operand["q"])
        if group is None or group.key != operand["rows"]:
            yield _("В этом списке такого вопроса нет. Выберите другой")


def _computes(name: str, question: Field, first: bool) -> bool:
    kind = comparisons.value_kind(question)
    if name in {"age", "days_between"} or (name == "date_plus" and first):
        return kind in {"date", "any"}
    if name in {"add", "sub", "mul", "sum", "date_plus"}:
        return kind in {"number", "any"}
    return kind in {"number", "date", "any"} or name == "count"
