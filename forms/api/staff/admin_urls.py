"""Addresses of the keys and of the description, below Wagtail's admin."""

from django.urls import path

from .describing import DescriptionView
from .keys import KeysView, RevokeView

app_name = "form_api"

urlpatterns = [
    path("", KeysView.as_view(), name="keys"),
    path("<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
    path("docs/", DescriptionView.as_view(), name="docs"),
]
