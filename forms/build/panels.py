"""What the editor of a form sees, by tabs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)

from .findings_panel import FindingsPanel

QUESTIONS = [
    FindingsPanel(heading=_("Проверки формы")),
    HelpPanel(template="build/admin/questions_help.html", heading=_("Как устроена форма")),
    FieldPanel("steps", heading=_("Шаги")),
]
RULES = [
    HelpPanel(template="build/admin/rules_help.html", heading=_("Что решают ответы")),
    FieldPanel("rules", heading=_("Правила")),
    MultiFieldPanel([FieldPanel("team")], heading=_("Кто получает заявки")),
]
START = [
    MultiFieldPanel(
        [
            TitleFieldPanel("title"),
            FieldPanel("lead", heading=_("Зачем эта форма"), help_text=_("Главное и польза в двух фразах.")),
            FieldRowPanel([FieldPanel("minutes")]),
            FieldPanel("at_hand"),
        ],
        heading=_("Начальная страница"),
    ),
]
TEXTS = [
    MultiFieldPanel(
        [FieldPanel("consent_summary"), FieldPanel("consent_text"), FieldPanel("consent_dated")],
        heading=_("Согласие на обработку персональных данных"),
    ),
    MultiFieldPanel([FieldPanel("receipt_text")], heading=_("После отправки")),
    MultiFieldPanel(
        [
            FieldPanel("is_open"),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldPanel("most_applications"),
            FieldPanel("closed_message"),
        ],
        heading=_("Приём заявок"),
    ),
    MultiFieldPanel([FieldPanel("retention_months")], heading=_("Хранение")),
]


def tabs(address: list[Any], settings: list[Any]) -> TabbedInterface:
    """All tabs; the last two are those of every page."""
    return TabbedInterface(
        [
            ObjectList(QUESTIONS, heading=_("Вопросы")),
            ObjectList(RULES, heading=_("Правила")),
            ObjectList(START, heading=_("Начало")),
            ObjectList(TEXTS, heading=_("Согласие и приём")),
            ObjectList(address, heading=_("Адрес")),
            ObjectList(settings, heading=_("Настройки")),
        ]
    )
