"""«Продолжить позже»: what is kept, where and for how long."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from forms.apply import notes
from forms.apply.visit import open_visit

from .pages import page, private


@require_safe
@private
def later(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the answers are kept on this device and until when."""
    visit = open_visit(request, slug)
    if visit.draft is None:
        return visit.remember(
            HttpResponseRedirect(reverse("apply:begin", args=[slug]) + (notes.named("lost") if visit.lost else "")),
            request,
        )
    if visit.sent:
        return HttpResponseRedirect(reverse("apply:receipt", args=[slug]) + notes.named("sent"))
    until = timezone.localdate(visit.draft.updated_at) + timedelta(days=settings.DRAFT_DAYS)
    return page(request, "later", {"visit": visit, "until": until})
