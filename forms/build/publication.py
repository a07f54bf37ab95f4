"""What going live writes: the form of a page, its next version, and that this content has been live."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry, Revision

from accounts.models import User
from forms.applications import trials
from forms.applications.models import Trial
from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.models import Form

from . import gate
from .admission import Admission

if TYPE_CHECKING:
    from .models import FormPage

# Wagtail hands the page it saves the very object it was told to publish, and no word of who told it: it is noted there.
_PUBLISHER = "_published_by"


class PublishedForm(models.Model):
    """Which form a page publishes; survives a change of the page's address."""

    page = models.OneToOneField(
        "form_build.FormPage", verbose_name=_("страница"), on_delete=models.CASCADE, related_name="published_form"
    )
    form = models.OneToOneField(Form, verbose_name=_("форма"), on_delete=models.PROTECT, related_name="published_form")

    class Meta:
        verbose_name = _("связь страницы с формой")
        verbose_name_plural = _("связи страниц с формами")

    def __str__(self) -> str:
        return self.form.slug


def name_publisher(revision: Revision, user: Any) -> None:
    """Note on a revision that is about to go live who publishes it; by the clock, who set the clock."""
    if user is None:
        planned = PageLogEntry.objects.filter(revision=revision, action="wagtail.publish.schedule")
        entry = planned.order_by("-timestamp").first()
        user = User.objects.filter(pk=entry.user_id).first() if entry else None
    setattr(revision, _PUBLISHER, user)


def publish(page: "FormPage", definition: Definition) -> None:
    """Write the version of a page that goes live; nothing new when nothing changed."""
    form = page.form
    if form is None:
        form, _created = Form.objects.get_or_create(slug=page.slug, defaults={"title": page.title})
        PublishedForm.objects.create(page=page, form=form)
    form.slug, form.title = page.slug, page.title
    for name in (field.name for field in Admission._meta.local_fields):
        setattr(form, name, getattr(page, name))
    form.save()
    revision = page.live_revision
    user = getattr(revision, _PUBLISHER, None) or (revision.user if revision else None)
    versions.publish(form, definition, user)
    # What was live may come back: an old version restored, a form published again.
    trials.vouch(page, gate.content_digest(definition), Trial.How.PUBLISHED, user)


def close(page: "FormPage") -> None:
    """Take no more applications through this page's form."""
    Form.objects.filter(published_form__page_id=page.pk, is_open=True).update(is_open=False)
