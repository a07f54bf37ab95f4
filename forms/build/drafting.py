"""A new form as an unpublished page: from a template, from a file, or as a copy of another form."""

import re
from typing import Any
from uuid import uuid4

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from forms.definitions import checks, dates
from forms.definitions.document import Definition
from forms.definitions.models import Form
from forms.definitions.parsing import DefinitionError

from .importing import page_fields
from .models import FormPage

SLUG_LENGTH = 60
# Where the document keeps what a field of the page is filled from.
PATHS = {"lead": "purpose", "consent_summary": "consent", "consent_text": "consent", "receipt_text": "texts"}


def new_draft(parent: Page, definition: Definition, user: Any, address: str = "") -> FormPage:
    """An unpublished form page below `parent`, with keys of its own unless the document's were made by an editor.

    Raises DefinitionError where the editor cannot hold the form. `address`: the proposed slug.
    """
    fields = _fields(definition)
    page = FormPage(slug=free_slug(parent, address or definition.title), live=False, owner=user, **fields)
    try:
        with transaction.atomic():
            parent.add_child(instance=page)
            page.save_revision(user=user)
    except ValidationError as error:
        found = error.message_dict.items() if hasattr(error, "message_dict") else [("title", error.messages)]
        raise DefinitionError([((PATHS.get(name, name),), words) for name, all_ in found for words in all_]) from error
    return page


def _fields(definition: Definition) -> dict[str, object]:
    dated = definition.consent.dated
    if dated and (len(dated) != 10 or dates.read(dated) is None):
        raise DefinitionError([(("consent", "dated"), _("Напишите дату так: 2026-09-01"))])
    try:
        return page_fields(definition, uuid4().hex)
    except (ValueError, KeyError, TypeError) as error:
        # Settings that no field type knows, or none that the editor can show.
        wrong = [(path, words) for path, words in checks.problems(definition) if "options" in path]
        sentence = _("В форме есть настройка, которой нет в редакторе")
        raise DefinitionError(wrong or [((), sentence)]) from error


def copy_form(page: FormPage, title: str, user: Any) -> FormPage:
    """A copy beside the form, not published: the newest draft with its questions, rules and texts.

    Its questions keep their keys, which name answers inside of one form only.
    """
    parent = page.get_parent()
    changes = {"title": title, "draft_title": title, "slug": free_slug(parent, title)}
    return page.copy(update_attrs=changes, copy_revisions=True, keep_live=False, user=user)


def free_slug(parent: Page, words: str) -> str:
    """An address in Latin letters that no form has or had."""
    start = slugify(anyascii(re.sub("[ьъЬЪ]", "", words)))[:SLUG_LENGTH].strip("-") or "form"
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True)) | set(
        Form.objects.values_list("slug", flat=True)
    )
    return next(slug for n in range(1, len(taken) + 2) if (slug := start if n == 1 else f"{start}-{n}") not in taken)
