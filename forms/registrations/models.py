"""Sessions with their seats, and who is registered for them."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.applications.models import Application, Team
from services.meetings import Key
from services.models import SupportGroup

from .querysets import RegistrationQuerySet, SessionQuerySet
from .states import ACTIVE, SessionState, State


class Session(models.Model):
    """One meeting, slot or course with seats. `day` and `offset` name it by the group's rule, wherever it was moved.

    `taken` and `waiting` repeat what the registrations say: they are counted anew under the lock of this row by every
    writer, and the constraint stands behind.
    """

    group = models.ForeignKey(
        SupportGroup, verbose_name=_("группа"), on_delete=models.PROTECT, related_name="sessions", db_index=False
    )
    team = models.ForeignKey(
        Team, verbose_name=_("команда"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField(_("день по расписанию"))
    offset = models.PositiveSmallIntegerField(_("минут от начала встречи"), default=0)
    starts = models.DateTimeField(_("начало"))
    ends = models.DateTimeField(_("окончание"))
    seats = models.PositiveSmallIntegerField(_("мест"))
    taken = models.PositiveSmallIntegerField(_("занято"), default=0)
    waiting = models.PositiveSmallIntegerField(_("в листе ожидания"), default=0)
    state = models.CharField(_("состояние"), max_length=10, choices=SessionState, default=SessionState.PLANNED)
    is_course = models.BooleanField(_("весь курс"), default=False)
    reason = models.CharField(_("почему перенесена или отменена"), max_length=120, blank=True)
    sequence = models.PositiveSmallIntegerField(_("который раз меняется"), default=0)
    told_days = models.JSONField(_("что записанные знают о встречах курса"), null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("встреча с записью")
        verbose_name_plural = _("встречи с записью")
        default_permissions = ()
        ordering = ["starts", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "day", "offset"], name="session_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="session_never_oversold"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="session_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["starts", "id"], name="session_starts"),
            models.Index(fields=["team", "starts"], name="session_team"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.starts:%d.%m.%Y %H:%M}"

    @property
    def key(self) -> Key:
        """As `services.meetings` names it."""
        return Key(self.group_id, self.day, self.offset)

    @property
    def free(self) -> int:
        """Seats that anybody may still take: none while people wait, for what is free is theirs first."""
        return 0 if self.waiting else self.seats - self.taken

    @property
    def until(self) -> datetime:
        """Until when seats are given out and given back: until it begins; of a course, until its end."""
        return self.ends if self.is_course else self.starts

    @property
    def is_over(self) -> bool:
        """Whether nobody is given a seat, or gives one back, any more."""
        return self.until <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.state == SessionState.CANCELLED


class Registration(models.Model):
    """One person at one session. `person` is a keyed digest, by which nobody gets two seats; `spelling` names the key
    and the rules by which it was made (`people.spelling`)."""

    session = models.ForeignKey(
        Session, verbose_name=_("встреча"), on_delete=models.PROTECT, related_name="registrations", db_index=False
    )
    application = models.ForeignKey(
        Application, verbose_name=_("заявка"), on_delete=models.PROTECT, related_name="registrations"
    )
    row = models.PositiveSmallIntegerField(_("который в заявке"))
    name = models.CharField(_("кто записан"), max_length=200, blank=True)
    born_on = models.DateField(_("дата рождения"), null=True, blank=True)
    person = models.BigIntegerField(_("признак человека"))
    spelling = models.CharField(_("по каким правилам признак"), max_length=16, blank=True, default="")
    state = models.CharField(_("состояние"), max_length=10, choices=State)
    place = models.PositiveIntegerField(_("номер в листе ожидания"), null=True, blank=True)
    offered_until = models.DateTimeField(_("место держим до"), null=True, blank=True)
    reminded_of = models.DateTimeField(_("напомнили о начале"), null=True, blank=True)
    made_at = models.DateTimeField(_("записан"), default=timezone.now)
    changed_at = models.DateTimeField(_("изменено"), default=timezone.now)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("запись")
        verbose_name_plural = _("записи")
        default_permissions = ()
        ordering = ["session", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(state__in=ACTIVE), name="registration_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["session", "place"], condition=Q(state=State.WAITING), name="registration_one_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING) | Q(place__isnull=False), name="registration_waits_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state=State.OFFERED, offered_until__isnull=False)
                | ~Q(state=State.OFFERED) & Q(offered_until__isnull=True),
                name="registration_offer_has_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "state"], name="registration_state"),
            models.Index(fields=["offered_until"], condition=Q(state=State.OFFERED), name="registration_offers"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.row}: {self.state}"
