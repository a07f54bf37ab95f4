"""The pages of the form editor: the list of forms and the form itself, whose public face is its start page."""

import logging
from typing import Any, ClassVar, NoReturn

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.models import FormMixin
from wagtail.log_actions import log

from forms.applications import opening
from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.journey import Journey
from forms.definitions.models import Form
from home.models import BasePage

from . import gate, panels, preview
from .admission import Admission
from .blocks import RulesBlock, StepsBlock
from .editform import FormPageForm
from .field import DefinitionField
from .publication import PublishedForm, close, name_publisher, publish
from .shared_block import SharedBlock

__all__ = ["FormIndexPage", "FormPage", "PublishedForm", "SharedBlock", "close", "publish"]

logger = logging.getLogger(__name__)


class FormIndexPage(BasePage):
    """Every form that takes requests; only forms live below it."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page", "home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["form_build.FormPage"]
    max_count = 1
    template = "build/form_index_page.html"

    class Meta:
        verbose_name = _("раздел форм")
        verbose_name_plural = _("разделы форм")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        forms = FormPage.objects.child_of(self).live().public().order_by("path")
        return super().get_context(request, *args, **kwargs) | {"forms": forms}


class FormPage(FormMixin, BasePage, Admission):  # type: ignore[django-manager-missing]
    """A form as its editor sees it. Publishing compiles it into the next FormVersion; the lead is the form's purpose.

    The forms app of Wagtail gives the menu of forms and its permission hook only: submissions are applications.
    """

    minutes = models.PositiveSmallIntegerField(
        _("сколько минут займёт"), default=5, help_text=_("Честная оценка: человек планирует время.")
    )
    at_hand = models.TextField(
        _("что держать под рукой"), blank=True, help_text=_("По одному в строке: документы, даты, номера.")
    )
    steps = DefinitionField(StepsBlock(), blank=True, verbose_name=_("шаги и вопросы"))
    rules = DefinitionField(RulesBlock(), blank=True, verbose_name=_("правила"))
    team = models.CharField(
        _("команда"),
        max_length=160,
        blank=True,
        help_text=_("Кто получит заявки. Не выбрана — команда муниципалитета заявителя, а если её нет, общая очередь."),
    )
    consent_summary = models.CharField(
        _("фраза у отметки"),
        max_length=300,
        blank=True,
        help_text=_("Человек ставит отметку рядом с этими словами. Например: «Разрешаю обработать мои данные…»"),
    )
    consent_text = models.TextField(
        _("полный текст согласия"),
        blank=True,
        help_text=_("Меняются слова — номер редакции растёт сам. Заявка хранит редакцию, с которой согласились."),
    )
    consent_dated = models.DateField(
        _("дата редакции"), null=True, blank=True, help_text=_("Не указана — поставим день публикации новых слов.")
    )
    receipt_text = models.TextField(
        _("что будет дальше"), blank=True, help_text=_("Человек прочитает это после отправки, вместе с номером заявки.")
    )
    parent_page_types: ClassVar[list[str]] = ["form_build.FormIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = FormPageForm
    template = "build/start_page.html"
    landing_page_template = "build/start_page.html"
    search_kind: ClassVar[Any] = _("Формы")

    edit_handler = panels.tabs(BasePage.promote_panels, BasePage.settings_panels)

    class Meta:
        verbose_name = _("форма")
        verbose_name_plural = _("формы")

    # --- What the form is -----------------------------------------------------------------------------------------

    @property
    def at_hand_items(self) -> list[str]:
        """The lines of `at_hand`."""
        return [line.strip() for line in self.at_hand.splitlines() if line.strip()]

    @property
    def form(self) -> Form | None:
        """The published form of this page or of the page it is an alias of; None before the first publishing."""
        link = PublishedForm.objects.filter(page_id=self.alias_of_id or self.pk).select_related("form").first()
        return link.form if link else None

    @property
    def apply_url(self) -> str:
        """Where the journey begins; it goes on with what was begun."""
        return f"/apply/{self.slug}/"

    @property
    def paper_url(self) -> str:
        """Where it is printed to be filled by hand."""
        return f"/forms/{self.slug}/paper/"

    def search_body(self) -> str:
        return " ".join([*self.at_hand_items, *(str(block.value.get("title") or "") for block in self.steps)])

    # --- Publishing -----------------------------------------------------------------------------------------------

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """Every road to publishing ends here: the page goes live together with its version, or not at all.

        Raises gate.NotReady. `update_fields` without `live_revision` means a draft saved on a live page.
        """
        fields = kwargs.get("update_fields")
        is_draft = fields is not None and "live_revision" not in fields
        with transaction.atomic():
            definition = None if is_draft or self.alias_of_id else self._definition_to_publish()
            result: Any = super().save(clean=clean, **kwargs)  # type: ignore[call-arg]
            if definition:
                publish(self, definition)
            elif self.pk and not self.live:
                close(self)
        return result

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's, for a form that is ready, also where it goes live later only; else raises gate.NotReady.

        One that is not ready at its scheduled time any more stays as it is, and the other pages go on.
        """
        draft = revision.as_object()
        if draft.go_live_at and draft.go_live_at > timezone.now():
            gate.definition_of(draft)
        name_publisher(revision, user)
        try:
            super().publish(revision, user, *args, **kwargs)
        except gate.NotReady:
            if kwargs.get("log_action") != "wagtail.publish.scheduled":
                raise
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            log(instance=self, action="wagtail.schedule.cancel", revision=revision)
            logger.warning("form page %s was not ready at its scheduled time", self.pk)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The form and its applications stay; it takes no more of them."""
        with transaction.atomic():
            close(self)
            return super().delete(*args, **kwargs)

    def _definition_to_publish(self) -> Definition | None:
        if not (self.live and self.live_revision_id):
            return None
        try:
            return gate.definition_of(self)
        except gate.NotReady:
            # A page that was live before the rules grew may still be moved or renamed.
            stored = type(self).objects.filter(pk=self.pk).values_list("live", "live_revision_id").first()
            if stored != (True, self.live_revision_id):
                raise
            return None

    # --- The forms app of Wagtail: its menu and listing, not its storage ----------------------------------------------

    def get_form_fields(self) -> list[Any]:
        return []

    def get_data_fields(self) -> list[Any]:
        return []

    def process_form_submission(self, form: Any) -> NoReturn:
        raise NotImplementedError("applications are made by forms.applications.actions")

    def serve_submissions_list_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Applications are read in the queue."""
        form = self.form
        return HttpResponseRedirect(f"{reverse('wagtailadmin_home')}queue/" + (f"?form={form.pk}" if form else ""))

    # --- The public face ----------------------------------------------------------------------------------------------

    @property
    def is_same_for_all(self) -> bool:
        """A form that takes so many and no more may be full at any moment."""
        return self.most_applications is None and super().is_same_for_all

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.name_turns()
        return BasePage.serve(self, request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # Who begins is led to the first step itself, without a detour.
        found = versions.current(self.slug) if self.live else None
        return super().get_context(request, *args, **kwargs) | {
            "apply_url": self.apply_url,
            "opening": opening.of(self.as_form(found[0].form_id if found else None)),
            "first_url": f"{self.apply_url}{Journey(found[1], {}).steps[0].key}/" if found else self.apply_url,
        }

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The start page, the paper version and every step."""
        return preview.modes(self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview.serve(self, request, mode_name) or BasePage.serve_preview(self, request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return self.get_context(request)
