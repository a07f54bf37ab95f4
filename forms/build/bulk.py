"""Several pages at once: what publishing them tells people, and what of them cannot be deleted."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from forms.applications.querysets import VIEW
from services.models import Centre, SupportGroup

from . import groups, telling

HELD = gettext_lazy("На встречи группы «%s» записывались люди, удалить её нельзя. Снимите страницу с публикации.")


def look(request: HttpRequest, pages: Sequence[Page], view: Any) -> HttpResponse | None:
    """The numbers, until they are sent back with what was seen; then nothing more is asked in this request."""
    drafts = list(_drafts(request, pages, with_below=bool(view.cleaned_form.cleaned_data.get("include_descendants"))))
    for draft in drafts:
        if isinstance(draft, SupportGroup) and (problem := groups.problem_of(draft)):
            messages.error(request, format_html("{} «{}». {}", _("Ничего не опубликовано:"), draft.title, problem))
            return redirect(view.next_url)
    found = telling.of(drafts)
    sign = telling.sign_of(found)
    if not found or request.POST.get("told") == sign:
        telling.asked()
        return None
    sent = [(name, value) for name, values in request.POST.lists() if name != "told" for value in values]
    context = {
        "impact": found,
        "sign": sign,
        "is_again": "told" in request.POST,
        "sent": [each for each in sent if each[0] != "csrfmiddlewaretoken"],
        "address": request.get_full_path(),
        "back": view.next_url,
        "count": len(pages),
        "sees_meetings": request.user.has_perm(VIEW),
    }
    return render(request, "build/bulk_told.html", context)


def keep(request: HttpRequest, pages: Sequence[Page], view: Any) -> HttpResponse | None:
    """Nothing is deleted where people registered for meetings of one of the groups, or of one below."""
    for page in pages:
        if held := held_below(page):
            messages.error(request, str(HELD) % held.title)
            return redirect(view.next_url)
    return None


def held_below(page: Any) -> SupportGroup | None:
    """A group at or below a page that people registered with; None where there is none."""
    below = SupportGroup.objects.descendant_of(page, inclusive=True)
    held: SupportGroup | None = below.filter(sessions__registrations__isnull=False).first()
    return held


def _drafts(request: HttpRequest, pages: Sequence[Page], *, with_below: bool) -> Iterator[Any]:
    """The newest drafts of groups and places among what would be published."""
    chosen = [page.pk for page in pages]
    if with_below:
        for page in pages:
            chosen += page.get_descendants().not_live().values_list("pk", flat=True)
    found: list[Any] = [*SupportGroup.objects.filter(pk__in=chosen), *Centre.objects.filter(pk__in=chosen)]
    for page in found:
        yield page.get_latest_revision_as_object()
