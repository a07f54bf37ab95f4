"""One application: the row that everything is filtered, sorted and scoped by."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.applications.querysets import ApplicationQuerySet
from forms.applications.stages import APPLICANT_WORDS, PUT_OFF_WORDS, PutOffReason, State
from forms.definitions.models import Form, FormVersion
from services.models import Territory

from .finding import Label
from .invariants import APPLICATION
from .team import Team


class Channel(models.TextChoices):
    """How the application reached us."""

    SITE = "site", _("сайт")
    API = "api", _("другая система")
    PHONE = "phone", _("телефон")
    VISIT = "visit", _("личный приём")
    SOCIAL = "social", _("соцсети и мессенджеры")
    LETTER = "letter", _("письмо")
    POINT = "point", _("пункт")


class LegalStatus(models.TextChoices):
    """What the text is in law (59-FZ): without a sign-in that identifies the citizen it is a request for help."""

    REQUEST = "request", _("заявка, не официальное обращение")
    APPEAL = "appeal", _("официальное обращение")


class Urgency(models.IntegerChoices):
    """How soon it must be looked at; the most urgent is the least, so that every order goes upwards."""

    NOW = 0, _("немедленно")
    SOON = 1, _("срочно")
    SOONER = 2, _("раньше других")
    USUAL = 3, _("как обычно")


class Application(models.Model):
    """One application: a slim row with everything that is filtered, sorted or scoped; answers live on the Sheet."""

    number_prefix = models.CharField(_("код региона в номере"), max_length=4, editable=False)
    source_key = models.CharField(_("ключ отправки"), max_length=80, unique=True, editable=False)
    form = models.ForeignKey(Form, verbose_name=_("форма"), on_delete=models.PROTECT, db_index=False)
    form_version = models.ForeignKey(
        FormVersion, verbose_name=_("версия формы"), on_delete=models.PROTECT, related_name="applications"
    )
    team = models.ForeignKey(Team, verbose_name=_("команда"), on_delete=models.PROTECT, db_index=False)
    territory = models.ForeignKey(
        Territory, verbose_name=_("муниципалитет"), null=True, blank=True, on_delete=models.PROTECT, db_index=False
    )
    state = models.CharField(_("состояние"), max_length=20, choices=State, default=State.NEW)
    is_open = models.BooleanField(_("открыто"), default=True)
    result = models.CharField(_("результат"), max_length=20, choices=State, blank=True)
    explanation = models.TextField(_("объяснение заявителю"), blank=True)
    norm = models.CharField(_("норма, на которой стоит отказ"), max_length=500, blank=True)
    next_step = models.CharField(_("что человеку делать дальше"), max_length=1000, blank=True)
    redirected_to = models.CharField(_("куда перенаправлено"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("объединено с"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="merged",
    )
    channel = models.CharField(_("откуда пришло"), max_length=10, choices=Channel, default=Channel.SITE)
    legal_status = models.CharField(
        _("правовой статус"), max_length=10, choices=LegalStatus, default=LegalStatus.REQUEST
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("исполнитель"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="held_applications",
    )
    topic = models.ForeignKey(
        Label, verbose_name=_("тема"), null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    urgency = models.PositiveSmallIntegerField(_("срочность"), choices=Urgency, default=Urgency.USUAL)
    received_at = models.DateTimeField(_("получено"), default=timezone.now)
    due_on = models.DateField(_("ответить до"))
    paused_on = models.DateField(_("срок стоит с"), null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField(_("дней, когда срок стоял"), default=0)
    extended_days = models.PositiveSmallIntegerField(_("продлено на дней"), default=0)
    extension_reason = models.CharField(_("почему срок продлён"), max_length=500, blank=True)
    contact_on = models.DateField(_("связаться не позже"), null=True, blank=True)
    put_off_reason = models.CharField(_("почему отложено"), max_length=10, choices=PutOffReason, blank=True)
    # What «Горит сегодня» asks for by one index: the promised date, or the day of contact where that is sooner.
    burns_on = models.GeneratedField(
        verbose_name=_("загорится"),
        expression=Case(
            When(paused_on__isnull=False, then=Value(None)),
            When(contact_on__lt=F("due_on"), then=F("contact_on")),
            default=F("due_on"),
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    has_news = models.BooleanField(_("есть новое от заявителя"), default=False)
    closed_at = models.DateTimeField(_("закрыто"), null=True, blank=True)
    name = models.CharField(_("заявитель"), max_length=200, blank=True)
    summary = models.CharField(_("просьба"), max_length=160, blank=True)
    phone = models.CharField(_("телефон"), max_length=20, blank=True)
    email = models.EmailField(_("электронная почта"), blank=True)
    name_key = models.CharField(_("имя для поиска"), max_length=200, blank=True, db_index=True)
    phone_digits = models.CharField(_("телефон для поиска"), max_length=10, blank=True, db_index=True)
    phone_rev = models.CharField(_("телефон с конца"), max_length=10, blank=True, db_index=True)
    email_key = models.CharField(_("почта для поиска"), max_length=254, blank=True, db_index=True)
    version = models.PositiveIntegerField(_("номер правки"), default=1)
    erase_on = models.DateField(_("удалить персональные данные"), null=True, blank=True)
    erased_at = models.DateTimeField(_("персональные данные удалены"), null=True, blank=True)
    journal_length = models.PositiveIntegerField(_("записей в журнале"), default=0, editable=False)
    journal_head = models.CharField(_("отпечаток последней записи"), max_length=64, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("обращение")
        verbose_name_plural = _("обращения")
        default_permissions = ()
        permissions = [
            ("view_queue", _("Видит обращения своих команд")),
            ("work_application", _("Берёт обращения в работу и закрывает их")),
            ("assign_application", _("Назначает исполнителя")),
            ("view_all_applications", _("Видит обращения всех команд")),
            ("enter_application", _("Заносит обращения по телефону и на приёме")),
            ("view_reports", _("Видит отчёты")),
            ("view_journal", _("Видит журнал действий")),
        ]
        constraints = APPLICATION
        # `team` behind an order: the list of some teams passes over the rows of others without reading them.
        indexes = [
            *(
                models.Index(fields=[*lead, "id", "team"], condition=Q(is_open=True), name=f"app_open_{name}")
                for lead, name in (
                    *((["due_on"], "due"), (["received_at"], "received"), (["name_key"], "name")),
                    *((["urgency", "due_on"], "urgency"), (["state", "due_on"], "state"), (["form", "due_on"], "form")),
                )
            ),
            # Behind the order of a team's list: all that its counters ask, `is_open` too, so that they read this alone.
            models.Index(
                fields=["team", "due_on", "id", "burns_on", "paused_on", "assignee", "state", "is_open"],
                condition=Q(is_open=True),
                name="app_open_team",
            ),
            models.Index(fields=["assignee", "due_on", "id"], condition=Q(is_open=True), name="app_open_assignee"),
            models.Index(fields=["burns_on", "id"], condition=Q(is_open=True), name="app_open_burns"),
            models.Index(
                fields=["due_on", "id", "team"],
                condition=Q(is_open=True, assignee__isnull=True),
                name="app_open_unassigned",
            ),
            *(
                models.Index(fields=[*lead, "closed_at", "id"], condition=Q(is_open=False), name=f"app_closed_{name}")
                for lead, name in (
                    *((["team"], "team"), (["assignee"], "assignee"), (["form"], "form")),
                    *((["territory"], "territory"), (["topic"], "topic")),
                )
            ),
            models.Index(fields=["closed_at", "id", "team"], condition=Q(is_open=False), name="app_closed_at"),
            models.Index(fields=["due_on", "id", "team"], condition=Q(has_news=True), name="app_news"),
            models.Index(fields=["erase_on"], condition=Q(erased_at__isnull=True), name="app_erase"),
            models.Index(fields=["due_on", "id"], condition=Q(is_open=False), name="app_closed_due"),
            models.Index(fields=["received_at", "id", "team"], name="app_received"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="app_merged"),
            models.Index(fields=["form", "id"], name="app_form"),
            models.Index(fields=["territory", "id"], name="app_territory"),
        ]

    def __str__(self) -> str:
        return f"№ {self.public_number}"

    @property
    def public_number(self) -> str:
        """What people read and dictate: region code and the running number, «38-004-817»."""
        return f"{self.number_prefix}-{self.pk // 1000:03d}-{self.pk % 1000:03d}"

    @property
    def applicant_words(self) -> str:
        """Where it stands, in the applicant's words, with what they need to know of it."""
        if self.state == State.REDIRECTED:
            return gettext("Передано: %(where)s. Ответ придёт оттуда") % {"where": self.redirected_to}
        if self.state == State.MERGED and self.merged_into and not self.shares_contact(self.merged_into):
            # Somebody else may read this page: the number of another person's application is not theirs to know.
            return gettext("Рассматриваем вместе с другим обращением")
        if self.state == State.MERGED and self.merged_into:
            return gettext("Рассматриваем вместе с вашей заявкой %(number)s") % {
                "number": self.merged_into.public_number
            }
        words = str(APPLICANT_WORDS[self.state])
        return f"{words}: {self.put_off_words}" if self.put_off_words else words

    def shares_contact(self, other: "Application") -> bool:
        """Whether both were sent with the same telephone or e-mail, so that one person reads about both."""
        phone = bool(self.phone_digits) and self.phone_digits == other.phone_digits
        return phone or (bool(self.email_key) and self.email_key == other.email_key)

    @property
    def result_words(self) -> str:
        """How it ended, in the applicant's words; blank while it is open."""
        return self.applicant_words if self.result else ""

    @property
    def whole_answer(self) -> str:
        """All that the applicant was answered, as one text."""
        parts = [
            self.explanation,
            gettext("Основание: %(norm)s") % {"norm": self.norm} if self.norm else "",
            gettext("Что делать дальше: %(step)s") % {"step": self.next_step} if self.next_step else "",
        ]
        return "\n\n".join(part for part in parts if part)

    @property
    def put_off_words(self) -> str:
        """Why it is put off, in the applicant's words; blank where the reason is told in the message only."""
        return str(PUT_OFF_WORDS.get(self.put_off_reason, ""))

    @property
    def short_name(self) -> str:
        """«Мельникова Е. А.»; a name that is not three words stays as it is."""
        last, *rest = self.name.split()[:3] or [""]
        return " ".join([last, *(f"{word[0]}." for word in rest)])
