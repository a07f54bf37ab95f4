"""Static checks of a definition: what an editor must mend before publishing, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import fields, reading, wording
from .document import Definition
from .parsing import Path
from .possible import verdict
from .question import Field, Step
from .rule import Rule

Problem = tuple[Path, str]
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where (path in the document), and whether it stands against publishing."""

    path: Path
    sentence: str
    level: str = ERROR

    @property
    def is_error(self) -> bool:
        """Whether the form cannot be published so."""
        return self.level == ERROR


def problems(definition: Definition) -> list[Problem]:
    """Every error as (path, sentence); path as in the document, such as `("steps", 0, "fields", 2, "label")`."""
    return [(finding.path, finding.sentence) for finding in findings(definition) if finding.is_error]


def findings(definition: Definition) -> list[Finding]:
    """Every error and warning, in the order of the document."""
    found = [*_whole(definition), *_steps(definition)]
    for number, rule in enumerate(definition.rules):
        found += _rule(definition, rule, ("rules", number))
    return found


def _whole(definition: Definition) -> Iterator[Finding]:
    if not definition.title.strip():
        yield Finding(("title",), _("Назовите форму"))
    if not definition.consent.text.strip():
        yield Finding(("consent", "text"), _("Добавьте текст согласия: без него нельзя собирать личные данные"))
    if not definition.consent.summary.strip():
        yield Finding(("consent", "summary"), _("Напишите фразу у отметки о согласии"))
    asked = [field for field in definition.fields if not field.staff]
    contacts = [field for field in asked if fields.get(field.type).holds_contact]
    if not definition.steps:
        yield Finding(("steps",), _("Добавьте хотя бы один шаг"))
    elif not contacts:
        yield Finding(("steps",), _("Добавьте телефон или почту: иначе некуда ответить"))
    elif all(not field.required or field.show_if for field in contacts):
        sentence = _("Телефон и почту можно не указать: тогда некуда ответить")
        yield Finding(("steps",), sentence, WARNING)


def _steps(definition: Definition) -> Iterator[Finding]:
    scope = reading.Scope(definition)
    for number, step in enumerate(definition.steps):
        path: Path = ("steps", number)
        if not step.title.strip():
            yield Finding((*path, "title"), _("Назовите шаг"))
        if not step.fields:
            yield Finding((*path, "fields"), _("Добавьте в шаг хотя бы один вопрос"))
        yield from _condition(scope, step.show_if, (*path, "show_if"))
        yield from _words(scope, step, path)
        yield from _unreachable(scope, step, path)
        for place, field in enumerate(step.fields):
            yield from _field(scope, field, step, (*path, "fields", place))
            scope.pass_by(field)


def _field(scope: reading.Scope, field: Field, step: Step, path: Path) -> Iterator[Finding]:
    kind = fields.get(field.type)
    if not field.label.strip() and field.type != "explanation":
        yield Finding((*path, "label"), _("Напишите вопрос"))
    if field.type == "consent":
        sentence = _("Согласие спрашивают перед отправкой: напишите его на вкладке «Согласие»")
        yield Finding((*path, "type"), sentence)
    for sentence in kind.config_errors(field):
        yield Finding((*path, "options"), sentence)
    for sentence in dict.fromkeys(reading.wrong_references(scope, field)):
        yield Finding((*path, "options"), sentence)
    for key, condition in _cuts(field):
        yield from _condition(scope, condition, (*path, "options", "choices_if", key), field)
    yield from _condition(scope, field.show_if, (*path, "show_if"), field, step)
    yield from _condition(scope, field.required_if, (*path, "required_if"), field, step)
    yield from _words(scope, field, path)
    if field.fields:
        with scope.inside(field) as inner:
            for place, question in enumerate(field.fields):
                yield from _field(inner, question, step, (*path, "fields", place))
                inner.pass_by(question)


def _cuts(field: Field) -> Iterator[tuple[str, object]]:
    cuts = field.options.get("choices_if")
    if isinstance(cuts, dict):
        yield from ((str(key), condition) for key, condition in cuts.items())


