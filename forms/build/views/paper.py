"""The form to be printed and filled by hand: for its editors as drafted, for everybody as published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from forms.build.models import FormPage
from forms.build.preview import paper_of
from forms.definitions import versions

from .screen import form_for, newest


@require_safe
def draft(request: HttpRequest, page_id: int) -> HttpResponse:
    """The newest draft, for who may edit it."""
    page = newest(form_for(request.user, page_id))
    response = TemplateResponse(request, "build/paper.html", paper_of(page) | {"is_draft": True})
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published under that address; as public as the start page of the form."""
    page = FormPage.objects.live().public().filter(slug=slug, alias_of=None).first()
    current = versions.current(slug) if page else None
    if page is None or current is None:
        raise Http404
    return TemplateResponse(request, "build/paper.html", paper_of(page, current[1]))
