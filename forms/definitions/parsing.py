"""Reading a definition document from untrusted JSON: every problem is collected, nothing raises on the way."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from . import conditions, expressions
from .rule import MAX_URGENCY, PARTS

FORMAT = 1
KEY = re.compile(r"[a-z][a-z0-9_-]{0,63}")
MAX_STEPS = 50
MAX_FIELDS = 250
MAX_RULES = 100
MAX_TEXT = 50_000

Path = tuple[str | int, ...]


class DefinitionError(ValueError):
    """A document that cannot be a form; `problems` is a list of (path, sentence)."""

    def __init__(self, problems: list[tuple[Path, str]]) -> None:
        super().__init__("; ".join(f"{'/'.join(map(str, path))}: {sentence}" for path, sentence in problems[:10]))
        self.problems = problems


class Reader:
    """Reads one document; `problems` holds what is wrong with it."""

    def __init__(self, type_exists: Callable[[str], bool]) -> None:
        self.type_exists = type_exists
        self.problems: list[tuple[Path, str]] = []
        self.keys: set[str] = set()
        self.questions = 0

    def definition(self, data: Any) -> dict[str, Any]:
        """The arguments of a Definition."""
        source = self.mapping(data, ())
        self.format(source.get("format"))
        self.known(source, (), "format title purpose minutes at_hand team consent texts steps rules")
        texts = self.mapping(source.get("texts", {}), ("texts",))
        self.known(texts, ("texts",), "receipt")
        at_hand = self.items(source.get("at_hand", []), ("at_hand",), 50)
        team = source.get("team")
        steps = self.items(source.get("steps", []), ("steps",), MAX_STEPS)
        rules = self.items(source.get("rules", []), ("rules",), MAX_RULES)
        result = {
            "title": self.text(source, "title", ()),
            "purpose": self.text(source, "purpose", ()),
            "minutes": self.number(source.get("minutes", 5), ("minutes",)),
            "at_hand": tuple(self.text({"item": item}, "item", ("at_hand", n)) for n, item in enumerate(at_hand)),
            "team": None if team is None else self.text(source, "team", ()),
            "consent": self.consent(source.get("consent", {})),
            "receipt": self.text(texts, "receipt", ("texts",)),
            "steps": [self.step(step, ("steps", n)) for n, step in enumerate(steps)],
            "rules": [self.rule(rule, ("rules", n)) for n, rule in enumerate(rules)],
        }
        if self.questions > MAX_FIELDS:
            self.add(("steps",), _("В форме больше %d вопросов") % MAX_FIELDS)
        return result

    def consent(self, data: Any) -> dict[str, Any]:
        """The arguments of a Consent."""
        path: Path = ("consent",)
        source = self.mapping(data, path)
        self.known(source, path, "version text summary dated")
        return {
            "version": self.number(source.get("version", 1), (*path, "version")),
            "text": self.text(source, "text", path),
            "summary": self.text(source, "summary", path),
            "dated": self.text(source, "dated", path),
        }

    def step(self, data: Any, path: Path) -> dict[str, Any]:
        """The arguments of a Step, its fields as arguments of Field."""
        source = self.mapping(data, path)
        self.known(source, path, "key title lead show_if fields")
        fields = self.items(source.get("fields", []), (*path, "fields"), MAX_FIELDS)
        self.questions += len(fields)
        return {
            "key": self.key(source, path),
            "title": self.text(source, "title", path),
            "lead": self.text(source, "lead", path),
            "show_if": self.condition(source, path),
            "fields": [self.field(item, (*path, "fields", n)) for n, item in enumerate(fields)],
        }

    def field(self, data: Any, path: Path, *, inside: bool = False) -> dict[str, Any]:
        """The arguments of a Field; `inside` of a group there are no groups."""
        source = self.mapping(data, path)
        type_name = source.get("type")
        if not isinstance(type_name, str) or not self.type_exists(type_name) or (inside and type_name == "group"):
            self.add((*path, "type"), _("Такого вида вопроса нет"))
        names = "key type label hint required show_if options required_if staff"
        self.known(source, path, f"{names} fields" if type_name == "group" else names)
        options = dict(self.mapping(source.get("options", {}), (*path, "options")))
        if type_name == "computed":
            for sentence in expressions.problems(options.get("expr")):
                self.add((*path, "options", "expr"), sentence)
        if inside and source.get("key") == "id":
            self.add((*path, "key"), _("Неверный ключ"))
        return {
            "key": self.key(source, path),
            "type": type_name,
            "label": self.text(source, "label", path),
            "hint": self.text(source, "hint", path),
            "required": self.yes_no(source, "required", path, default=True),
            "show_if": self.condition(source, path),
            "options": options,
            "required_if": self.condition(source, path, "required_if"),
            "staff": self.yes_no(source, "staff", path, default=False),
            "fields": self.inner(source, path) if type_name == "group" else [],
        }

    def inner(self, source: Mapping[str, Any], path: Path) -> list[dict[str, Any]]:
        """The questions inside of a group."""
        inner = self.items(source.get("fields", []), (*path, "fields"), MAX_FIELDS)
        self.questions += len(inner)
        return [self.field(item, (*path, "fields", n), inside=True) for n, item in enumerate(inner)]

    def rule(self, data: Any, path: Path) -> dict[str, Any]:
        """The arguments of a Rule."""
        source = self.mapping(data, path)
        kind = source.get("kind")
        if not isinstance(kind, str) or kind not in PARTS:
            self.add((*path, "kind"), _("Такого вида правила нет"))
            return {}
        self.known(source, path, " ".join(("key", "kind", "if", *PARTS[kind])))
        if source.get("if") is None:
            self.add((*path, "if"), _("Напишите, при каком условии действует правило"))
        parts: dict[str, Any] = {}
        for name in PARTS[kind]:
            if name == "hard":
                parts[name] = self.yes_no(source, name, path, default=False)
            elif name == "fields":
                keys = self.items(source.get(name, []), (*path, name), MAX_FIELDS)
                parts[name] = tuple(self.text({"key": key}, "key", (*path, name, n)) for n, key in enumerate(keys))
            elif name == "level":
                parts[name] = self.level(source.get(name, 1), (*path, name))
            else:
                parts[name] = self.text(source, name, path)
        return {"key": self.key(source, path), "kind": kind, "when": self.condition(source, path, "if")} | parts

    def level(self, value: Any, path: Path) -> int:
        """Urgency from 0 to 3."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_URGENCY:
            return value
        self.add(path, _("Срочность: от 0 до %d") % MAX_URGENCY)
        return 0

    def format(self, value: Any) -> None:
        """Only this portal's format and none from the future."""
        if isinstance(value, int) and not isinstance(value, bool) and value > FORMAT:
            self.add(("format",), _("Форма сделана в более новой версии портала. Обновите портал, чтобы её загрузить"))
        elif value != FORMAT or isinstance(value, bool):
            self.add(("format",), _("Формат описания не поддерживается: нужен %d") % FORMAT)

    def yes_no(self, source: Mapping[str, Any], name: str, path: Path, *, default: bool) -> bool:
        value = source.get(name, default)
        if not isinstance(value, bool):
            self.add((*path, name), _("Здесь нужно да или нет"))
        return value is True

    def add(self, path: Path, sentence: str) -> None:
        """Remember a problem."""
        self.problems.append((path, sentence))

    def mapping(self, data: Any, path: Path) -> Mapping[str, Any]:
        if isinstance(data, Mapping):
            return data
        self.add(path, _("Здесь нужен объект"))
        return {}

    def items(self, data: Any, path: Path, most: int) -> list[Any]:
        if isinstance(data, list) and len(data) <= most:
            return data
        self.add(path, _("Здесь нужен список, не больше %d") % most)
        return []

    def known(self, source: Mapping[str, Any], path: Path, names: str) -> None:
        for name in [name for name in source if name not in names.split()][:10]:
            self.add((*path, str(name)[:64]), _("Неизвестное поле описания"))

    def text(self, source: Mapping[str, Any], name: str, path: Path) -> str:
        value = source.get(name, "")
        if isinstance(value, str) and len(value) <= MAX_TEXT:
            return value
        self.add((*path, name), _("Здесь нужен текст"))
        return ""

    def number(self, value: Any, path: Path) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 100_000:
            return value
        self.add(path, _("Здесь нужно целое число"))
        return 0

    def key(self, source: Mapping[str, Any], path: Path) -> str:
        value = source.get("key")
        if not isinstance(value, str) or not KEY.fullmatch(value):
            self.add((*path, "key"), _("Неверный ключ"))
            return ""
        if value in self.keys:
            self.add((*path, "key"), _("Ключ повторяется"))
        self.keys.add(value)
        return value

    def condition(self, source: Mapping[str, Any], path: Path, name: str = "show_if") -> Any:
        value = source.get(name)
        for sentence in conditions.problems(value):
            self.add((*path, name), sentence)
        return value