def _condition(
    scope: reading.Scope, condition: object, path: Path, field: Field | None = None, step: Step | None = None
) -> Iterator[Finding]:
    """What is wrong with a condition of `field` in `step` (or of a step); nothing without a condition."""
    if not isinstance(condition, dict):
        return
    wrong = list(reading.wrong_with(scope, condition, field))
    yield from (Finding(path, sentence) for sentence in dict.fromkeys(wrong))
    if wrong:
        return
    yield from (Finding(path, sentence, WARNING) for sentence in dict.fromkeys(reading.not_offered(scope, condition)))
    given = step.show_if if step and not any(reading.wrong_with(scope, step.show_if, None)) else None
    result = verdict(condition, scope.definition, given)
    if result == "never":
        yield Finding(path, _("Это условие никогда не выполнится. Проверьте, что с чем сравнивают"))
    elif result == "always":
        yield Finding(path, _("Это условие выполнено всегда: его можно убрать"), WARNING)


def _unreachable(scope: reading.Scope, step: Step, path: Path) -> Iterator[Finding]:
    """A step whose own condition is possible, and none of whose questions ever is."""
    conditions = [field.show_if for field in step.fields if not field.staff]
    if not conditions or None in conditions or len(conditions) > 20:
        return
    together = {"op": "any", "of": conditions}
    shown = {field.key for field in step.fields}
    if shown & set(reading.keys_of(together)) or any(reading.wrong_with(scope, together, None)):
        return
    if verdict(together, scope.definition, step.show_if) == "never":
        yield Finding(path, _("Этот шаг никогда не покажется: в нём не открывается ни один вопрос"))


def _words(scope: reading.Scope, part: Field | Step, path: Path) -> Iterator[Finding]:
    for name, text in wording.texts(part).items():
        for key in wording.references(text):
            if scope.unusable(key, part if isinstance(part, Field) else None):
                sentence = _("В тексте стоит ответ, которого здесь ещё нет: вместо него будет запасной текст")
                yield Finding((*path, name), sentence, WARNING)


def _rule(definition: Definition, rule: Rule, path: Path) -> Iterator[Finding]:
    scope = reading.Scope(definition)
    for field in definition.fields:
        scope.pass_by(field)
    found = list(_condition(scope, rule.when, (*path, "if")))
    always = [finding for finding in found if not finding.is_error]
    if rule.kind == "stop" and always and rule.hard:
        yield Finding((*path, "if"), _("Эта остановка закроет форму для всех. Проверьте условие"))
    elif rule.kind in {"stop", "check"}:
        yield from found
    else:
        # «In every other case» is a rule that always holds.
        yield from (finding for finding in found if finding.is_error)
    yield from _rule_parts(definition, rule, path)


def _rule_parts(definition: Definition, rule: Rule, path: Path) -> Iterator[Finding]:
    if rule.kind in {"stop", "check"} and not rule.message.strip():
        yield Finding((*path, "message"), _("Напишите, что увидит человек"))
    if rule.kind == "stop":
        if rule.hard and not rule.link and sum(letter.isdigit() for letter in rule.message) < 5:
            sentence = _("Остановка без выхода: дайте ссылку или телефон, где помогут иначе")
            yield Finding((*path, "link"), sentence)
        if rule.link and not rule.link.startswith(("/", "https://", "tel:", "mailto:")):
            yield Finding((*path, "link"), _("Ссылка начинается с / или https://"))
        if rule.step and rule.step not in definition.step_numbers:
            yield Finding((*path, "step"), _("Такого шага нет"))
    known = {field.key for field in definition.fields if not field.staff}
    for number, key in enumerate(rule.fields):
        if key not in known:
            yield Finding((*path, "fields", number), _("Такого вопроса нет"))
    needed = {"route": ("team", rule.team), "topic": ("label", rule.label), "text": ("text", rule.text)}
    name, text = needed.get(rule.kind, ("", "-"))
    if not text.strip():
        yield Finding((*path, name), _("Заполните, что сделать, когда условие выполнено"))
