"""Addresses below /admin/form-build/; Wagtail's hook puts a sign-in before all of them."""

from django.urls import path

from .views import export, new_form

app_name = "form_build"
urlpatterns = [
    path("new/", new_form.NewFormScreen.as_view(), name="new"),
    path("<int:page_id>/export/", export.export, name="export"),
    path("<int:page_id>/copy/", new_form.CopyScreen.as_view(), name="copy"),
]
