from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class BasePage(Page):
    """What every public page shares: a lead sentence and the date somebody last checked it."""

    lead = models.TextField(_("вводная фраза"), blank=True)
    is_demo = models.BooleanField(_("вымышлено для демонстрации"), default=False)
    checked_on = models.DateField(_("сведения проверены"), null=True, blank=True)

    class Meta:
        abstract = True
