"""The site map for people, robots.txt for machines, and the address browsers ask for a picture of the site."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

_LEVELS_SHOWN = 4  # root, home, sections, their pages


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page as a nested list; news stay in their own list, there are too many of them."""
    site = Site.find_for_request(request)
    pages = Page.objects.none()
    if site:
        pages = (
            Page.objects.descendant_of(site.root_page)
            .live()
            .public()
            .filter(depth__lte=_LEVELS_SHOWN)
            .exclude(content_type__app_label="home", content_type__model="newspage")
            .only("title", "url_path", "path", "depth", "numchild")
            .order_by("path")
        )
    sections = _nested(list(pages))
    context = {
        "sections": [section for section in sections if section["pages"]],
        "single": [section for section in sections if not section["pages"]],
    }
    return render(request, "home/site_map.html", context)


def _nested(pages: list[Page]) -> list[dict[str, object]]:
    sections: list[dict[str, object]] = []
    for page in pages:
        entry = {"title": page.title, "url": page.get_url(), "pages": []}
        if page.depth == 3:
            sections.append(entry)
        elif sections:
            sections[-1]["pages"].append(entry)  # type: ignore[attr-defined]
    return sections


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Machines may read everything but the staff's part, the journey, status pages and endless search results."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/api/", "/apply/", "/requests/", "/search/", "/appearance/")),
        f"Sitemap: {request.build_absolute_uri(reverse('home:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Old browsers and mail clients ask for /favicon.ico whatever the page says."""
    return HttpResponsePermanentRedirect(static("portal/favicon.svg"))
