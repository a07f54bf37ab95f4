"""Every address of the portal, by room."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from forms.build.views import paper
from portal import health, media

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/images/<path:name>", media.image, name="image"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include("forms.apply.urls")),
    path("forms/<slug:slug>/paper/", paper.published, name="paper"),
    path("api/", include("forms.api.urls")),
    path("", include(wagtail_urls)),
]
