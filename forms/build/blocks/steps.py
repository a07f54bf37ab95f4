"""Steps: one page of the journey each."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter

from .condition import ConditionBlock
from .picker import media
from .questions import QuestionsBlock


class StepBlock(blocks.StructBlock):
    """A step: title, a sentence under it, condition, questions."""

    title = blocks.CharBlock(label=_("Название шага"), required=False, max_length=150)
    lead = blocks.CharBlock(label=_("Пояснение под названием"), required=False, max_length=500)
    show_if = ConditionBlock()
    questions = QuestionsBlock()

    class Meta:
        label = _("Шаг")
        label_format = "{title}"
        icon = "form"


class StepsBlock(blocks.StreamBlock):
    """All steps of a form; a duplicated step keeps the conditions between its own questions."""

    step = StepBlock()

    class Meta:
        required = False


class RemappingStreamAdapter(StreamBlockAdapter):
    """Browser side of a stream that points the conditions inside a copy at the questions of the copy."""

    js_constructor = "forms.build.RemappingStream"

    @cached_property
    def media(self) -> forms.Media:
        return media()


register(RemappingStreamAdapter(), StepsBlock)
