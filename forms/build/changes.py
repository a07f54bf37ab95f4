"""What publishing would change: against the version that people fill in now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.applications.models import Draft
from forms.definitions import diff, versions
from forms.definitions.diff import Change
from forms.definitions.document import Definition
from forms.definitions.models import FormVersion

from . import gate

if TYPE_CHECKING:
    from .models import FormPage


@dataclass(frozen=True, slots=True)
class Changes:
    """The version before (None before the first), each change, and how many drafts are under way."""

    before: FormVersion | None
    changes: tuple[Change, ...]
    drafts: int

    @property
    def next_number(self) -> int:
        """The number that the next version gets."""
        return self.before.number + 1 if self.before else 1


def of(page: "FormPage", definition: Definition | None) -> Changes:
    """The changes of a definition (None when it cannot be read) against what the page has published."""
    form = page.form
    before = form.versions.without_document().order_by("-number").first() if form else None
    if form is None or before is None:
        return Changes(None, (), 0)
    found = diff.diff(versions.compiled(before), definition) if definition else []
    drafts = Draft.objects.filter(form=form, application__isnull=True).count()
    return Changes(before, tuple(found), drafts)


def is_published(page: "FormPage", definition: Definition) -> bool:
    """Whether exactly this content is what people fill in now."""
    before = of(page, None).before
    if before is None:
        return False
    return gate.content_digest(versions.compiled(before)) == gate.content_digest(definition)
