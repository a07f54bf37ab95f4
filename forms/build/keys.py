"""Names both ways: keys of a document from the ids of blocks, ids from keys, and conditions and expressions with them.

Keys are computed and never stored: `q` and the first characters of the block's id, which survives every edit.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from forms.definitions import conditions
from forms.definitions.fields.choice import OTHER
from forms.definitions.fields.multiple_choice import NONE
from forms.definitions.wording import PLACE

Raw = list[dict[str, Any]]
SHORT = 8
GONE = "q_gone"
CHOSEN = {"choice", "multiple_choice"}
OWN_CHOICES = {OTHER, NONE}
OUR_KEY = re.compile(r"[qscr]([0-9a-f]{8})")


class Keys:
    """Key by block id, for the steps, questions and choices of one form."""

    def __init__(self, steps: Raw) -> None:
        self.clashing = _clashing(_blocks(steps))
        self.types = {question["id"]: question["type"] for question in _questions(steps)}
        self.choices = {
            choice["id"] for question in _questions(steps) for choice in question["value"].get("choices") or []
        }
        self.steps = {step["id"] for step in steps}
        self.groups = {
            inner["id"]: outer["id"] for outer in _questions(steps) for inner in outer["value"].get("questions") or []
        }

    def of(self, letter: str, identity: str | None) -> str:
        """The key of a block: `q` for a question, `s` for a step, `c` for a choice."""
        return key_of(letter, identity, self.clashing)

    def question(self, identity: Any) -> str:
        """The key of a question: blank where none is picked yet, GONE for a deleted one."""
        if not _text(identity):
            return ""
        return self.of("q", identity) if identity in self.types else GONE

    def group_of(self, identity: Any) -> str:
        """The key of the group that a question is inside of; GONE for any other."""
        group = self.groups.get(_text(identity))
        return self.of("q", group) if group else GONE

    def step(self, identity: Any) -> str:
        """The key of a step: blank where none is picked, GONE for a deleted one."""
        if not _text(identity):
            return ""
        return self.of("s", identity) if identity in self.steps else GONE

    def condition(self, value: Any) -> Any:
        """The condition with keys in place of ids; whatever is malformed stays so and is found by the checks."""
        if not isinstance(value, dict):
            return None
        if isinstance(value.get("of"), list):
            return {"op": value.get("op"), "of": [self.condition(part) for part in value["of"]]}
        if "rows" in value:
            inner = {"where": self.condition(value["where"])} if "where" in value else {}
            return value | {"rows": self.question(value["rows"])} | inner
        leaf = {"q": self.question(value.get("q")), "op": value.get("op")}
        if leaf["op"] in conditions.WITHOUT_VALUE:
            return leaf
        if isinstance(to := value.get("to"), dict):
            return leaf | {"to": to | ({"q": self.question(to["q"])} if "q" in to else {})}
        if "v" in value:
            chosen = self.types.get(_text(value.get("q"))) in CHOSEN
            leaf["v"] = self._choices(value["v"]) if chosen else value["v"]
        return leaf

    def expression(self, value: Any) -> Any:
        """An expression with keys in place of ids, or one of its operands; malformed stays malformed."""
        if not isinstance(value, dict):
            return None
        if isinstance(value.get("of"), list):
            return value | {"of": [self.expression(part) for part in value["of"]]}
        named = {name: self.question(value[name]) for name in ("rows", "q") if value.get(name) is not None}
        return value | named | ({"where": self.condition(value["where"])} if "where" in value else {})

    def _choices(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._choices(each) if isinstance(each, str) else each for each in value]
        # «Другое» and «ничего из этого» are no blocks; no id looks like their keys.
        return self.of("c", value) if isinstance(value, str) and value not in OWN_CHOICES else value


def key_of(letter: str, identity: str | None, clashing: set[str]) -> str:
    """The key of a block, long where several ids begin like it."""
    identity = _identity(identity)
    return letter + (identity if identity[:SHORT] in clashing else identity[:SHORT])


def rule_keys(rules: Raw) -> list[str]:
    """The keys of rules; a rule never changes the key of a question."""
    clashing = _clashing(iter(rules))
    return [key_of("r", rule["id"], clashing) for rule in rules]


def _clashing(blocks: Iterator[dict[str, Any]]) -> set[str]:
    # Only ids that begin alike get long keys (about one form in 10 000); the keys of the others never change.
    shortened = Counter(identity[:SHORT] for identity in {_identity(block["id"]) for block in blocks})
    return {short for short, times in shortened.items() if times > 1}


def _identity(identity: str | None) -> str:
    return (identity or "").lower().replace("-", "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _blocks(steps: Raw) -> Iterator[dict[str, Any]]:
    yield from steps
    for question in _questions(steps):
        yield question
        yield from question["value"].get("choices") or []
        yield from (question["value"].get("more") or {}).get("papers") or []


def _questions(holders: Raw) -> Iterator[dict[str, Any]]:
    """Every question of some steps or groups, those of a group after it."""
    for holder in holders:
        for question in holder["value"].get("questions") or []:
            yield question
            yield from _questions([question])


class Ids:
    """Block ids by the keys of a document; a key that this module made gives back the beginning of its id."""

    def __init__(self, seed: str, steps: Raw) -> None:
        self.seed = seed
        fields = [field for step in steps for outer in step["fields"] for field in (outer, *outer.get("fields", ()))]
        self.known = {field["key"] for field in fields}
        self.choices = {
            field["key"]: {choice["key"] for choice in field["options"]["choices"]}
            for field in fields
            if "choices" in (field.get("options") or {})
        }

    def of(self, key: str, owner: str = "") -> str:
        """The id of a step, a question, or a choice of the question `owner`."""
        made = str(uuid5(NAMESPACE_URL, f"form:{self.seed}:{owner}:{key}"))
        ours = OUR_KEY.fullmatch(key)
        return ours.group(1) + made[SHORT:] if ours else made

    def words(self, text: str) -> str:
        """A text with the new keys of the questions whose answers stand in it."""
        return PLACE.sub(self._place, text)

    def _place(self, found: re.Match[str]) -> str:
        key = found.group(1)
        return found.group().replace(key, key_of("q", self.of(key), set()), 1) if key in self.known else found.group()

    def condition(self, value: Any) -> Any:
        """A condition with ids in place of keys."""
        if not value:
            return None
        if "of" in value:
            return {"op": value["op"], "of": [self.condition(part) for part in value["of"]]}
        if "rows" in value:
            inner = {"where": self.condition(value["where"])} if "where" in value else {}
            return value | {"rows": self.of(value["rows"])} | inner
        key = value["q"]
        leaf = value | {"q": self.of(key)}
        if "v" in value:
            leaf["v"] = self._value(value["v"], key)
        if "q" in value.get("to", ()):
            leaf["to"] = value["to"] | {"q": self.of(value["to"]["q"])}
        return leaf

    def expression(self, value: Any) -> Any:
        """An expression with ids in place of keys, or one of its operands."""
        if not value:
            return None
        if "of" in value:
            return value | {"of": [self.expression(part) for part in value["of"]]}
        named = {name: self.of(value[name]) for name in ("rows", "q") if value.get(name)}
        return value | named | ({"where": self.condition(value["where"])} if "where" in value else {})

    def _value(self, value: Any, owner: str) -> Any:
        if isinstance(value, list):
            return [self._value(each, owner) for each in value]
        return self.of(value, owner) if value in self.choices.get(owner, ()) else value
