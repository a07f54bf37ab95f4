"""What the checks say about the draft, for the panel of the editor."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from forms.build import findings
from forms.build.readiness import Readiness

from .access import DraftScreen


class FindingsView(DraftScreen):
    """The inside of the panel, of the newest saved draft."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """A piece of HTML."""
        return TemplateResponse(request, "build/admin/findings_list.html", findings.context(Readiness(self.page)))
