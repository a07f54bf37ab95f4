"""Every address of the portal, by room."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from forms.build.views import paper
from home import finding
from portal import health, media
from services import offline

handler500 = "home.views.broken.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("media/images/<path:name>", media.image, name="image"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("offline/", offline.page, name="offline"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include("forms.apply.urls")),
    path("forms/<slug:slug>/paper/", paper.published, name="paper"),
    path("api/staff/", include("forms.api.staff.urls")),
    path("api/", include("forms.api.urls")),
    # Its own view for pages is the last; ours stands in its place.
    path("", include(wagtail_urls.urlpatterns[:-1])),
    re_path(wagtail_urls.serve_pattern, finding.serve, name="wagtail_serve"),
]
