"""The task list before publishing: each item says in words how it stands, why it matters and where to mend it.

It decides nothing by itself: an item is done when the gate has nothing to say about its part of the form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from forms.applications import trials
from forms.applications.models import Trial
from forms.definitions import fields
from forms.definitions.checks import Finding
from forms.definitions.document import Definition
from forms.definitions.question import Field
from home.words import long_date, plural

from . import gate, promises

if TYPE_CHECKING:
    from .models import FormPage


@dataclass(frozen=True, slots=True)
class Item:
    """One task. `words` say how it stands, `why` what it is for, `anchor` is the place in the editor."""

    key: str
    title: str
    done: bool
    words: str
    why: str
    anchor: str = ""


class Readiness:
    """How far a draft is from being published. Reads the page's own, unpublished content."""

    def __init__(self, page: "FormPage") -> None:
        self.page = page
        self.definition, self.findings = gate.inspect(page)

    @cached_property
    def digest(self) -> str:
        """Of the content; blank when it cannot be read."""
        return gate.content_digest(self.definition) if self.definition else ""

    @cached_property
    def trial(self) -> Trial | None:
        """The trial that was made of exactly this content, or what stands in its place."""
        return trials.last(self.page.pk, self.digest) if self.digest else None

    @property
    def errors(self) -> list[Finding]:
        """What must be mended."""
        return [finding for finding in self.findings if finding.is_error]

    @property
    def can_try(self) -> bool:
        """Whether a trial can be made: the journey of a form with errors would break."""
        return bool(self.definition) and not self.errors

    @property
    def is_ready(self) -> bool:
        """Whether the gate would let it through."""
        return self.can_try and self.trial is not None

    @cached_property
    def items(self) -> list[Item]:
        """The whole list: what is left first, else in the order in which people work."""
        return sorted([*self._parts(), self._checks(), self._trial()], key=lambda item: item.done)

    @property
    def left(self) -> int:
        """How many items are not done."""
        return sum(not item.done for item in self.items)

    def _wrong(self, *roots: str) -> str:
        """The first error below these parts of the document; blank without one."""
        return next((finding.sentence for finding in self.errors if finding.path and finding.path[0] in roots), "")

    def _parts(self) -> Iterator[Item]:
        page = self.page
        why = _("По названию и адресу люди узнают, туда ли они попали")
        yield self._item("title", _("Название и адрес"), ("title", "slug"), page.title, why=why, anchor="id_title")
        why = _("Без согласия с понятным текстом собирать личные данные нельзя")
        words = _("от %s") % long_date(page.consent_dated) if page.consent_dated else _("текст и фраза написаны")
        yield self._item(
            "consent", _("Согласие на обработку данных"), ("consent",), words, why=why, anchor="id_consent_text"
        )
        yield self._contact()
        why = _("Личные данные хранят не дольше, чем нужно для дела")
        months = page.retention_months or 0
        words = f"{months} {plural(months, _('месяц'), _('месяца'), _('месяцев'))}"
        yield self._item("retention", _("Срок хранения"), ("retention",), words, why=why, anchor="id_retention_months")
        why = _("Команда увидит заявку в своей очереди. Никто не назван — заявка идёт по муниципалитету")
        yield self._item("team", _("Кто получит заявки"), ("team",), self._team(), why=why, anchor="id_team")
        why = _("Человек прочтёт это сразу после отправки, рядом с номером")
        words = page.receipt_text.strip()[:80]
        yield self._item("receipt", _("Слова после отправки"), ("texts",), words, why=why, anchor="id_receipt_text")
        why = _("В срок форма закроется сама и скажет об этом")
        roots = ("opens_at", "closes_at")
        yield self._item("opening", _("Сроки и число заявок"), roots, self._opening(), why=why, anchor="id_closes_at")

    def _item(self, key: str, title: str, roots: tuple[str, ...], words: str, *, why: str, anchor: str) -> Item:
        wrong = self._wrong(*roots)
        return Item(key, title, not wrong and self.definition is not None, wrong or words, why, anchor)

    def _contact(self) -> Item:
        asked = contacts(self.definition)
        labels = ", ".join(f"«{field.label}»" for field in asked)
        if asked and all(not field.required or field.show_if for field in asked):
            labels += _(" — можно не указать, тогда ответить будет некуда")
        why = _("Ответ придёт туда, где человек его увидит")
        words = labels or _("Добавьте вопрос о телефоне или почте")
        return Item("contact", _("Куда ответить"), bool(asked), words, why, "steps-root")

    def _team(self) -> str:
        named = promises.teams_of(self.definition) if self.definition else []
        return ", ".join(f"«{name}»" for name in named) or _("по муниципалитету, иначе общая очередь")

    def _opening(self) -> str:
        page = self.page
        if not page.is_open:
            return _("форма выйдет закрытой: отметка «принимает заявки» снята")
        words = [
            _("с %s") % long_date(page.opens_at) if page.opens_at else "",
            _("до %s") % long_date(page.closes_at) if page.closes_at else "",
            _("не больше %d") % page.most_applications if page.most_applications else "",
        ]
        return ", ".join(word for word in words if word) or _("не ограничены")

    def _checks(self) -> Item:
        mine = [finding for finding in self.errors if finding.path[:1] in {("steps",), ("rules",), ("minutes",), ()}]
        warnings = len(self.findings) - len(self.errors)
        words = _("ошибок нет")
        if mine:
            words = counted(len(mine), _("ошибка"), _("ошибки"), _("ошибок"))
        if warnings:
            words += ", " + counted(warnings, _("замечание"), _("замечания"), _("замечаний"))
        why = _("Условия выполнимы, у каждого вопроса есть слова, каждый шаг можно пройти")
        return Item(
            "checks", _("Проверки формы"), not mine and self.definition is not None, words, why, "form-findings"
        )

    def _trial(self) -> Item:
        words = _("после последних правок её не было")
        if self.trial:
            words = self.trial.get_how_display()
            if self.trial.made_by and self.trial.how == Trial.How.SENT:
                words += f", {self.trial.made_by.short_name}"
        elif not self.can_try:
            words = _("сначала исправьте ошибки")
        why = _("Пройдите форму сами, как заявитель. Заявка никуда не уйдёт")
        return Item("trial", _("Пробная заявка"), self.trial is not None, words, why)


def contacts(definition: Definition | None) -> list[Field]:
    """Questions whose answers say where to reply."""
    asked = definition.fields if definition else ()
    return [field for field in asked if not field.staff and fields.get(field.type).holds_contact]


def counted(number: int, one: str, few: str, many: str) -> str:
    """«2 ошибки»."""
    return f"{number} {plural(number, one, few, many)}"
