"""Streams of questions with «Вставить готовый блок» under them."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register

from .picker import media
from .questions import QuestionsBlock
from .steps import RemappingStreamAdapter


class QuestionsAdapter(RemappingStreamAdapter):
    """Tells the browser where the shared blocks are."""

    js_constructor = "forms.build.QuestionsStream"

    def js_args(self, block: QuestionsBlock) -> list[Any]:
        """As for any stream, and the address and words of the picker."""
        *args, meta = super().js_args(block)
        words = {
            "insert": _("Вставить готовый блок"),
            "blocks": _("Готовые блоки вопросов"),
            "none": _("Подходящих блоков пока нет."),
            "failed": _("Не получилось загрузить блок. Проверьте связь и попробуйте ещё раз."),
            "inserted": _("Блок вставлен"),
        }
        return [*args, meta | {"sharedBlocks": {"url": reverse("form_build:blocks"), "words": words}}]

    @cached_property
    def media(self) -> forms.Media:
        """The picker after what it builds on."""
        # One list: Media keeps the order inside of a list only.
        return media("form_build/shared_blocks.js", "form_build/preview_modes.js")


register(QuestionsAdapter(), QuestionsBlock)
