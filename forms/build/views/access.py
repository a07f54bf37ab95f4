"""A screen about what an editor has in hand: the newest draft, and the live page that it will replace."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from forms.build.models import FormPage

from .screen import OneFormScreen, newest


class DraftScreen(OneFormScreen):
    """`self.page` is the newest draft, `self.live` the page as stored. Only for who may edit the page."""

    page: FormPage
    live: FormPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An alias has nothing of its own."""
        self.live = self.page
        if self.live.alias_of_id:
            raise PermissionDenied
        self.rights = self.live.permissions_for_user(request.user)
        self.page = newest(self.live)
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    @property
    def edit_url(self) -> str:
        """The page editor."""
        return reverse("wagtailadmin_pages:edit", args=[self.live.pk])

    def draw(self, status: int = 200, **extra: Any) -> HttpResponse:
        """The screen as it is now."""
        return self.render_to_response(self.get_context_data(**extra), status=status)
