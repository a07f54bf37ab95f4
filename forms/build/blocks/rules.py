"""What follows from answers beside the questions: one block a kind of rule, each with its condition."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.applications.models import Team
from forms.definitions.rule import MAX_URGENCY

from .condition import ConditionBlock
from .reference import QuestionReference, StepReference

MOST_WORDS = 1000
LEVELS = [("1", _("раньше обычных")), ("2", _("в тот же день")), (str(MAX_URGENCY), _("сразу"))]


def teams() -> list[tuple[str, str]]:
    """Every team by name, for a list of choices."""
    return [(name, name) for name in Team.objects.order_by("name").values_list("name", flat=True)]


def _words(label: Any, block: type[blocks.Block] = blocks.TextBlock, most: int = MOST_WORDS, **kwargs: Any) -> Any:
    # Not required here: the publish gate names everything that is missing at once, in its own words.
    rows = {"rows": 2} if block is blocks.TextBlock else {}
    return block(label=label, required=False, max_length=most, **rows, **kwargs)


class AfterBlock(blocks.StructBlock):
    """What is seldom needed in a stop."""

    step = StepReference(label=_("После какого шага решать"))

    class Meta:
        label = _("Ещё настройки")
        icon = "cog"
        collapsed = True
        # No such setting: the folded line says nothing more, and the outline of the page has the label's words.
        label_format = "{nothing}"


class StopBlock(blocks.StructBlock):
    """Tells somebody that this form is not for them, and where help is."""

    when = ConditionBlock("rule", label=_("Когда действует"))
    message = _words(_("Что сказать человеку"))
    hard = blocks.BooleanBlock(label=_("Дальше идти нельзя"), required=False)
    link = _words(
        _("Куда пойти вместо этого"), blocks.CharBlock, 500, help_text=_("Адрес: /measures/ или https://… или tel:+7…")
    )
    link_text = _words(_("Слова на ссылке"), blocks.CharBlock, 150)
    more = AfterBlock()

    class Meta:
        label = _("Остановка")
        icon = "warning"
        label_format = "{message}"


class CheckBlock(blocks.StructBlock):
    """Refuses answers that do not fit each other."""

    when = ConditionBlock("wrong", label=_("Когда ответы не подходят друг к другу"))
    message = _words(_("Что исправить"))
    # default=[] on purpose: with any other default every new check would share the ids of its items.
    questions = blocks.ListBlock(
        QuestionReference((), label=_("Вопрос"), spoken=_("У какого вопроса показать")),
        label=_("У каких вопросов показать"),
        default=[],
    )

    class Meta:
        label = _("Проверка ответов")
        icon = "check"
        label_format = "{message}"


class RouteBlock(blocks.StructBlock):
    """Gives the application to a team."""

    when = ConditionBlock("rule", label=_("Когда действует"))
    team = blocks.ChoiceBlock(choices=teams, required=False, label=_("Какая команда получит заявку"))

    class Meta:
        label = _("Передать команде")
        icon = "group"
        label_format = "{team}"


class TopicBlock(blocks.StructBlock):
    """Labels the application."""

    when = ConditionBlock("rule", label=_("Когда действует"))
    label = _words(_("Тема"), blocks.CharBlock, 100)

    class Meta:
        label = _("Отметить тему")
        icon = "tag"
        label_format = "{label}"


class UrgencyBlock(blocks.StructBlock):
    """Moves the application up the queue."""

    when = ConditionBlock("rule", label=_("Когда действует"))
    level = blocks.ChoiceBlock(choices=LEVELS, required=False, label=_("Когда ответить"))

    class Meta:
        label = _("Срочность")
        icon = "time"
        label_format = "{level}"


class ReceiptBlock(blocks.StructBlock):
    """Other words after sending."""

    when = ConditionBlock("rule", label=_("Когда действует"))
    text = _words(_("Что прочитает человек после отправки"), most=5000)

    class Meta:
        label = _("Другой текст после отправки")
        icon = "mail"
        label_format = "{text}"


class RulesBlock(blocks.StreamBlock):
    """All rules of a form. Of several routes, urgencies or texts whose condition holds the first decides."""

    stop = StopBlock()
    check = CheckBlock()
    route = RouteBlock()
    topic = TopicBlock()
    urgency = UrgencyBlock()
    text = ReceiptBlock()

    class Meta:
        required = False
        collapsed = True
