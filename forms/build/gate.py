"""The publish gate: what is wrong with a form, and where in the editor to show it."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import (
    Block,
    ListBlock,
    ListBlockValidationError,
    StreamBlock,
    StreamBlockValidationError,
    StructBlock,
    StructBlockValidationError,
)

from forms.definitions import checks
from forms.definitions.document import Definition
from forms.definitions.parsing import DefinitionError, Path

from .blocks import settings
from .compiler import document
from .teams import unknown_teams

# Where the editor mends a problem of the document; the rest is shown above the steps.
PAGE_FIELDS: dict[Path, str] = {
    ("title",): "title",
    ("slug",): "slug",
    ("team",): "team",
    ("minutes",): "minutes",
    ("at_hand",): "at_hand",
    ("consent", "text"): "consent_text",
    ("consent", "summary"): "consent_summary",
}
INSIDE = {"fields": "questions", "type": "label", "key": "label", "required_if": "more", "if": "when", "step": "more"}
STREAMS = {"steps", "rules"}
SETTINGS_IN_SIGHT = sorted({setting.name for setting in settings.VISIBLE.values()})

# Applications are sent to /apply/<slug>/, whose converter takes nothing else.
ADDRESS = re.compile(r"[-a-zA-Z0-9_]+")


class NotReady(PermissionDenied):
    """The form has problems and must not go live; `problems` as from `problems_of`."""

    def __init__(self, problems: list[checks.Problem]) -> None:
        super().__init__(_("Форма ещё не готова: %s") % "; ".join(sentence for _path, sentence in problems[:3]))
        self.problems = problems


def definition_of(page: Any) -> Definition:
    """The page compiled; raises NotReady when anything stands against publishing it."""
    try:
        definition = Definition.from_json(document(page))
    except DefinitionError as error:
        raise NotReady(error.problems) from error
    problems = checks.problems(definition) + unknown_teams(definition)
    if not ADDRESS.fullmatch(page.slug or ""):
        problems.append((("slug",), _("Напишите адрес латинскими буквами, цифрами и дефисами")))
    if problems:
        raise NotReady(problems)
    return definition


def problems_of(page: Any) -> list[checks.Problem]:
    """Every problem of a form page, saved or not, as (path in the document, sentence)."""
    try:
        definition_of(page)
    except NotReady as error:
        return error.problems
    return []


def by_page_field(problems: list[checks.Problem]) -> dict[str, list[checks.Problem]]:
    """Problems by the field of the page that shows them; those of steps and rules keep their path without that."""
    sorted_out: dict[str, list[checks.Problem]] = {}
    for path, sentence in problems:
        if path and path[0] in STREAMS:
            sorted_out.setdefault(str(path[0]), []).append((path[1:], sentence))
        else:
            name = PAGE_FIELDS.get(path) or PAGE_FIELDS.get(path[:1], "steps")
            sorted_out.setdefault(name, []).append(((), sentence))
    return sorted_out


def nest(block: Block, value: Any, problems: list[checks.Problem]) -> ValidationError:
    """Fold problems into the nested error that Wagtail shows at the right block. `value` is the block's own."""
    here = [sentence for path, sentence in problems if not path]
    below: dict[str | int, list[checks.Problem]] = {}
    for path, sentence in problems:
        if not path:
            continue
        name = _inside(block, value, path[0])
        if name is None:
            here.append(sentence)
        else:
            below.setdefault(name, []).append((path[1:], sentence))
    if isinstance(block, StreamBlock):
        inner = {n: nest(value[n].block, value[n].value, found) for n, found in below.items() if isinstance(n, int)}
        return StreamBlockValidationError(block_errors=inner, non_block_errors=here)
    if isinstance(block, StructBlock):
        children = {str(n): nest(block.child_blocks[n], value.get(n), found) for n, found in below.items()}
        return StructBlockValidationError(block_errors=children, non_block_errors=here)
    if isinstance(block, ListBlock):
        return ListBlockValidationError(non_block_errors=here)
    return ValidationError(here)


def _inside(block: Block, value: Any, name: str | int) -> str | int | None:
    """The child block for a name of the document; None when the problem belongs to the block itself."""
    if isinstance(block, StreamBlock):
        return name if isinstance(name, int) and name < len(value) else None
    if not isinstance(block, StructBlock):
        return None
    if name == "options":
        # The sentence says which setting: it stands at the one in sight, or with the folded ones.
        return next((child for child in (*SETTINGS_IN_SIGHT, "more") if child in block.child_blocks), None)
    name = INSIDE.get(str(name), name)
    return name if name in block.child_blocks else None
