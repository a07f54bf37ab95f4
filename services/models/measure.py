from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from home.models import BasePage
from home.settings import frame
from services import remembered, structured
from services.centre_words import Row
from services.holidays import calendar
from services.lines import lines

from . import measure_panels
from .centre import Centre
from .measure_around import Around
from .measure_facts import facts_of
from .measure_parts import Checklist, Holding, MeasureQuerySet, StepBlock
from .measure_words import references
from .reference import Recipient, Situation
from .territory import Territory


class Measure(Around, Checklist, Holding, BasePage):
    """A measure of support: what a person gets, under which conditions and how; `title` names the benefit."""

    class Level(models.TextChoices):
        FEDERAL = "federal", _("Федеральная")
        REGIONAL = "regional", _("Региональная")
        MUNICIPAL = "municipal", _("Муниципальная")

    class Category(models.TextChoices):
        MONEY = "money", _("Деньги")
        HEALTH = "health", _("Здоровье")
        PSYCHOLOGY = "psychology", _("Психологическая")
        LAW = "law", _("Юридическая")
        HOUSEHOLD = "household", _("Быт")
        EDUCATION = "education", _("Образование")
        WORK = "work", _("Работа")
        HOUSING = "housing", _("Жильё")
        TRANSPORT = "transport", _("Транспорт")
        REST = "rest", _("Отдых")
        COMPANION = "companion", _("Сопровождение")

    level = models.CharField(_("уровень"), max_length=12, choices=Level, help_text=_("Кто установил меру и платит."))
    category = models.CharField(_("вид помощи"), max_length=12, choices=Category)
    recipients = ParentalManyToManyField(Recipient, verbose_name=_("кому положено"), related_name="measures")
    recipients_note = models.CharField(
        _("кому: уточнение"), max_length=200, blank=True, help_text=_("Если список получателей нужно пояснить.")
    )
    situations = ParentalManyToManyField(Situation, verbose_name=_("в каких ситуациях"), related_name="measures")
    amount = models.CharField(
        _("сколько или что"),
        max_length=250,
        help_text=_("Словами: «От 100 тысяч до 4 миллионов рублей», «До 10 встреч бесплатно»."),
    )
    how_often = models.CharField(_("как часто"), max_length=160, blank=True, help_text=_("«Один раз», «Каждый месяц»."))
    conditions = models.TextField(_("когда положена"), blank=True, help_text=_("По одному условию на строке."))
    not_entitled = models.TextField(_("когда не положена"), blank=True, help_text=_("По одному случаю на строке."))
    bring = models.TextField(_("документы: принесите"), blank=True, help_text=_("По одному на строке."))
    we_request = models.TextField(
        _("документы: запросим сами"), blank=True, help_text=_("По одному на строке. То, что человеку носить не нужно.")
    )
    steps = StreamField([("step", StepBlock())], verbose_name=_("как получить, по шагам"), blank=True)
    where_to_apply = models.CharField(_("куда подать"), max_length=250, blank=True)
    term = models.CharField(
        _("решение и помощь"), max_length=160, blank=True, help_text=_("«15 рабочих дней после подачи документов».")
    )
    apply_until = models.CharField(
        _("когда можно подать"), max_length=160, blank=True, help_text=_("«В любое время», «До 1 апреля каждого года».")
    )
    legal_basis = models.CharField(
        _("правовой акт"), max_length=250, blank=True, help_text=_("Вид, дата, номер. Вымышленный отметьте [демо].")
    )
    legal_url = models.URLField(_("ссылка на акт"), blank=True, help_text=_("На pravo.gov.ru или сайте региона."))
    valid_from = models.DateField(_("действует с"), null=True, blank=True)
    valid_to = models.DateField(
        _("действует по"),
        null=True,
        blank=True,
        help_text=_("После этого дня мера сама уйдёт из списков."),
    )
    territories = ParentalManyToManyField(
        Territory,
        verbose_name=_("где действует"),
        blank=True,
        related_name="measures",
        help_text=_("Ничего не отмечено — везде."),
    )
    responsible = models.CharField(_("кто отвечает"), max_length=160, blank=True)
    helped_by = models.ForeignKey(
        Centre,
        verbose_name=_("кто поможет оформить"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Если пусто, покажем главный центр региона."),
    )
    form_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("с какой формы начать"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Если пусто, откроем форму раздела «Меры поддержки»."),
    )
    next_check = models.DateField(
        _("проверить снова до"),
        null=True,
        blank=True,
        help_text=_("После этого дня мера уйдёт из списков, пока её не проверят."),
    )
    check_months = models.PositiveSmallIntegerField(
        _("проверять раз в столько месяцев"),
        default=6,
        validators=[MinValueValidator(2), MaxValueValidator(24)],
        help_text=_("Кнопка «Проверено сегодня» назначит следующую проверку через этот срок."),
    )

    search_kind: ClassVar[Any] = _("Меры поддержки")
    template = "services/measure.html"
    parent_page_types: ClassVar[list[str]] = ["services.MeasureIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields = [*BasePage.search_fields, index.FilterField("valid_to"), index.FilterField("level")]
    content_panels = [*BasePage.content_panels, *measure_panels.CONTENT]
    settings_panels = [*measure_panels.CHECKED, *BasePage.settings_panels]

    objects = PageManager.from_queryset(MeasureQuerySet)()

    class Meta:
        verbose_name = _("мера поддержки")
        verbose_name_plural = _("меры поддержки")

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("Окончание раньше начала. Проверьте даты.")})
        if self.checked_on and self.next_check and self.next_check <= self.checked_on:
            raise ValidationError({"next_check": _("Следующая проверка должна быть позже последней.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        result = super().save(*args, **kwargs)
        self._forget()
        return result

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        result = super().delete(*args, **kwargs)
        self._forget()
        return result

    @staticmethod
    def _forget() -> None:
        remembered.forget(remembered.MEASURES)
        remembered.forget(remembered.MEASURE_FACTS)

    def search_body(self) -> str:
        return self._text(str(word) for word in (*self.recipients.all(), *self.situations.all()))

    @property
    def published_text(self) -> str:
        facts, words = facts_of(self.pk), references()
        known = [name for code, name in words["who"] if facts and code in facts.recipients]
        known += [name for code, name in words["situation"] if facts and code in facts.situations]
        return " ".join(part for part in (self.lead, self._text(known)) if part)

    def _text(self, about: Iterable[str]) -> str:
        words = " ".join(about)
        label = str(self.get_category_display())
        parts = (self.amount, words, label, self.conditions, self.bring, self.where_to_apply, self.responsible)
        return " ".join(part for part in parts if part)

    @property
    def condition_lines(self) -> list[str]:
        return lines(self.conditions)

    @property
    def not_entitled_lines(self) -> list[str]:
        return lines(self.not_entitled)

    @property
    def bring_lines(self) -> list[str]:
        return lines(self.bring)

    @property
    def we_request_lines(self) -> list[str]:
        return lines(self.we_request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        helper, beside = self.helper(), self.beside(request)
        url, where = request.build_absolute_uri(self.get_url(request)), self.where(request, beside)
        return context | {
            "facts": structured.service(self, url, where, helper, today, people=beside.recipients),
            "is_in_force": self.is_in_force(today),
            "not_yet": self.valid_from is not None and self.valid_from > today,
            "is_unchecked": self.is_running(today) and not self.is_checked(today),
            "to_whom": joined(beside.to_whom),
            "where": where,
            "apply_url": self.apply_url() or frame(request).help_url,
            "helper": Row(helper, helper.open_state(timezone.now(), calendar())) if helper else None,
            "helper_phone": next(iter(helper.phones.all()), None) if helper else None,
            "centres_url": helper.crumbs[-1].url if helper else "",
            "section_url": self.crumbs[-1].url if self.crumbs else "",
            "alike": self.alike(beside.situations, today),
        }


def joined(words: Iterable[str]) -> str:
    """One sentence part: «Супруге или супругу, родителю»."""
    text = ", ".join(words)
    return text[:1].upper() + text[1:]
