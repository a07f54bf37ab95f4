"""From a row of a pack to the fields of a model: names checked, codes and slugs resolved, streams built."""

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from .packs import PackError, only, rows_of

PAGE_FIELDS = {"title", "slug", "seo_title", "search_description", "show_in_menus"}
_BOUND_TO_OTHERS = "services"  # what an article is about is bound to the news of the room below
Resolve = Callable[[type[models.Model], str, str], models.Model]
"""(model, code or slug, place) → the row, or PackError."""


def fill(instance: models.Model, row: dict[str, Any], place: str, resolve: Resolve) -> None:
    """Put the row into the instance; unknown keys and values that do not fit are a PackError. Saves nothing."""
    model = type(instance)
    children = _children(model)
    only(field_names(model) | set(children), row, place)
    for name, value in row.items():
        spot = f"{place}.{name}"
        if name in children:
            _add_children(instance, name, children[name], value, spot, resolve=resolve)
        else:
            _set(instance, model._meta.get_field(name), value, spot, resolve)


def checked(instance: models.Model, place: str, leave_out: tuple[str, ...] = ()) -> None:
    """Validate an instance and its children; PackError names the place."""
    try:
        if not isinstance(instance, Page):
            instance.full_clean(exclude=leave_out)
        for name, child_model in _children(type(instance)).items():
            parent = next(f.name for f in child_model._meta.local_fields if isinstance(f, ParentalKey))
            for child in getattr(instance, name).all():
                child.full_clean(exclude=[parent])
    except ValidationError as error:
        raise PackError(f"{place}: {sentences(error)}") from error


def sentences(error: ValidationError) -> str:
    """The messages of an error with their field names."""
    if hasattr(error, "message_dict"):
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    return " ".join(error.messages)


def field_names(model: type[models.Model]) -> set[str]:
    """What a row may say about a model: its own editable fields, of a page also title, slug and the like."""
    own = {
        field.name
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.editable and not field.primary_key and not isinstance(field, ParentalKey)
    }
    return own - {"sort_order"} | (PAGE_FIELDS if issubclass(model, Page) else set())


def _children(model: type[models.Model]) -> dict[str, Any]:
    return {
        relation.get_accessor_name(): relation.related_model
        for relation in get_all_child_relations(model)
        if relation.related_model._meta.app_label in {model._meta.app_label, _BOUND_TO_OTHERS}
    }


def _add_children(instance: Any, name: str, model: Any, value: Any, place: str, *, resolve: Resolve) -> None:
    made = []
    for number, row in enumerate(rows_of(value, place)):
        child = model()
        fill(child, row, f"{place}[{number}]", resolve)
        child.sort_order = number
        made.append(child)
    setattr(instance, name, made)


def _set(instance: Any, field: Any, value: Any, place: str, resolve: Resolve) -> None:
    if isinstance(field, models.ManyToManyField):
        if not isinstance(value, list):
            raise PackError(f"{place}: здесь ожидается список.")
        setattr(instance, field.name, [resolve(field.related_model, str(code), place) for code in value])
    elif isinstance(field, models.ForeignKey):
        setattr(instance, field.name, resolve(field.related_model, str(value), place))
    elif isinstance(field, StreamField):
        setattr(instance, field.name, json.dumps(_stream(field.stream_block, value, place), ensure_ascii=False))
    else:
        setattr(instance, field.name, _plain(field, value, place))


def _plain(field: Any, value: Any, place: str) -> Any:
    if isinstance(value, list) and isinstance(field, models.TextField):
        value = "\n".join(str(line) for line in value)
    try:
        return field.to_python(value.strip() if isinstance(value, str) else value)
    except ValidationError as error:
        raise PackError(f"{place}: {sentences(error)}") from error


def _stream(block: StreamBlock, value: Any, place: str) -> list[dict[str, Any]]:
    """Blocks written as `- heading: …`, one key each; the content alone where a stream has one kind of block."""
    made = []
    single = next(iter(block.child_blocks)) if len(block.child_blocks) == 1 else ""
    for number, row in enumerate(rows_of(value, place)):
        spot = f"{place}[{number}]"
        if single and single not in row:
            row = {single: row}  # noqa: PLW2901 - the same row, said in full
        if len(row) != 1:
            raise PackError(f"{spot}: у блока один ключ, его вид.")
        only(set(block.child_blocks), row, spot)
        (kind, content), *_rest = row.items()
        made.append({"type": kind, "value": _content(block.child_blocks[kind], content, f"{spot}.{kind}")})
    return made


def _content(block: Block, value: Any, place: str) -> Any:
    if isinstance(block, StructBlock):
        if not isinstance(value, dict):
            raise PackError(f"{place}: здесь ожидаются ключи со значениями.")
        only(set(block.child_blocks), value, place)
        return {name: _content(block.child_blocks[name], item, f"{place}.{name}") for name, item in value.items()}
    if isinstance(block, ListBlock):
        if not isinstance(value, list):
            raise PackError(f"{place}: здесь ожидается список.")
        return [_content(block.child_block, item, f"{place}[{number}]") for number, item in enumerate(value)]
    return value.strip() if isinstance(value, str) else value
