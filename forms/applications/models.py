"""What people sent in, and what becomes of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.definitions.models import Form, FormVersion
from services.models import Territory

from .contents import KINDS, Kind
from .dialogue import Correction, Inquiry, Message
from .finding import Answer, Label, Labelling, Question, SearchDoc
from .form_count import FormCount
from .guesses import CodeTry
from .querysets import ApplicationQuerySet
from .states import APPLICANT_WORDS, CLOSED, OPEN, State
from .trial import Trial

__all__ = [
    "Answer",
    "Application",
    "Channel",
    "CodeTry",
    "Correction",
    "Draft",
    "FormCount",
    "Inquiry",
    "JournalEntry",
    "Label",
    "Labelling",
    "LegalStatus",
    "Message",
    "Question",
    "SearchDoc",
    "Sheet",
    "Team",
    "Upload",
    "Urgency",
]


class Team(models.Model):
    """People who share a queue; applications reach them by territory."""

    name = models.CharField(_("название"), max_length=160, unique=True)
    is_common = models.BooleanField(
        _("общая очередь"),
        default=False,
        help_text=_("Сюда попадают обращения, для которых муниципалитет неизвестен или ни за кем не закреплён."),
    )
    territories = models.ManyToManyField(
        Territory,
        verbose_name=_("муниципалитеты"),
        blank=True,
        related_name="teams",
        help_text=_("Обращения из этих муниципалитетов попадут в эту команду."),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("сотрудники"),
        blank=True,
        related_name="teams",
        help_text=_("Кто видит обращения этой команды."),
    )

    class Meta:
        verbose_name = _("команда")
        verbose_name_plural = _("команды")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["is_common"], condition=Q(is_common=True), name="team_one_common"),
        ]

    def __str__(self) -> str:
        return self.name


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
    paused_days = models.PositiveSmallIntegerField(_("дней ожидания заявителя"), default=0)
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
        constraints = [
            models.CheckConstraint(
                condition=Q(is_open=True, state__in=OPEN) | Q(is_open=False, state__in=CLOSED),
                name="application_open_follows_state",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True, closed_at__isnull=True, result="", explanation="")
                | Q(is_open=False, closed_at__isnull=False, result=F("state"))
                & (~Q(explanation="") | Q(state=State.WITHDRAWN)),
                name="application_closed_has_result_and_explanation",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.IN_WORK) | Q(assignee__isnull=False),
                name="application_in_work_has_assignee",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WAITING_APPLICANT, paused_on__isnull=False, assignee__isnull=False)
                | ~Q(state=State.WAITING_APPLICANT) & Q(paused_on__isnull=True),
                name="application_clock_stands_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(is_open=False, name="", phone="", email="", summary="", name_key="", phone_digits="", email_key=""),
                name="application_erased_holds_no_person",
            ),
        ]
        indexes = [
            *(
                models.Index(fields=[*lead, "due_on", "id"], condition=Q(is_open=True), name=f"app_open_{name}")
                for lead, name in (
                    *(([], "due"), (["team"], "team"), (["assignee"], "assignee"), (["state"], "state")),
                    (["urgency"], "urgency"),
                )
            ),
            models.Index(fields=["received_at", "id"], condition=Q(is_open=True), name="app_open_received"),
            models.Index(fields=["name_key", "id"], condition=Q(is_open=True), name="app_open_name"),
            models.Index(
                fields=["due_on", "id"], condition=Q(is_open=True, assignee__isnull=True), name="app_open_unassigned"
            ),
            *(
                models.Index(fields=[*lead, "closed_at", "id"], condition=Q(is_open=False), name=f"app_closed_{name}")
                for lead, name in (
                    *(([], "at"), (["team"], "team"), (["assignee"], "assignee"), (["form"], "form")),
                    *((["territory"], "territory"), (["topic"], "topic")),
                )
            ),
            models.Index(fields=["due_on", "id"], condition=Q(has_news=True), name="app_news"),
            models.Index(fields=["erase_on"], condition=Q(erased_at__isnull=True), name="app_erase"),
            models.Index(fields=["received_at", "id"], name="app_received"),
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
    def result_words(self) -> str:
        """How it ended, in the applicant's words; blank while it is open."""
        return str(APPLICANT_WORDS[self.result]) if self.result else ""

    @property
    def short_name(self) -> str:
        """«Мельникова Е. А.»; a name that is not three words stays as it is."""
        last, *rest = self.name.split()[:3] or [""]
        return " ".join([last, *(f"{word[0]}." for word in rest)])


