"""Adjectives for sessions and registrations. Every list and every single one starts from `visible_to`."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from forms.applications.querysets import VIEW, VIEW_ALL

from .states import ACTIVE, SEATED, SessionState, State


class SessionQuerySet(models.QuerySet[Any]):
    """What can be asked of sessions."""

    def visible_to(self, user: Any) -> Self:
        """Of the user's teams; of all teams with «view_all_applications»; none without «view_queue»."""
        if not user.is_active or not user.has_perm(VIEW):
            return self.none()
        if user.has_perm(VIEW_ALL):
            return self
        return self.filter(team__in=user.teams.order_by().values("pk"))

    def ahead(self) -> Self:
        """Not begun yet."""
        return self.filter(starts__gt=timezone.now())

    def followed(self) -> Self:
        """Not over yet; a course without a last day, or with a later one now, goes on from meeting to meeting."""
        goes_on = Q(group__ends_on__isnull=True) | Q(group__ends_on__gte=timezone.localdate())
        return self.filter(Q(ends__gt=timezone.now()) | Q(is_course=True) & goes_on)

    def taking_place(self) -> Self:
        """Not cancelled."""
        return self.exclude(state=SessionState.CANCELLED)


class RegistrationQuerySet(models.QuerySet[Any]):
    """What can be asked of registrations."""

    def visible_to(self, user: Any) -> Self:
        """Of the sessions that the user sees."""
        sessions = self.model._meta.get_field("session").related_model
        seen = sessions._default_manager.visible_to(user)
        return self.filter(session__in=seen.order_by().values("pk"))

    def seated(self) -> Self:
        """Those that hold a seat."""
        return self.filter(state__in=SEATED)

    def active(self) -> Self:
        """Those that hold a seat or wait for one."""
        return self.filter(state__in=ACTIVE)

    def in_line(self) -> Self:
        """The waiting list, first come first."""
        return self.filter(state=State.WAITING).order_by("place")
