"""What going live writes: the form of a page, its next version, and that this content has been live."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.applications import trials
from forms.applications.models import Trial
from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.models import Form

from . import gate
from .admission import Admission

if TYPE_CHECKING:
    from .models import FormPage


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
    user = revision.user if revision else None
    versions.publish(form, definition, user)
    # What was live may come back: an old version restored, a form published again.
    trials.vouch(page, gate.content_digest(definition), Trial.How.PUBLISHED, user)


def close(page: "FormPage") -> None:
    """Take no more applications through this page's form."""
    Form.objects.filter(published_form__page_id=page.pk, is_open=True).update(is_open=False)
