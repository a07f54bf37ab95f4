"""From the editor's blocks to a definition document, and from a document back to blocks; see `keys` for the names."""

from typing import Any

from forms.definitions.document import FORMAT
from forms.definitions.rule import PARTS

from .blocks import settings
from .blocks.setting import words
from .keys import Ids, Keys, Raw, rule_keys


def compile_steps(steps: Raw) -> list[dict[str, Any]]:
    """The `steps` of a document from `StreamValue.get_prep_value()`."""
    keys = Keys(steps)
    return [
        {
            "key": keys.of("s", step["id"]),
            "title": words(step["value"].get("title")),
            "lead": words(step["value"].get("lead")),
            "show_if": keys.condition(step["value"].get("show_if")),
            "fields": [_question(block, keys) for block in step["value"].get("questions") or []],
        }
        for step in steps
    ]


def _question(block: dict[str, Any], keys: Keys) -> dict[str, Any]:
    value, name = block["value"], block["type"]
    rare = value.get("more") or {}
    return {
        "key": keys.of("q", block["id"]),
        "type": name,
        "label": words(value.get("label")),
        "hint": words(value.get("hint")),
        "required": bool(value.get("required")),
        "show_if": keys.condition(value.get("show_if")),
        "options": settings.write(name, value, keys),
        "required_if": keys.condition(rare.get("required_if")),
        "staff": bool(rare.get("staff")),
    } | ({"fields": [_question(each, keys) for each in value.get("questions") or []]} if name == "group" else {})


def compile_rules(rules: Raw, steps: Raw) -> list[dict[str, Any]]:
    """The `rules` of a document from the stored value of both streams."""
    keys = Keys(steps)
    return [
        {"key": key, "kind": rule["type"], "if": keys.condition(rule["value"].get("when"))}
        | _rule_parts(rule["type"], rule["value"], keys)
        for rule, key in zip(rules, rule_keys(rules), strict=True)
    ]


def _rule_parts(kind: str, value: dict[str, Any], keys: Keys) -> dict[str, Any]:
    parts: dict[str, Any] = {name: _lines(value.get(name)) for name in PARTS[kind] if name in value}
    if kind == "stop":
        step = keys.step((value.get("more") or {}).get("step"))
        return parts | {"link": words(value.get("link")), "hard": bool(value.get("hard")), "step": step}
    if kind == "check":
        asked = [item.get("value") for item in value.get("questions") or []]
        return parts | {"fields": [keys.question(identity) for identity in asked if identity]}
    return {"level": int(value.get("level") or 0)} if kind == "urgency" else parts


def _lines(value: Any) -> str:
    """Text with its lines, without blanks around it."""
    return "\n".join(line.rstrip() for line in value.strip().splitlines()) if isinstance(value, str) else ""


def document(page: Any) -> dict[str, Any]:
    """The definition document of a form page, saved or not; not checked yet."""
    steps = page.steps.get_prep_value()
    return {
        "format": FORMAT,
        "title": page.title,
        "purpose": page.lead,
        "minutes": page.minutes or 0,
        "at_hand": page.at_hand_items,
        "team": page.team or None,
        "consent": {
            "version": 1,
            "text": page.consent_text,
            "summary": page.consent_summary,
            "dated": page.consent_dated.isoformat() if page.consent_dated else "",
        },
        "texts": {"receipt": page.receipt_text},
        "steps": compile_steps(steps),
        "rules": compile_rules(page.rules.get_prep_value(), steps),
    }


def blocks_from(steps: Raw, seed: str) -> Raw:
    """Blocks for the `steps` of a document. Ids follow from `seed` and the keys, so a second import gives the same."""
    ids = Ids(seed, steps)
    return [
        {
            "type": "step",
            "id": ids.of(step["key"]),
            "value": {
                "title": ids.words(step["title"]),
                "lead": ids.words(step.get("lead", "")),
                "show_if": ids.condition(step.get("show_if")),
                "questions": [_question_block(field, ids) for field in step["fields"]],
            },
        }
        for step in steps
    ]


def _question_block(field: dict[str, Any], ids: Ids) -> dict[str, Any]:
    options = dict(field.get("options") or {})
    visible, rare = settings.read(field["type"], options, ids, field["key"])
    if options:
        raise ValueError(f"{field['key']}: no setting of the editor for {sorted(options)}")
    rare |= {"required_if": ids.condition(field.get("required_if")), "staff": field.get("staff", False)}
    if isinstance(visible.get("text"), str):
        visible["text"] = ids.words(visible["text"])
    value: dict[str, Any] = {
        "label": ids.words(field["label"]),
        "hint": ids.words(field.get("hint", "")),
        "required": field.get("required", True),
        "show_if": ids.condition(field.get("show_if")),
        "more": rare,
    }
    if "fields" in field:
        value["questions"] = [_question_block(each, ids) for each in field["fields"]]
    return {"type": field["type"], "id": ids.of(field["key"]), "value": value | visible}


def rule_blocks_from(rules: Raw, steps: Raw, seed: str) -> Raw:
    """Blocks for the `rules` of a document whose `steps` became blocks by the same `seed`."""
    ids = Ids(seed, steps)
    return [
        {"type": rule["kind"], "id": ids.of(rule["key"], "rule"), "value": _rule_value(rule, ids)} for rule in rules
    ]


def _rule_value(rule: dict[str, Any], ids: Ids) -> dict[str, Any]:
    kind = rule["kind"]
    value = {"when": ids.condition(rule["if"])} | {name: rule[name] for name in PARTS[kind] if name in rule}
    if kind == "stop":
        value["more"] = {"step": ids.of(step) if (step := value.pop("step", "")) else ""}
    elif kind == "check":
        keys = value.pop("fields", [])
        value["questions"] = [{"type": "item", "id": ids.of(key, rule["key"]), "value": ids.of(key)} for key in keys]
    elif kind == "urgency":
        value["level"] = str(rule.get("level") or "")
    return value
