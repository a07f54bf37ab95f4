from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import PageManager, PageQuerySet
from wagtail.search import index

from home.models import BasePage
from home.settings import frame
from services import hours, remembered, structured, zones
from services.centre_words import Row, centre_context
from services.holidays import calendar
from services.lines import Line, headed

from . import centre_panels
from .asking import AsksFirst
from .centre_form import CentreForm
from .handouts import Handouts, family_of, successor_of
from .network import network
from .special_hours import SpecialHours, shared_hours
from .territory import Territory
from .working import Working


class CentreQuerySet(PageQuerySet):
    def known(self) -> "CentreQuerySet":
        """Published ones that people may come or call to (a moved one stays only at its own address)."""
        return self.live().exclude(state=Centre.State.MOVED)

    def with_hours(self) -> "CentreQuerySet":
        """Everything that the opening state and a row of a list need: four queries, however many rows."""
        return self.select_related("territory").prefetch_related("hours", "exceptions", shared_hours())


class Centre(AsksFirst, Handouts, Working, BasePage):
    """A place or a telephone that helps: centre, support point, department, headquarters, contact centre."""

    class Kind(models.TextChoices):
        CENTRE = "centre", _("центр")
        POINT = "point", _("пункт поддержки")
        DEPARTMENT = "department", _("отдел сопровождения")
        HEADQUARTERS = "headquarters", _("муниципальный штаб")
        CONTACT_CENTRE = "contact_centre", _("контакт-центр")

    class State(models.TextChoices):
        PLANNED = "planned", _("готовится")
        WORKING = "working", _("работает")
        SUSPENDED = "suspended", _("временно закрыт")
        MOVED = "moved", _("переехал")

    kind = models.CharField(_("вид"), max_length=20, choices=Kind, default=Kind.POINT)
    kind_words = models.CharField(
        _("вид словами"),
        max_length=60,
        blank=True,
        help_text=_("Например, «Областной центр». Если пусто, покажем вид."),
    )
    short_name = models.CharField(
        _("короткое название"), max_length=80, blank=True, help_text=_("Для списков и подсказок, если полное длинное.")
    )
    also_called = models.CharField(
        _("как ещё называют"), max_length=200, blank=True, help_text=_("Через запятую. Найдём и по этим словам.")
    )
    state = models.CharField(
        _("состояние"),
        max_length=20,
        choices=State,
        default=State.WORKING,
        help_text=_("«Временно закрыт»: почему и куда идти, напишите во вводной фразе."),
    )
    works_since = models.DateField(_("работает с"), null=True, blank=True)
    works_until = models.DateField(
        _("работал по"), null=True, blank=True, help_text=_("После этого дня скажем, что место больше не работает.")
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("вместо кого работает"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="successors",
        help_text=_("Страница прежнего места. На ней появится ссылка сюда."),
    )
    parent_centre = models.ForeignKey(
        "self",
        verbose_name=_("часть какого центра"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="branches",
    )
    territory = models.ForeignKey(
        Territory, verbose_name=_("где находится"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    serves = ParentalManyToManyField(
        Territory,
        verbose_name=_("кого обслуживает"),
        blank=True,
        related_name="centres",
        help_text=_("Ничего не отмечено — обслуживает весь регион."),
    )
    address = models.CharField(_("адрес"), max_length=200, blank=True, help_text=_("Город, улица, дом."))
    floor = models.CharField(_("этаж, кабинет, где это"), max_length=120, blank=True)
    directions = models.TextField(
        _("как добраться"), blank=True, help_text=_("Остановка, вход, вывеска. После вымышленного ставьте [демо].")
    )
    access = models.TextField(_("без ступеней"), blank=True, help_text=_("Пандус, лифт, помощь у входа."))
    latitude = models.DecimalField(
        _("широта"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Например, 52.286387. По ней находим ближайшее место. Не знаете — оставьте пустым."),
    )
    longitude = models.DecimalField(
        _("долгота"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Например, 104.280606."),
    )
    time_zone = models.CharField(_("часовой пояс"), max_length=40, choices=zones.choices, default=zones.default)
    works_on_holidays = models.BooleanField(
        _("работает и в праздники"),
        default=False,
        help_text=_("Без отметки в праздники и перенесённые выходные закрыто: их знает производственный календарь."),
    )
    hours_note = models.CharField(
        _("примечание к часам"), max_length=120, blank=True, help_text=_("Стоит над часами: «Запись до 16:00».")
    )
    offers = models.TextField(
        _("чем помогают"),
        blank=True,
        help_text=_("По одной строке. Слова до двоеточия или тире выделим: «Юрист: выплаты, документы, споры»."),
    )
    in_person = models.BooleanField(_("очно"), default=True)
    by_video = models.BooleanField(_("по видеосвязи"), default=False)
    by_phone = models.BooleanField(_("по телефону"), default=False)
    checked_by = models.CharField(_("кто проверил"), max_length=120, blank=True, help_text=_("Например, пресс-служба."))

    search_kind: ClassVar[Any] = _("Куда обратиться")
    template = "services/centre.html"
    parent_page_types: ClassVar[list[str]] = ["services.CentreIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields = [*BasePage.search_fields, index.FilterField("kind"), index.FilterField("state")]
    content_panels = [*BasePage.content_panels, *centre_panels.CONTENT]
    settings_panels = [*centre_panels.CHECKED, *BasePage.settings_panels]

    base_form_class = CentreForm
    objects = PageManager.from_queryset(CentreQuerySet)()

    class Meta:
        verbose_name = _("центр или пункт")
        verbose_name_plural = _("центры и пункты")

    def clean(self) -> None:
        super().clean()
        if self.works_since and self.works_until and self.works_until < self.works_since:
            raise ValidationError({"works_until": _("Окончание раньше начала. Проверьте даты.")})
        if self.pk and self.pk in {self.predecessor_id, self.parent_centre_id}:
            raise ValidationError(_("Центр не может быть частью самого себя или работать вместо себя."))

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
        for name in (remembered.CENTRES, remembered.CENTRE_NAMES, remembered.NETWORK):
            remembered.forget(name)

    def search_body(self) -> str:
        phones = " ".join(f"{phone.number} {phone.purpose}" for phone in self.phones.all())
        place = self.territory.name if self.territory else ""
        return " ".join([self.short_name, self.also_called, self.address, place, self.offers, self.directions, phones])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def shown_name(self) -> str:
        return self.short_name or self.title

    @property
    def shown_kind(self) -> str:
        """«Областной центр»."""
        words = self.kind_words or str(self.get_kind_display())
        return words[:1].upper() + words[1:]

    @property
    def offer_lines(self) -> list[Line]:
        return headed(self.offers)

    @cached_property
    def special_days(self) -> list[SpecialHours]:
        """Its own special days and those that it shares with others."""
        return [*self.exceptions.all(), *(self.shared_hours.all() if self.pk else ())]

    @cached_property
    def timetable(self) -> hours.Timetable:
        """Hours and special days as the pure functions of `services.hours` take them."""
        week: dict[int, hours.Spans] = {}
        notes: dict[int, str] = {}
        for row in self.hours.all():
            week[row.weekday] = hours.merged((*week.get(row.weekday, ()), *row.spans))
            if row.note:
                notes[row.weekday] = row.note
        specials = tuple(row.special for row in self.special_days)
        elsewhere = zones.by_city_time(self.zone) if self.time_zone != zones.default() else ""
        return hours.Timetable(self.zone, week, notes, specials, self.works_on_holidays, elsewhere)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        now, known, whole = timezone.now(), calendar(), self.whole(request)
        context |= centre_context(whole, now, known)
        context |= {"section_url": self.crumbs[-1].url if self.crumbs else "", "phones": whole.phones.all()}
        if self.state == self.State.MOVED:
            return context | {"successor": successor_of(self)}
        url, today = request.build_absolute_uri(self.get_url(request)), now.astimezone(self.zone).date()
        context |= {"facts": structured.office(whole, url, frame(request).region, today, known)} | family_of(self, now)
        if self.kind == self.Kind.CENTRE:
            return context | {"points": network().counted([self.Kind.POINT])}
        main = network().main
        return context | {"main_row": Row(main, main.open_state(now, known)) if main else None}
