"""Drops the cached frame when a menu may have changed.

Signals and not calls: pages of upper rooms stand in the menu as well, and it is Wagtail that publishes and moves them.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from home import privacy
from home.frames import forget_frame

_UID = "home-frame"


def connect() -> None:
    """Called once, when the apps are ready."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_forget, dispatch_uid=_UID)
    for signal in (post_save, post_delete):
        signal.connect(_forget, sender=Site, dispatch_uid=_UID)
        signal.connect(_forget_privacy, sender=PageViewRestriction, dispatch_uid=_UID)
    post_delete.connect(_forget_if_page, dispatch_uid=_UID)


def _forget(**kwargs: Any) -> None:
    forget_frame()


def _forget_privacy(**kwargs: Any) -> None:
    privacy.forget()
    forget_frame()


def _forget_if_page(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        forget_frame()