class Sheet(models.Model):
    """The answers as they were sent, with the consent; apart, so that a move does not rewrite them."""

    application = models.OneToOneField(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, primary_key=True, related_name="sheet"
    )
    answers = models.JSONField(_("ответы"))
    consent_version = models.PositiveIntegerField(_("версия согласия"))
    consent_at = models.DateTimeField(_("согласие дано"))

    class Meta:
        verbose_name = _("ответы обращения")
        verbose_name_plural = _("ответы обращений")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.application_id)


class Draft(models.Model):
    """A journey under way; found by a token of which only the digest is kept. Emptied when it is submitted."""

    token_digest = models.CharField(_("отпечаток ключа"), max_length=64, unique=True)
    form = models.ForeignKey(Form, verbose_name=_("форма"), on_delete=models.PROTECT, null=True, related_name="drafts")
    version = models.ForeignKey(
        FormVersion, verbose_name=_("версия формы"), on_delete=models.PROTECT, null=True, related_name="drafts"
    )
    # Of an editor who tries out a form: then it has no version, so nothing that looks for a form's drafts finds it.
    trial = models.ForeignKey(
        Trial, verbose_name=_("пробная заявка"), on_delete=models.CASCADE, null=True, related_name="drafts"
    )
    answers = models.JSONField(_("ответы"), default=dict)
    # By step, what was typed and is not an answer yet: wrong, or left in the middle with «Продолжить позже».
    typed = models.JSONField(_("набранное"), default=dict)
    # What changed in the form meanwhile, as sentences; kept until the applicant has gone on from a page that told it.
    news = models.JSONField(_("что изменилось в форме"), default=list)
    step_key = models.CharField(_("шаг"), max_length=40, blank=True)
    application = models.OneToOneField(
        Application, verbose_name=_("обращение"), null=True, on_delete=models.CASCADE, related_name="draft"
    )
    created_at = models.DateTimeField(_("начат"), default=timezone.now)
    updated_at = models.DateTimeField(_("изменён"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("черновик")
        verbose_name_plural = _("черновики")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(trial__isnull=True, form__isnull=False, version__isnull=False)
                | Q(trial__isnull=False, form__isnull=True, version__isnull=True, application__isnull=True),
                name="draft_of_a_version_or_of_a_trial",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class JournalEntry(models.Model):
    """What was done to an application, by whom and when; chained by a hash, never changed or deleted."""

    application = models.ForeignKey(
        Application, verbose_name=_("обращение"), on_delete=models.PROTECT, related_name="journal", db_index=False
    )
    seq = models.PositiveIntegerField(_("порядковый номер"))
    at = models.DateTimeField(_("когда"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("кто"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(_("действие"), max_length=30)
    from_state = models.CharField(_("было"), max_length=20, choices=State, blank=True)
    to_state = models.CharField(_("стало"), max_length=20, choices=State, blank=True)
    facts = models.JSONField(_("обстоятельства"), default=dict)
    previous = models.CharField(_("отпечаток предыдущей записи"), max_length=64, blank=True)
    digest = models.CharField(_("отпечаток"), max_length=64)

    class Meta:
        verbose_name = _("запись журнала")
        verbose_name_plural = _("записи журнала")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["application", "seq"], name="journal_seq_unique")]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.seq} {self.action}"


class Upload(models.Model):
    """One file; its content lies under UPLOADS_DIR by its id. Of a draft until it is sent, of the application after."""

    id = models.UUIDField(_("номер"), primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(
        Draft, verbose_name=_("черновик"), null=True, on_delete=models.SET_NULL, related_name="uploads"
    )
    application = models.ForeignKey(
        Application, verbose_name=_("обращение"), null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    message = models.ForeignKey(
        Message, verbose_name=_("сообщение"), null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    field_key = models.CharField(_("вопрос"), max_length=64, blank=True)
    paper = models.CharField(_("документ"), max_length=64, blank=True)
    name = models.CharField(_("название файла"), max_length=150)
    size = models.PositiveBigIntegerField(_("размер, байт"))
    kind = models.CharField(_("вид содержимого"), max_length=100)
    digest = models.CharField(_("отпечаток содержимого"), max_length=64)
    created_at = models.DateTimeField(_("приложен"), default=timezone.now)

    class Meta:
        verbose_name = _("приложенный файл")
        verbose_name_plural = _("приложенные файлы")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def what(self) -> Kind | None:
        """What was found in it; None for a kind that is no longer taken."""
        return KINDS.get(self.kind)

    @property
    def shown_size(self) -> str:
        """«1,4 МБ» or «320 КБ»."""
        if self.size >= 1024 * 1024:
            return _("%s МБ") % f"{self.size / 1024 / 1024:.1f}".replace(".", ",")
        return _("%d КБ") % max(1, round(self.size / 1024))
