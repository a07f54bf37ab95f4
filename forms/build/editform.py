"""The form of the page editor: a draft may be half-built, publishing may not."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from . import gate


class FormPageForm(WagtailAdminPageForm):
    """Shows the problems of a form at their blocks, and only where the page is about to be published.

    Here and not in the blocks: Wagtail keeps its deferral flags on block objects that all threads share, so an autosave
    could switch a check off for somebody else's publishing.
    """

    def is_valid(self) -> bool:
        # Who rejects a broken form in a workflow must be able to.
        if self.data.get("workflow-action-name") == "reject":
            self.defer_required_fields()
        return super().is_valid()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.is_deferred_validation or "steps" not in data:
            return data
        page = self.instance
        for name in ("title", "lead", "slug", "minutes", "at_hand", "steps", "consent_text", "consent_summary"):
            setattr(page, name, data.get(name, getattr(page, name)))
        page.consent_dated = data.get("consent_dated")
        for name, problems in gate.by_page_field(gate.problems_of(page)).items():
            if name == "steps":
                self.add_error("steps", gate.nest(self.fields["steps"].block, data["steps"], problems))
            elif name in self.fields and name not in self.errors:
                self.add_error(name, ValidationError([sentence for _path, sentence in problems]))
        return data
