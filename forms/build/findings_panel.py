"""The panel above the questions that says what is wrong with the draft, and stays true while one drafts."""

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from . import findings
from .readiness import Readiness


class FindingsPanel(Panel):
    """Drawn from the newest saved draft; the script asks again after each autosave."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "build/admin/findings.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Of a page that was never saved there is nothing to say yet."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            # The script puts the page's id in place of the 0: a new page gets one with its first autosave.
            context["url"] = reverse("form_build:findings", args=[0])
            if page is None or not page.pk:
                return context | {"page_id": None}
            return context | findings.context(Readiness(page.get_latest_revision_as_object()))

        @property
        def media(self) -> forms.Media:
            """The styles of the admin's own screens, and what moves to a finding."""
            files: list[Any] = [versioned_static("wagtailadmin/js/telepath/blocks.js"), "form_build/findings.js"]
            return forms.Media(css={"all": ["portal/queue.css", "form_build/builder.css"]}, js=files)
