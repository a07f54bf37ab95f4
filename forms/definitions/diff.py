"""What changed between two definitions, in Russian, with what it means for drafts and for columns of exports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from . import fields as field_types
from .comparisons import sentence
from .document import Definition
from .moving import Change, is_compatible, migrate_answers
from .order import moved_keys
from .question import Field, Step
from .rule import Rule

__all__ = ["Change", "diff", "migrate_answers", "summary"]


@dataclass(frozen=True, slots=True)
class _Sides:
    old: Definition
    new: Definition

    def known(self, definition: Definition) -> dict[str, Field]:
        return {field.key: field for field in definition.all_fields}


def diff(old: Definition, new: Definition) -> list[Change]:
    """Every change, in the order of the new form, what was removed last. Empty for equal definitions."""
    sides = _Sides(old, new)
    return [*_whole(old, new), *_steps(sides), *_fields(sides), *_rules(sides)]


def summary(changes: Sequence[Change]) -> dict[str, int]:
    """How many changes of each kind."""
    return {kind: sum(change.kind == kind for change in changes) for kind in ("added", "removed", "moved", "changed")}


def _whole(old: Definition, new: Definition) -> Iterator[Change]:
    names = {
        "title": _("Название: «%(old)s» → «%(new)s»"),
        "team": _("Заявки получает: «%(old)s» → «%(new)s»"),
        "minutes": _("Сколько минут занимает: %(old)s → %(new)s"),
    }
    for name, words in names.items():
        before, now = getattr(old, name), getattr(new, name)
        if before != now:
            yield Change("changed", name, words % {"old": before or "—", "new": now or "—"})
    for name, words in {
        "purpose": _("Зачем форма"),
        "at_hand": _("Что иметь под рукой"),
        "receipt": _("Текст после отправки"),
    }.items():
        if getattr(old, name) != getattr(new, name):
            yield Change("changed", name, _("Изменился текст «%s»") % words)
    if (old.consent.text, old.consent.summary) != (new.consent.text, new.consent.summary):
        told = _("в начатых черновиках согласие спросим заново")
        yield Change("changed", "consent", _("Изменился текст согласия: выйдет новая редакция"), (told,))


def _steps(sides: _Sides) -> Iterator[Change]:
    before, now = {step.key: step for step in sides.old.steps}, {step.key: step for step in sides.new.steps}
    moved = moved_keys(list(before), list(now))
    for key, step in now.items():
        if key not in before:
            yield Change("added", key, _("Новый шаг «%s»") % step.title)
            continue
        if key in moved:
            yield Change("moved", key, _("Шаг «%s» переставлен") % step.title, (_kept(),))
        yield from _step(sides, before[key], step)
    for key, step in before.items():
        if key not in now:
            yield Change("removed", key, _("Шаг «%s» убран") % step.title)


def _step(sides: _Sides, old: Step, new: Step) -> Iterator[Change]:
    if old.title != new.title:
        yield Change(
            "changed", new.key, _("Шаг «%(old)s» теперь называется «%(new)s»") % {"old": old.title, "new": new.title}
        )
    if old.lead != new.lead:
        yield Change("changed", new.key, _("Шаг «%s»: изменилось пояснение") % new.title)
    if old.show_if != new.show_if:
        words = _condition_words(sides, old.show_if, new.show_if)
        yield Change(
            "changed", new.key, _("Шаг «%(step)s»: показывать, если: %(words)s") % {"step": new.title, "words": words}
        )


def _fields(sides: _Sides) -> Iterator[Change]:
    before, now = sides.known(sides.old), sides.known(sides.new)
    moved = moved_keys(list(before), list(now))
    for key, field in now.items():
        if key not in before:
            yield _added(sides.new, field)
            continue
        place = _place(sides.new, key)
        if place[:2] != _place(sides.old, key)[:2]:
            words = _("Вопрос «%(label)s» перенесён: теперь он в «%(place)s»") % {
                "label": field.label,
                "place": place[2],
            }
            yield Change("moved", key, words, (_kept() if place[0] == _place(sides.old, key)[0] else _lost(),))
        elif key in moved:
            yield Change("moved", key, _("Вопрос «%s» переставлен") % field.label, (_kept(),))
        yield from _field(sides, before[key], field)
    for key, field in before.items():
        if key not in now:
            yield _removed(field)


def _place(definition: Definition, key: str) -> tuple[str, str, str]:
    """Where a question stands: key of the group or blank, key and words of the group or the step."""
    group, step = definition.group_of(key), definition.step_of(key)
    return (group.key, group.key, group.label) if group else ("", step.key, step.title)


def _added(new: Definition, field: Field) -> Change:
    told = []
    if field.holds_answer:
        told.append(_("столбец в выгрузке появится"))
        if field.required and field.is_sent and not field.staff:
            told.append(_("в начатых черновиках этот вопрос спросим"))
    return Change(
        "added",
        field.key,
        _("Новый вопрос «%(label)s» в «%(place)s»") % {"label": field.label, "place": _place(new, field.key)[2]},
        tuple(told),
    )


def _removed(field: Field) -> Change:
    told = (_lost(), _("столбец в выгрузке останется: для новых заявок пустым")) if field.holds_answer else ()
    return Change("removed", field.key, _("Вопрос «%s» убран") % field.label, told)


def _field(sides: _Sides, old: Field, new: Field) -> Iterator[Change]:
    label = new.label or old.label
    if old.label != new.label:
        words = _("Вопрос «%(old)s» теперь звучит так: «%(new)s»") % {"old": old.label, "new": new.label}
        yield Change("changed", new.key, words, (_kept(),))
    if old.hint != new.hint:
        yield Change("changed", new.key, _("Вопрос «%s»: изменилась подсказка") % label)
    if old.type != new.type:
        words = _("Вопрос «%(label)s»: был «%(old)s», стал «%(new)s»") % {
            "label": label,
            "old": field_types.get(old.type).verbose_name,
            "new": field_types.get(new.type).verbose_name,
        }
        yield Change("changed", new.key, words, (_kept_if_fits() if is_compatible(old, new) else _lost(),))
    if old.required != new.required:
        words = _("Вопрос «%s» стал обязательным") if new.required else _("На вопрос «%s» можно не отвечать")
        yield Change("changed", new.key, words % label)
    if old.staff != new.staff:
        words = _("На вопрос «%s» отвечают сотрудники") if new.staff else _("На вопрос «%s» отвечает заявитель")
        yield Change("changed", new.key, words % label, (_lost(),) if new.staff else ())
    for name, words in (("show_if", _("показывать, если")), ("required_if", _("обязателен, если"))):
        before, now = getattr(old, name), getattr(new, name)
        if before != now:
            text = {"label": label, "what": words, "words": _condition_words(sides, before, now)}
            yield Change("changed", new.key, _("Вопрос «%(label)s»: %(what)s: %(words)s") % text)
    yield from _options(old, new, label)


def _options(old: Field, new: Field, label: str) -> Iterator[Change]:
    if old.type != new.type:
        return
    before, now = _choices(old), _choices(new)
    for key, words in before.items():
        if key not in now:
            told = _("в черновиках с этим ответом он будет потерян")
            yield Change(
                "changed",
                new.key,
                _("Вопрос «%(label)s»: убран ответ «%(answer)s»") % {"label": label, "answer": words},
                (told,),
            )
        elif now[key] != words:
            text = {"label": label, "old": words, "new": now[key]}
            yield Change(
                "changed", new.key, _("Вопрос «%(label)s»: ответ «%(old)s» теперь «%(new)s»") % text, (_kept(),)
            )
    for key, words in now.items():
        if key not in before:
            yield Change(
                "changed",
                new.key,
                _("Вопрос «%(label)s»: новый ответ «%(answer)s»") % {"label": label, "answer": words},
            )
    if moved_keys([key for key in before if key in now], [key for key in now if key in before]):
        yield Change("changed", new.key, _("Вопрос «%s»: ответы идут в другом порядке") % label)
    if {**old.options, "choices": 0} != {**new.options, "choices": 0}:
        yield Change("changed", new.key, _("Вопрос «%s»: изменились настройки") % label, (_kept_if_fits(),))


def _choices(field: Field) -> dict[str, str]:
    choices = field.options.get("choices")
    if not isinstance(choices, list):
        return {}
    return {str(choice.get("key")): str(choice.get("label")) for choice in choices if isinstance(choice, Mapping)}


def _rules(sides: _Sides) -> Iterator[Change]:
    before, now = {rule.key: rule for rule in sides.old.rules}, {rule.key: rule for rule in sides.new.rules}
    for key, rule in now.items():
        if before.get(key) != rule:
            new = key not in before
            words = _("Новое правило: %s") if new else _("Изменилось правило: %s")
            yield Change("added" if new else "changed", key, words % _rule_words(sides.new, rule))
    for key, rule in before.items():
        if key not in now:
            yield Change("removed", key, _("Правило убрано: %s") % _rule_words(sides.old, rule))
    if moved_keys([key for key in before if key in now], [key for key in now if key in before]):
        yield Change("moved", "rules", _("Правила идут в другом порядке: действует первое подходящее"))


def _rule_words(definition: Definition, rule: Rule) -> str:
    kinds = {
        "stop": _("остановить: «%s»") % rule.message,
        "check": _("ошибка: «%s»") % rule.message,
        "route": _("передать в «%s»") % rule.team,
        "topic": _("тема «%s»") % rule.label,
        "urgency": _("срочность %d") % rule.level,
        "text": _("текст после отправки «%s»") % rule.text,
    }
    known = {field.key: field for field in definition.all_fields}
    return _("%(what)s, если %(when)s") % {"what": kinds[rule.kind], "when": sentence(rule.when, known)}


def _condition_words(sides: _Sides, old: Any, new: Any) -> str:
    before = sentence(old, sides.known(sides.old)) if old else _("всегда")
    now = sentence(new, sides.known(sides.new)) if new else _("всегда")
    return _("%(now)s (было: %(before)s)") % {"now": now, "before": before}


def _kept() -> str:
    return _("ответ в черновиках сохранится")


def _kept_if_fits() -> str:
    return _("ответ в черновиках сохранится, если подойдёт")


def _lost() -> str:
    return _("ответ в черновиках будет потерян")
