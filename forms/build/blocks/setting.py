"""Kinds of settings: the block that an editor fills, and what it is among the options of a question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.definitions.fields import choices

from .reference import QuestionReference

Options = dict[str, Any]


class ToKeys(Protocol):
    """Names the parts of a form; see `keys.Keys`."""

    choices: set[str]

    def of(self, letter: str, identity: str | None) -> str: ...
    def question(self, identity: Any) -> str: ...
    def group_of(self, identity: Any) -> str: ...
    def condition(self, value: Any) -> Any: ...
    def expression(self, value: Any) -> Any: ...


class ToIds(Protocol):
    """Names blocks; see `keys.Ids`."""

    def of(self, key: str, owner: str = "") -> str: ...
    def condition(self, value: Any) -> Any: ...
    def expression(self, value: Any) -> Any: ...


@dataclass(frozen=True)
class Setting:
    """One block of a question. `write` gives the options for its stored value; `read` takes them out of the options.

    `read` leaves in the options what the block cannot hold. Blank values are no options at all.
    """

    name: str
    block: Callable[[], blocks.Block]
    write: Callable[[Any, ToKeys], Options]
    read: Callable[[Options, ToIds, str], Any]


class OptionBlock(blocks.StructBlock):
    """One answer of a list."""

    text = blocks.CharBlock(label=_("Вариант"), required=False, max_length=choices.LABEL_LENGTH)

    class Meta:
        label = _("Вариант")
        label_format = "{text}"
        icon = "radio-empty"


BLANK: dict[type[blocks.Block], Any] = {
    blocks.BooleanBlock: False,
    blocks.CharBlock: "",
    blocks.ChoiceBlock: "",
    blocks.TextBlock: "",
}


def plain(name: str, block: type[blocks.Block], **kwargs: Any) -> Setting:
    """A setting that is its option, under the same name."""
    blank = kwargs.get("default", BLANK.get(block))

    def read(options: Options, _ids: ToIds, _owner: str) -> Any:
        value = options.pop(name, None)
        return blank if value is None else value

    def write(value: Any, _keys: ToKeys) -> Options:
        value = value.strip() if isinstance(value, str) else value
        return {} if value is None or value in ("", False, []) else {name: _number(value)}

    return Setting(name, lambda: block(required=False, **kwargs), write, read)


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def always(name: str, default: int, most: int, label: Any) -> Setting:
    """A whole number that the type must know."""

    def block() -> blocks.Block:
        return blocks.IntegerBlock(required=False, default=default, min_value=1, max_value=most, label=label)

    return Setting(
        name, block, lambda value, _k: {name: value or default}, lambda options, _i, _o: options.pop(name, default)
    )


def unless(name: str, label: Any) -> Setting:
    """A tick that is there from the start; only its absence is an option."""

    def block() -> blocks.Block:
        return blocks.BooleanBlock(required=False, default=True, label=label)

    return Setting(
        name,
        block,
        lambda value, _k: {name: False} if value is False else {},
        lambda options, _i, _o: options.pop(name, True),
    )


def listed(name: str, label: Any, help_text: Any = "") -> Setting:
    """A list of words, each known by the id of its block."""

    def block() -> blocks.Block:
        # default=[] on purpose: with any other default every new question would share the ids of its choices.
        return blocks.ListBlock(OptionBlock(), label=label, default=[], help_text=help_text)

    def write(value: Any, keys: ToKeys) -> Options:
        found = [{"key": keys.of("c", item["id"]), "label": words(item["value"].get("text"))} for item in value or []]
        return {name: found} if found or name == "choices" else {}

    def read(options: Options, ids: ToIds, owner: str) -> Any:
        return [
            {"type": "item", "id": ids.of(choice["key"], owner), "value": {"text": choice["label"]}}
            for choice in options.pop(name, [])
        ]

    return Setting(name, block, write, read)


def reference(name: str, types: tuple[str, ...], label: Any) -> Setting:
    """An earlier question of one of the types."""

    def write(value: Any, keys: ToKeys) -> Options:
        return {name: keys.of("q", value)} if value else {}

    def read(options: Options, ids: ToIds, _owner: str) -> Any:
        key = options.pop(name, None)
        return ids.of(key) if key else ""

    return Setting(name, lambda: QuestionReference(types, label=label), write, read)


def words(value: Any) -> str:
    """One line of text with single spaces."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def pair(name: str, label: Any, block: Callable[..., blocks.Block], low: str, high: str, **kwargs: Any) -> Setting:
    """Two bounds in one row."""

    def pair() -> blocks.Block:
        inner = [
            ("low", block(required=False, label=_("От"), **kwargs)),
            ("high", block(required=False, label=_("До"), **kwargs)),
        ]
        return blocks.StructBlock(inner, label=label, form_classname="struct-block q-pair")

    def write(value: Any, _keys: ToKeys) -> Options:
        given = {low: (value or {}).get("low"), high: (value or {}).get("high")}
        return {key: _bound(bound) for key, bound in given.items() if bound is not None and bound != ""}

    def read(options: Options, _ids: ToIds, _owner: str) -> Any:
        return {"low": options.pop(low, None), "high": options.pop(high, None)}

    return Setting(name, pair, write, read)


def _bound(value: Any) -> Any:
    if isinstance(value, time) or (isinstance(value, str) and ":" in value):
        return str(value)[:5]
    return _number(value)


# --- Answers that exclude the others ---


class NoneBlock(blocks.StructBlock):
    """«Ничего из этого»."""

    offered = blocks.BooleanBlock(required=False, label=_("Добавить ответ «Ничего из этого»"))
    text = blocks.CharBlock(required=False, max_length=100, label=_("Другие слова для него"))

    class Meta:
        label = _("Ответ, который исключает остальные")


def excluding() -> Setting:
    """The option `none` of a multiple choice."""

    def write(value: Any, _keys: ToKeys) -> Options:
        value = value or {}
        return {"none": words(value.get("text")) or True} if value.get("offered") else {}

    def read(options: Options, _ids: ToIds, _owner: str) -> Any:
        given = options.pop("none", None)
        return {"offered": bool(given), "text": given if isinstance(given, str) else ""}

    return Setting("none", NoneBlock, write, read)


# --- Shorthands ---


def text(name: str, most: int, label: Any, **kwargs: Any) -> Setting:
    """A line of text."""
    return plain(name, blocks.CharBlock, max_length=most, label=label, **kwargs)


def tick(name: str, label: Any) -> Setting:
    """A tick that is off from the start."""
    return plain(name, blocks.BooleanBlock, label=label)


def one_of(name: str, named: list[tuple[str, Any]], label: Any, blank: Any) -> Setting:
    """A list of names; `blank` are the words for none of them."""
    return plain(name, blocks.ChoiceBlock, choices=[("", blank), *named], label=label)
