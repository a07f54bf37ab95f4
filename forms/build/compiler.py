"""From the editor's blocks to a definition document, and from a document back to blocks.

Keys are computed and never stored: `q` and the first characters of the block's id, which survives every edit.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from forms.definitions import conditions
from forms.definitions.document import FORMAT
from forms.definitions.fields.choice import OTHER
from forms.definitions.fields.multiple_choice import NONE

from .blocks import settings
from .blocks.setting import words

Raw = list[dict[str, Any]]
SHORT = 8
GONE = "q_gone"
CHOSEN = {"choice", "multiple_choice"}
OWN_CHOICES = {OTHER, NONE}
OUR_KEY = re.compile(r"[qsc]([0-9a-f]{8})")


class Keys:
    """Key by block id, for the steps, questions and choices of one form."""

    def __init__(self, steps: Raw) -> None:
        shortened = Counter(identity[:SHORT] for identity in {_identity(block["id"]) for block in _blocks(steps)})
        # Only ids that begin alike get long keys (about one form in 10 000); the keys of the others never change.
        self.clashing = {short for short, times in shortened.items() if times > 1}

    def of(self, letter: str, identity: str | None) -> str:
        """The key of a block: `q` for a question, `s` for a step, `c` for a choice."""
        identity = _identity(identity)
        return letter + (identity if identity[:SHORT] in self.clashing else identity[:SHORT])


def _identity(identity: str | None) -> str:
    return (identity or "").lower().replace("-", "")


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


def compile_steps(steps: Raw) -> list[dict[str, Any]]:
    """The `steps` of a document from `StreamValue.get_prep_value()`."""
    keys = Keys(steps)
    types = {question["id"]: question["type"] for question in _questions(steps)}
    return [
        {
            "key": keys.of("s", step["id"]),
            "title": words(step["value"].get("title")),
            "lead": words(step["value"].get("lead")),
            "show_if": _condition(step["value"].get("show_if"), keys, types),
            "fields": [_question(block, keys, types) for block in step["value"].get("questions") or []],
        }
        for step in steps
    ]


def _question(block: dict[str, Any], keys: Keys, types: Mapping[str, str]) -> dict[str, Any]:
    value, name = block["value"], block["type"]
    rare = value.get("more") or {}
    return {
        "key": keys.of("q", block["id"]),
        "type": name,
        "label": words(value.get("label")),
        "hint": words(value.get("hint")),
        "required": bool(value.get("required")),
        "show_if": _condition(value.get("show_if"), keys, types),
        "options": settings.write(name, value, keys),
        "required_if": _condition(rare.get("required_if"), keys, types),
        "staff": bool(rare.get("staff")),
    } | ({"fields": [_question(each, keys, types) for each in value.get("questions") or []]} if name == "group" else {})


def _condition(value: Any, keys: Keys, types: Mapping[str, str]) -> Any:
    """The condition with keys in place of ids; whatever is malformed stays so and is found by the checks."""
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("of"), list):
        return {"op": value.get("op"), "of": [_condition(part, keys, types) for part in value["of"]]}
    if "rows" in value:
        inner = {"where": _condition(value["where"], keys, types)} if "where" in value else {}
        return value | {"rows": _question_key(value["rows"], keys, types)} | inner
    leaf = {"q": _question_key(value.get("q"), keys, types), "op": value.get("op")}
    if leaf["op"] in conditions.WITHOUT_VALUE:
        return leaf
    if isinstance(to := value.get("to"), dict):
        return leaf | {"to": to | ({"q": _question_key(to["q"], keys, types)} if "q" in to else {})}
    if "v" in value:
        chosen = types.get(_text(value.get("q"))) in CHOSEN
        leaf["v"] = _choice_keys(value["v"], keys) if chosen else value["v"]
    return leaf


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _question_key(identity: Any, keys: Keys, types: Mapping[str, str]) -> str:
    """Blank where no question is picked yet, GONE for a deleted one."""
    if not _text(identity):
        return ""
    return keys.of("q", identity) if identity in types else GONE


def _choice_keys(value: Any, keys: Keys) -> Any:
    if isinstance(value, list):
        return [_choice_keys(each, keys) if isinstance(each, str) else each for each in value]
    # «Другое» and «ничего из этого» are no blocks; no id looks like their keys.
    return keys.of("c", value) if isinstance(value, str) and value not in OWN_CHOICES else value


def document(page: Any) -> dict[str, Any]:
    """The definition document of a form page, saved or not; not checked yet."""
    return {
        "format": FORMAT,
        "title": page.title,
        "purpose": page.lead,
        "minutes": page.minutes or 0,
        "at_hand": page.at_hand_items,
        "team": None,
        "consent": {
            "version": 1,
            "text": page.consent_text,
            "summary": page.consent_summary,
            "dated": page.consent_dated.isoformat() if page.consent_dated else "",
        },
        "texts": {"receipt": page.receipt_text},
        "steps": compile_steps(page.steps.get_prep_value()),
    }


def blocks_from(steps: Raw, seed: str) -> Raw:
    """Blocks for the `steps` of a document. Ids follow from `seed` and the keys, so a second import gives the same."""
    ids = Ids(seed, steps)
    return [
        {
            "type": "step",
            "id": ids.of(step["key"]),
            "value": {
                "title": step["title"],
                "lead": step.get("lead", ""),
                "show_if": ids.condition(step.get("show_if")),
                "questions": [_question_block(field, ids) for field in step["fields"]],
            },
        }
        for step in steps
    ]


def _question_block(field: dict[str, Any], ids: "Ids") -> dict[str, Any]:
    options = dict(field.get("options") or {})
    visible, rare = settings.read(field["type"], options, ids, field["key"])
    if options:
        raise ValueError(f"{field['key']}: no setting of the editor for {sorted(options)}")
    rare |= {"required_if": ids.condition(field.get("required_if")), "staff": field.get("staff", False)}
    value: dict[str, Any] = {
        "label": field["label"],
        "hint": field.get("hint", ""),
        "required": field.get("required", True),
        "show_if": ids.condition(field.get("show_if")),
        "more": rare,
    }
    if "fields" in field:
        value["questions"] = [_question_block(each, ids) for each in field["fields"]]
    return {"type": field["type"], "id": ids.of(field["key"]), "value": value | visible}


class Ids:
    """Block ids by the keys of a document; a key that this module made gives back the beginning of its id."""

    def __init__(self, seed: str, steps: Raw) -> None:
        self.seed = seed
        self.choices = {
            field["key"]: {choice["key"] for choice in field["options"]["choices"]}
            for step in steps
            for outer in step["fields"]
            for field in (outer, *outer.get("fields", ()))
            if "choices" in (field.get("options") or {})
        }

    def of(self, key: str, owner: str = "") -> str:
        """The id of a step, a question, or a choice of the question `owner`."""
        made = str(uuid5(NAMESPACE_URL, f"form:{self.seed}:{owner}:{key}"))
        ours = OUR_KEY.fullmatch(key)
        return ours.group(1) + made[SHORT:] if ours else made

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

    def _value(self, value: Any, owner: str) -> Any:
        if isinstance(value, list):
            return [self._value(each, owner) for each in value]
        return self.of(value, owner) if value in self.choices.get(owner, ()) else value
