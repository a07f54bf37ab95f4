"""A form page from a definition document: demo regions, templates, copies from elsewhere."""

import datetime
import json
from typing import Any

from django.db import transaction
from wagtail.models import Page

from accounts.models import User
from forms.applications.models import Trial
from forms.definitions.document import Definition

from . import gate
from .compiler import blocks_from, rule_blocks_from
from .models import FormPage


def form_page_from_definition(
    parent: Page, slug: str, definition_json: dict[str, Any], user: User | None = None
) -> FormPage:
    """Create and publish the form page `slug` below `parent`, and return it; an existing page is returned untouched.

    Who calls this vouches for the document: it counts as tried without a trial. Everything else must be in order.
    Raises DefinitionError for a document that cannot be read and gate.NotReady for one that must not be published.
    Keys follow from the slug and the keys of the document: the same document gives the same keys everywhere.
    """
    existing = FormPage.objects.child_of(parent).filter(slug=slug).first()
    if existing:
        return existing
    definition = Definition.from_json(definition_json)
    with transaction.atomic():
        page = FormPage(slug=slug, live=False, **page_fields(definition, slug))
        parent.add_child(instance=page)
        gate.vouch(page, Trial.How.LOADED, user)
        page.save_revision(user=user).publish(user=user)
    page.refresh_from_db()
    return page


def page_fields(definition: Definition, seed: str) -> dict[str, Any]:
    """What a new FormPage holds of a definition; ids of blocks follow from `seed`."""
    consent, document = definition.consent, definition.to_json()
    steps, rules = document["steps"], document["rules"]
    return {
        "title": definition.title,
        "lead": definition.purpose,
        "minutes": definition.minutes,
        "at_hand": "\n".join(definition.at_hand),
        "consent_summary": consent.summary,
        "consent_text": consent.text,
        "consent_dated": datetime.date.fromisoformat(consent.dated) if consent.dated else None,
        "receipt_text": definition.receipt,
        "team": definition.team or "",
        "steps": json.dumps(blocks_from(steps, seed), ensure_ascii=False),
        "rules": json.dumps(rule_blocks_from(rules, steps, seed), ensure_ascii=False),
    }
