from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PageChooserPanel

from home.models import BasePage
from services import finder, territories
from services.finder import Option

from .measure import Measure
from .measure_facts import read_facts, read_unchecked
from .measure_words import references

PAGE_SIZE = 12


@dataclass(frozen=True)
class Question:
    """A group of answers beside the list."""

    title: str
    options: list[Option]


class MeasureIndexPage(BasePage):
    """«Меры поддержки»: three questions and a list of what is in force."""

    form_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("с какой формы начать"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Форма для всех мер, у которых не выбрана своя."),
    )

    template = "services/measure_index.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["services.Measure"]
    content_panels = [
        *BasePage.content_panels,
        PageChooserPanel("form_page", page_type="form_build.FormPage"),
    ]

    class Meta:
        verbose_name = _("раздел «Меры поддержки»")
        verbose_name_plural = _("разделы «Меры поддержки»")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        words = finder_words()
        chosen = finder.clean(request.GET.dict(), words)
        today = timezone.localdate()
        known = read_facts(today)
        ids = [facts.pk for facts in finder.fitting(known, chosen)]
        limit = how_many(request.GET.get("shown", ""), len(ids))
        unchecked = [facts.pk for facts in finder.fitting(read_unchecked(today), chosen)]
        return context | {
            "total": len(known),
            "count": len(ids),
            "measures": shown(ids[:limit]),
            "unchecked": shown(unchecked[:PAGE_SIZE]),
            "questions": [
                Question(str(title), finder.options(known, chosen, words, name)) for name, title in FIRST_QUESTIONS
            ],
            "refinements": [
                Question(str(title), finder.options(known, chosen, words, name)) for name, title in REFINEMENTS
            ],
            "territories": words["territory"],
            "chosen": chosen,
            "chips": finder.chips(chosen, words),
            "rest": len(ids) - limit,
            "next_count": min(PAGE_SIZE, len(ids) - limit),
            "more_query": finder.query(chosen, shown=str(limit + PAGE_SIZE)),
            "all_query": finder.query(chosen, shown="all"),
        }


FIRST_QUESTIONS = (("situation", _("1. Что произошло")), ("who", _("2. Кто вы")))
REFINEMENTS = (("category", _("Вид помощи")), ("level", _("Кто оказывает")))


def how_many(asked: str, found: int) -> int:
    """How many results to show: the first page, more of them, or «all»."""
    if asked == "all":
        return found
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else PAGE_SIZE
    return min(max(wanted, PAGE_SIZE), found)


def shown(keys: list[int]) -> list[Measure]:
    """These measures in this order, with what a card of the list shows; no query for none."""
    found = Measure.objects.defer("steps", "conditions", "not_entitled", "bring", "we_request").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def finder_words() -> dict[str, tuple[tuple[str, str], ...]]:
    """Codes and labels of every answer (0 queries when warm)."""
    return {
        **references(),
        "territory": tuple(territories.choices()),
        "category": tuple((str(code), str(label)) for code, label in Measure.Category.choices),
        "level": tuple((str(code), str(label)) for code, label in Measure.Level.choices),
    }
