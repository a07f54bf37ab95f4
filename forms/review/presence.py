"""Who has a card open now: «Лапин Д. смотрит», on the card and in the list. Kept for a minute."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from forms.applications.models import Application

from .access import QueueAccess
from .models import Presence

WINDOW = timedelta(seconds=60)


def note(application_id: int, user: Any) -> None:
    """This person has the card open; one statement."""
    Presence.objects.bulk_create(
        [Presence(application_id=application_id, user=user, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["application", "user"],
        update_fields=["seen_at"],
    )


def looking(application_ids: Collection[int], user: Any) -> QuerySet[Presence]:
    """Who else has these cards open."""
    rows = Presence.objects.filter(application__in=application_ids, seen_at__gt=timezone.now() - WINDOW)
    return rows.exclude(user=user).order_by("pk")


def names(application_ids: Collection[int], user: Any) -> dict[int, list[str]]:
    """Their names by application; one query, none for no applications."""
    found: dict[int, list[str]] = {}
    for each in looking(application_ids, user).select_related("user") if application_ids else ():
        found.setdefault(each.application_id, []).append(each.user.short_name)
    return found


def drop_old() -> int:
    """Forget who looked long ago; how many."""
    return int(Presence.objects.filter(seen_at__lt=timezone.now() - WINDOW).delete()[0])


class PresenceView(QueueAccess, View):
    """What an open card says now and then, and once more when it is closed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        """`gone` at the end; who else looks, and the row's version, so that the page can say that it changed."""
        application = get_object_or_404(Application.objects.visible_to(request.user).only("version"), pk=pk)
        if request.POST.get("gone"):
            Presence.objects.filter(application=application, user=request.user.pk).delete()
            return JsonResponse({})
        note(application.pk, request.user)
        others = names([application.pk], request.user).get(application.pk, [])
        return JsonResponse({"others": others, "version": application.version})
