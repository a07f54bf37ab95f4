"""The form of the page editor: a draft may be half-built, publishing may not."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Select
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from . import gate
from .admission import Admission
from .blocks.rules import teams

READ = (
    *("title", "lead", "slug", "minutes", "at_hand", "team", "steps", "rules"),
    *("consent_text", "consent_summary", "consent_dated", "receipt_text"),
    *(field.name for field in Admission._meta.local_fields),
)
"""Fields of the page that the gate looks at."""


class FormPageForm(WagtailAdminPageForm):
    """Shows the problems of a form at their blocks, and only where the page is about to be published.

    Here and not in the blocks: Wagtail keeps its deferral flags on block objects that all threads share, so an autosave
    could switch a check off for somebody else's publishing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "team" in self.fields:
            names, named = teams(), self.initial.get("team") or ""
            gone = [] if named in {"", *dict(names)} else [(named, _("%s (такой команды нет)") % named)]
            self.fields["team"].widget = Select(choices=[("", _("по муниципалитету заявителя")), *gone, *names])

    def is_valid(self) -> bool:
        # Who rejects a broken form in a workflow must be able to.
        if self.data.get("workflow-action-name") == "reject":
            self.defer_required_fields()
        return super().is_valid()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.is_deferred_validation or not data.keys() >= gate.STREAMS:
            return data
        self._say_what_is_wrong(data)
        if self.data.get("workflow-action-name") == "approve" and self.is_untried():
            self.add_error(None, gate.UNTRIED)
        return data

    def is_untried(self) -> bool:
        """Whether all is in order and only the trial is missing: approving would meet the gate."""
        try:
            gate.definition_of(self.instance)
        except gate.NotReady as refused:
            return not gate.problems_of(self.instance) and bool(refused.problems)
        return False

    def _say_what_is_wrong(self, data: dict[str, Any]) -> None:
        page = self.instance
        for name in READ:
            if name in data:
                setattr(page, name, data[name])
        for name, problems in gate.by_page_field(gate.problems_of(page)).items():
            if name in gate.STREAMS:
                self.add_error(name, gate.nest(self.fields[name].block, data[name], problems))
            elif name in self.fields and name not in self.errors:
                self.add_error(name, ValidationError([sentence for _path, sentence in problems]))
