"""What an article is about: municipalities and pages of this room, bound to the news of the room below."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from .territory import Territory

SUBJECTS = ("services.Centre", "services.Measure", "services.SupportGroup")


class NewsPlace(Orderable):
    """A municipality that an article concerns; an article without any concerns the whole region."""

    news = ParentalKey("home.NewsPage", verbose_name=_("новость"), on_delete=models.CASCADE, related_name="places")
    territory = models.ForeignKey(
        Territory, verbose_name=_("муниципалитет"), on_delete=models.PROTECT, related_name="+"
    )

    panels: ClassVar = [FieldPanel("territory")]

    class Meta(Orderable.Meta):
        verbose_name = _("муниципалитет новости")
        verbose_name_plural = _("муниципалитеты новостей")


class NewsSubject(Orderable):
    """A centre, a measure or a group that an article is about."""

    news = ParentalKey("home.NewsPage", verbose_name=_("новость"), on_delete=models.CASCADE, related_name="subjects")
    subject = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("страница"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar = [PageChooserPanel("subject", list(SUBJECTS))]

    class Meta(Orderable.Meta):
        verbose_name = _("о чём новость")
        verbose_name_plural = _("о чём новости")

    def clean(self) -> None:
        super().clean()
        chosen = self.subject.specific_class if self.subject_id else None
        if chosen and chosen._meta.label not in SUBJECTS:
            raise ValidationError({"subject": _("Выберите центр, меру поддержки или группу.")})


PANELS = [
    MultiFieldPanel(
        [InlinePanel("places", label=_("муниципалитет"))],
        heading=_("Какие муниципалитеты"),
        help_text=_("Ничего не выбрано — новость для всего региона."),
    ),
    MultiFieldPanel(
        [InlinePanel("subjects", label=_("центр, мера или группа"))],
        heading=_("О чём новость"),
        help_text=_("Ссылки встанут под новостью, а новость — на этих страницах."),
    ),
]
