"""Drops the kept pages when something that pages show is saved.

Signals and not calls: it is Wagtail that publishes, moves and deletes, and every room of the house shows something.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page
from wagtail.signals import post_page_move

from portal.page_cache import drop_all

_UID = "portal-pages"
# Whole rooms, and single models elsewhere; pages of every room count as well.
_ROOMS = {"home", "services"}
_MODELS = {
    "form_definitions.form",
    "form_registrations.session",
    "wagtailcore.site",
    "wagtailcore.pageviewrestriction",
    "wagtailcore.collectionviewrestriction",
    "wagtailimages.image",
    "wagtailimages.rendition",
    "wagtaildocs.document",
}
_NEVER = {"services.laid", "home.missedsearch", "home.opinion"}
# What Wagtail writes when somebody saves a draft, locks a page or asks for a review: the public page stays the same.
_DRAFT = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "locked",
    "locked_by",
    "locked_at",
    "approved_schedule",
}


def connect() -> None:
    """Called once, when the apps are ready."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_changed, dispatch_uid=_UID)
    post_page_move.connect(_moved, dispatch_uid=_UID)


def _changed(sender: Any, instance: Any = None, update_fields: Any = None, **kwargs: Any) -> None:
    if not kwargs.get("raw") and _is_shown(sender) and not (update_fields and set(update_fields) <= _DRAFT):
        transaction.on_commit(drop_all)


def _moved(**kwargs: Any) -> None:
    transaction.on_commit(drop_all)


def _is_shown(model: Any) -> bool:
    meta = model._meta
    # The table between two models, of a many-to-many field, belongs to the room of the field.
    return (meta.app_label in _ROOMS or meta.label_lower in _MODELS or issubclass(model, Page)) and (
        meta.label_lower not in _NEVER
    )
