"""A question answered with files, as the template draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.applications.models import Upload
from forms.definitions.fields.file import HOW, NOW


@dataclass(frozen=True, slots=True)
class How:
    """One way of handing in a paper."""

    id: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """One input for files with what is there already; without label and options where any files may come."""

    id: str
    name: str
    label: str
    options: tuple[How, ...]
    uploads: tuple[Upload, ...]


def papers(bound: Any, uploads: list[Upload]) -> list[Paper]:
    """The inputs of a bound field whose widget is a FileWidget."""
    listed = bound.field.widget.papers
    if not listed:
        return [Paper(f"{bound.auto_id}_files", bound.html_name, "", (), tuple(uploads))]
    value = bound.value()
    said = value.get("papers") if isinstance(value, Mapping) else None
    said = said if isinstance(said, Mapping) else {}
    return [_paper(bound, key, label, said.get(key), uploads) for key, label in listed]


def _paper(bound: Any, key: str, label: str, said: Any, uploads: list[Upload]) -> Paper:
    name = f"{bound.html_name}_{key}"
    how = said.get("how") if isinstance(said, Mapping) else ""
    mine = tuple(upload for upload in uploads if upload.paper == key)
    if any(upload.unsent_of_id for upload in mine):
        how = NOW  # what is chosen on the status page comes with the answer
    options = tuple(
        How(f"{bound.auto_id}_{key}_{value}", value, str(words), value == how) for value, words in HOW.items()
    )
    return Paper(f"{bound.auto_id}_{key}", name, label, options, mine)
