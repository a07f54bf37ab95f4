"""The API of the portal: everything public is also reachable as JSON; nothing here needs or sets a cookie."""

from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI

from . import applications, content, edges, methods, problems, schema_of_forms, where
from .documentation import Documentation
from .rendering import Readable

api = NinjaAPI(
    title=str(_("Программный доступ к порталу")),
    version="1",
    description=str(_("Страницы портала и заявки в виде JSON. Без ключей доступа: здесь только то, что видят все.")),
    docs=Documentation(),
    docs_url="/docs",
    renderer=Readable(),
    urls_namespace="api",
)
problems.attach(api)
api.add_router("", content.router)
api.add_router("", where.router)
api.add_router("", applications.router)
api.add_router("", schema_of_forms.router)
edges.begin(api, documentation="/api/docs", openapi="/api/openapi.json")
edges.end(api)
urlpatterns = [methods.polite(pattern) for pattern in api.urls[0]]
app_name = "api"
