"""«Сведения проверены»: which public pages were checked longest ago, and saying that they were checked today."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.models import BasePage

LOG_ACTION = "home.checked"
DUE_AFTER = timedelta(days=183)
"""What nobody has looked at for half a year is to be looked at."""
_NEVER = date(1, 1, 1)
_policy = PagePermissionPolicy()


def kinds() -> dict[str, type[BasePage]]:
    """Every kind of page that says something which may grow old, by its label."""
    pages = [model for model in apps.get_models() if issubclass(model, BasePage) and model.says_facts]
    return {model._meta.label_lower: model for model in pages}


def may_check(user: Any) -> bool:
    """Whether there is any page that this user may publish, and so may vouch for."""
    return bool(_policy.user_has_permission(user, "publish"))


def published_for(user: Any, kind: str = "", due_on: date | None = None) -> QuerySet:
    """Live pages that the user may publish, never checked first, then the longest ago: rows in one query.

    With `due_on` only those never checked or checked more than half a year before that day. Each row: pk, title,
    of_kind, since (the year 1 where it was never checked), has_unpublished_changes.
    """
    own = _policy.instances_user_has_permission_for(user, "publish").order_by().values("pk")
    chosen = {label: model for label, model in kinds().items() if kind in ("", label)}
    due = models.Q(since__lt=due_on - DUE_AFTER) if due_on else models.Q()
    parts = [
        model._default_manager.filter(live=True, alias_of=None, pk__in=own)
        .order_by()
        .annotate(
            of_kind=Value(label, output_field=models.CharField()),
            since=Coalesce("checked_on", Value(_NEVER, output_field=models.DateField())),
        )
        .filter(due)
        .values("pk", "title", "of_kind", "since", "has_unpublished_changes")
        for label, model in chosen.items()
    ]
    first, *rest = parts
    return (
        first.union(*rest, all=True).order_by("since", "title", "pk")
        if rest
        else first.order_by("since", "title", "pk")
    )


def mark_checked(keys: list[int], user: Any, day: date) -> int:
    """Says of these pages that they were checked on that day; how many. Those the user may not publish are left out.

    The date goes to the live page and into its draft, whose other changes stay a draft; where a next check is planned
    it moves on by the page's own period.
    """
    done = 0
    own = _policy.instances_user_has_permission_for(user, "publish")
    for key in own.filter(pk__in=keys, live=True).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            page = Page.objects.select_for_update().get(pk=key).specific
            if page._meta.label_lower in kinds():
                _mark(page, user, day)
                done += 1
    return done


def _mark(page: Any, user: Any, day: date) -> None:
    said = {"checked_on": day, **page.after_check(day)}
    for name, value in said.items():
        setattr(page, name, value)
    # Saved and not updated: rooms forget what they remember, and kept pages go, when a page is saved.
    page.save(update_fields=[*said], clean=False)
    drafts = Revision.page_revisions.filter(object_id=str(page.pk))
    waiting = models.Q(pk__in=[page.latest_revision_id, page.live_revision_id])
    for revision in drafts.filter(waiting | models.Q(approved_go_live_at__isnull=False)):
        content = {**revision.content, **{name: value.isoformat() for name, value in said.items()}}
        Revision.objects.filter(pk=revision.pk).update(content=content)
    log(instance=page, action=LOG_ACTION, user=user, data={"day": day.isoformat()})
