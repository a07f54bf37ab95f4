"""The publish gate: what is wrong with a form, and where in the editor to show it."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import (
    Block,
    ListBlock,
    ListBlockValidationError,
    StreamBlock,
    StreamBlockValidationError,
    StructBlock,
    StructBlockValidationError,
)

from forms.applications import trials
from forms.applications.models import Trial
from forms.definitions import checks
from forms.definitions.document import Definition
from forms.definitions.parsing import DefinitionError, Path

from . import promises
from .blocks import settings
from .compiler import document

# Where the editor mends a problem of the document; the rest is shown above the steps.
PAGE_FIELDS: dict[Path, str] = {
    ("title",): "title",
    ("slug",): "slug",
    ("team",): "team",
    ("minutes",): "minutes",
    ("at_hand",): "at_hand",
    ("consent", "text"): "consent_text",
    ("consent", "summary"): "consent_summary",
    ("texts", "receipt"): "receipt_text",
    ("retention",): "retention_months",
    ("opens_at",): "opens_at",
    ("closes_at",): "closes_at",
}
INSIDE = {"fields": "questions", "type": "label", "key": "label", "if": "when"}
STREAMS = {"steps", "rules"}
# Folded settings that show themselves what is wrong with them; the rest of the options is told at the one in sight.
FOLDED = {"required_if", "step", "choices_if"}
SETTINGS_IN_SIGHT = sorted({setting.name for setting in settings.VISIBLE.values()})

UNTRIED = gettext_lazy("Отправьте пробную заявку: после последних правок её не было")


class NotReady(Exception):
    """The form has problems and must not go live; `problems` as from `problems_of`, `page` is the form's."""

    def __init__(self, problems: list[checks.Problem], page: Any) -> None:
        super().__init__(_("Форма ещё не готова: %s") % "; ".join(sentence for _path, sentence in problems[:3]))
        self.problems, self.page = problems, page


def definition_of(page: Any) -> Definition:
    """The page compiled; raises NotReady when anything stands against publishing it, an untried content too."""
    definition, findings = inspect(page)
    problems = errors(findings)
    if definition is None or problems:
        raise NotReady(problems, page)
    if not trials.is_tried(page.pk, content_digest(definition)):
        raise NotReady([(("trial",), str(UNTRIED))], page)
    return definition


def inspect(page: Any) -> tuple[Definition | None, list[checks.Finding]]:
    """A page compiled, saved or not (None when it cannot be read), and all that is to be said about it."""
    try:
        definition = Definition.from_json(document(page))
    except DefinitionError as error:
        return None, [checks.Finding(path, sentence) for path, sentence in error.problems]
    return definition, [*checks.findings(definition), *promises.findings(page, definition)]


def errors(findings: list[checks.Finding]) -> list[checks.Problem]:
    """What stands against publishing, as (path in the document, sentence)."""
    return [(finding.path, finding.sentence) for finding in findings if finding.is_error]


def problems_of(page: Any) -> list[checks.Problem]:
    """Every problem that can be mended in the editor; a trial that is missing is not among them."""
    return errors(inspect(page)[1])


def content_digest(definition: Definition) -> str:
    """Names a content: the same for what an editor has and what was published of it, whose consent got a number."""
    return definition.with_consent(replace(definition.consent, version=1, dated="")).digest()


def vouch(page: Any, how: Trial.How, user: Any = None) -> None:
    """Let the present content of a page pass without a trial, on record; nothing when it cannot be read."""
    definition, _findings = inspect(page)
    if definition:
        trials.vouch(page, content_digest(definition), how, user)


def by_page_field(problems: list[checks.Problem]) -> dict[str, list[checks.Problem]]:
    """Problems by the field of the page that shows them; those of steps and rules keep their path without that."""
    sorted_out: dict[str, list[checks.Problem]] = {}
    for path, sentence in problems:
        if path and path[0] in STREAMS:
            sorted_out.setdefault(str(path[0]), []).append((_precise(path[1:]), sentence))
        else:
            name = PAGE_FIELDS.get(path) or PAGE_FIELDS.get(path[:1], "steps")
            sorted_out.setdefault(name, []).append(((), sentence))
    return sorted_out


def _precise(path: Path) -> Path:
    """The path of a problem with a folded setting: `options, choices_if, key` is `more, choices_if` of the editor."""
    place = next((place for place, name in enumerate(path) if name in FOLDED), None)
    if place is None:
        return path
    above = path[: place - 1] if path[place - 1] == "options" else path[:place]
    return (*above, "more", path[place])


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
