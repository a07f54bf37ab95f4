from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, PageManager, PageQuerySet

from home import freshness
from home.models import BasePage
from home.words import plural
from services import group_words, meeting_rows, schedule, zones
from services.holidays import calendar
from services.schedule import Meeting, Nth, Recurrence
from services.weekdays import Weekday

from . import group_panels
from .asking import AsksFirst
from .centre import Centre
from .group_calendar import TakenAway
from .meeting_change import changes_of
from .network import network
from .registering import Registering


class SupportGroupQuerySet(PageQuerySet):
    def with_schedule(self) -> "SupportGroupQuerySet":
        """Everything the next dates and a row of a list need: two queries, however many groups."""
        return self.select_related("venue__territory").prefetch_related("exceptions")

    def going_on(self, on_date: date) -> "SupportGroupQuerySet":
        """Published and not over."""
        return self.live().filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on_date))


class SupportGroup(AsksFirst, TakenAway, Registering, BasePage):  # type: ignore[django-manager-missing]
    """A group that meets by a rule: for whom, when, where, who leads."""

    class Format(models.TextChoices):
        IN_PERSON = "in_person", _("очно")
        VIDEO = "video", _("по видеосвязи")
        BOTH = "both", _("очно и по видеосвязи")

    audience = models.CharField(_("для кого"), max_length=120, help_text=_("«Дети из семей участников СВО»."))
    age_from = models.PositiveSmallIntegerField(
        _("возраст от"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(_("до"), null=True, blank=True, validators=[MaxValueValidator(120)])
    leader = models.CharField(_("кто ведёт"), max_length=120, blank=True)
    price = models.CharField(_("сколько стоит"), max_length=80, blank=True, default=_("бесплатно"))
    recurrence = models.CharField(_("как часто"), max_length=20, choices=Recurrence, default=Recurrence.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("день недели"), choices=Weekday)
    every_weeks = models.PositiveSmallIntegerField(
        _("раз во сколько недель"),
        default=2,
        validators=[MinValueValidator(2), MaxValueValidator(52)],
        help_text=_("Только для «раз в несколько недель»."),
    )
    nth = models.SmallIntegerField(
        _("который в месяце"), choices=Nth, default=Nth.FIRST, help_text=_("Только для «раз в месяц».")
    )
    starts_on = models.DateField(
        _("первая встреча"), help_text=_("От неё считаем недели, если группа собирается раз в две недели и реже.")
    )
    ends_on = models.DateField(_("последний день"), null=True, blank=True)
    starts = models.TimeField(_("начало"))
    minutes = models.PositiveSmallIntegerField(
        _("длится, минут"), default=90, validators=[MinValueValidator(15), MaxValueValidator(720)]
    )
    time_is_demo = models.BooleanField(_("время вымышлено для демонстрации"), default=False)
    time_zone = models.CharField(_("часовой пояс"), max_length=40, choices=zones.choices, default=zones.default)
    skips_holidays = models.BooleanField(
        _("не собирается в праздники"),
        default=True,
        help_text=_("Праздники и переносы — по производственному календарю."),
    )
    format = models.CharField(_("как проходит"), max_length=12, choices=Format, default=Format.IN_PERSON)
    venue = models.ForeignKey(
        Centre,
        verbose_name=_("в каком центре"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="groups",
    )
    place = models.CharField(
        _("место"), max_length=200, blank=True, help_text=_("Кабинет в центре или другой адрес: «комната 12».")
    )
    search_kind: ClassVar[Any] = _("Группы и встречи")
    template = "services/group.html"
    parent_page_types: ClassVar[list[str]] = ["services.GroupIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [*BasePage.content_panels, *group_panels.CONTENT]

    objects = PageManager.from_queryset(SupportGroupQuerySet)()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("группа")
        verbose_name_plural = _("группы")

    def clean(self) -> None:
        super().clean()
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("Верхний возраст меньше нижнего. Проверьте числа.")})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Окончание раньше первой встречи. Проверьте даты.")})
        if self.recurrence == Recurrence.EVERY_N_WEEKS and self.starts_on and self.starts_on.weekday() != self.weekday:
            sentence = __("Недели считаем от первой встречи, а {date} — {day}. Поставьте день, в который собираетесь.")
            day = Weekday(self.starts_on.weekday()).label
            raise ValidationError({"starts_on": sentence.format(date=f"{self.starts_on:%d.%m.%Y}", day=day)})

    def search_body(self) -> str:
        return " ".join([self.audience, self.ages, self.leader, self.place, self.rule_words, self.registration_words])

    @property
    def ages(self) -> str:
        """«7–11 лет», «с 18 лет», «» without limits."""
        if self.age_from is not None and self.age_to is not None:
            return f"{self.age_from}–{self.age_to} {plural(self.age_to, 'год', 'года', 'лет')}"
        if self.age_from is not None:
            return __("с {age} {years}").format(age=self.age_from, years=plural(self.age_from, "года", "лет", "лет"))
        if self.age_to is not None:
            return __("до {age} {years}").format(age=self.age_to, years=plural(self.age_to, "года", "лет", "лет"))
        return ""

    @cached_property
    def rule(self) -> schedule.Rule:
        """The schedule as the pure functions of `services.schedule` take it; days the centre is closed are left out."""
        own = list(self.exceptions.all())
        venue = network().live.get(self.venue_id or 0) or self.venue
        cancelled = {row.date: row.reason for row in own if row.new_date is None}
        moved = {row.date: datetime.combine(row.new_date, row.new_starts or self.starts) for row in own if row.new_date}
        # What staff decided holds over what stands on the page.
        for day, (starts, reason, _made_at) in changes_of(self.pk).items():
            cancelled.pop(day, None), moved.pop(day, None)
            if starts is None:
                cancelled[day] = reason
            else:
                moved[day] = starts.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)
        specials = tuple(row.special for row in venue.special_days) if venue else ()
        return self._rule(cancelled=cancelled, moved=moved, specials=specials)

    def _rule(self, **exceptions: Any) -> schedule.Rule:
        return schedule.Rule(
            recurrence=Recurrence(self.recurrence),
            weekday=self.weekday,
            starts=self.starts,
            zone=ZoneInfo(self.time_zone),
            starts_on=self.starts_on,
            minutes=self.minutes,
            every_weeks=self.every_weeks,
            nth=self.nth,
            ends_on=self.ends_on,
            skips_holidays=self.skips_holidays,
            **exceptions,
        )

    @property
    def rule_words(self) -> str:
        """In words, which exceptions do not change."""
        return schedule.words(self._rule())

    def next_meetings(self, after: datetime, count: int) -> list[Meeting]:
        """The next meetings that have not ended at `after` (aware)."""
        meetings = schedule.next_dates(self.rule, after, count, calendar())
        freshness.until_midnight(self.rule.zone)
        for meeting in meetings[:1]:
            freshness.until(meeting.ends)
        return meetings

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        self.venue = network().live.get(self.venue_id or 0) or self.venue
        others = SupportGroup.objects.going_on(timezone.localdate()).sibling_of(self, inclusive=False)
        meetings = self.next_meetings(now, 3)
        last = meetings[-1].starts.date() if meetings else timezone.localdate() + timedelta(days=60)
        return context | {
            "meetings": meeting_rows.rows(self, meetings, now),
            "first_day": f"{meetings[0].by_rule:%Y%m%d}" if meetings else "",
            "course": meeting_rows.course(self, now) if meetings else None,
            "missed": group_words.missed(self.rule, timezone.localdate(), last, calendar()),
            "city_time": zones.city_time(self.rule.zone),
            "steps": group_words.steps(self.registration_words),
            "others": others[:5],
        }


class MeetingException(Orderable):
    """A day of the rule on which the group does not meet, or meets at another time."""

    group = ParentalKey(SupportGroup, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField(_("день по расписанию"))
    new_date = models.DateField(_("перенесли на"), null=True, blank=True, help_text=_("Пусто — встречи не будет."))
    new_starts = models.TimeField(_("новое начало"), null=True, blank=True)
    reason = models.CharField(_("почему"), max_length=120, help_text=_("«В школах каникулы»."))

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("new_date"), FieldPanel("new_starts")]),
        FieldPanel("reason"),
    ]

    class Meta:
        verbose_name = _("отмена или перенос")
        verbose_name_plural = _("отмены и переносы")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}: {self.reason}"
