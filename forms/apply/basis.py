"""What a page knows of a step: by it a page that is old is told from one that may overwrite."""

import hashlib
import json

from forms.applications.models import Draft
from forms.definitions.document import Step

TAB = "tab"


def basis_of(draft: Draft | None, step: Step) -> str:
    """The digest of a draft's answers to one step and of what is typed into it."""
    if draft is None:
        return ""
    keys = [question.key for question in step.fields if question.key in draft.answers]
    known = {key: draft.answers[key] for key in keys}, draft.typed.get(step.key)
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:16] if any(known) else ""


def may_overwrite(draft: Draft, step: Step, basis: str, tab: str) -> bool:
    """Whether a page knows what it overwrites: the server's state when it was drawn, or what it sent itself."""
    return basis_of(draft, step) == basis or [tab] == (draft.typed.get(step.key) or {}).get(TAB)
