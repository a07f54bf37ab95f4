"""The addresses of the queue's API on a page of the admin: for who may see the queue, or gives out keys."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.access_keys import MANAGE
from forms.api import documentation
from forms.applications.querysets import VIEW

from .urls import OPENAPI, api


class DescriptionView(WagtailAdminTemplateMixin, View):
    """Made from the OpenAPI document, as the public page is."""

    page_title = _("Очередь для программ")
    header_icon = "code"
    template_name = "api/staff_docs.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who has nothing to do with it."""
        if not (request.user.has_perm(VIEW) or request.user.has_perm(MANAGE)):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every address with what it takes and gives."""
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """One level."""
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The sections, without a query."""
        found = documentation.sections(api.get_openapi_schema())
        return super().get_context_data(**kwargs) | {"api": api, "sections": found, "openapi": OPENAPI}
