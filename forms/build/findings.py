"""Findings of the checks with the place in the editor that each is about."""

from typing import Any

from forms.definitions.checks import Finding
from forms.definitions.parsing import Path

from . import gate
from .readiness import Readiness


def context(ready: Readiness) -> dict[str, object]:
    """What the list in the editor needs."""
    found = anchored(ready.page, ready.findings)
    return {
        "ready": ready,
        "errors": [each for each in found if each["is_error"]],
        "warnings": [each for each in found if not each["is_error"]],
        "page_id": ready.page.pk,
    }


def anchored(page: Any, findings: list[Finding]) -> list[dict[str, Any]]:
    """Findings with the place in the editor that each is about."""
    streams = {name: getattr(page, name).get_prep_value() for name in gate.STREAMS}
    return [
        {"sentence": finding.sentence, "is_error": finding.is_error, "anchor": _anchor(streams, finding.path)}
        for finding in findings
    ]


def _anchor(streams: dict[str, list[dict[str, Any]]], path: Path) -> str:
    """The nearest block that the path leads into, else the field of the page."""
    if not path or path[0] not in streams:
        return f"id_{gate.PAGE_FIELDS.get(path) or gate.PAGE_FIELDS.get(path[:1], 'title')}"
    block, blocks = None, streams[str(path[0])]
    for name in path[1:]:
        if isinstance(name, int) and name < len(blocks):
            block = blocks[name]
            blocks = block["value"].get("questions") or []
        elif name != "fields":
            break
    return f"block-{block['id']}-section" if block else f"{path[0]}-root"
