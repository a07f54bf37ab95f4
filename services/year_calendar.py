"""A whole year of the production calendar entered at once: its form, what it changes, and saving it."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from services import day_lists
from services.models import CalendarException
from services.production_calendar import ONE_DAY, SATURDAY, Calendar

# «№ 123», «N 1335-р», or an article of a code: without one nobody finds the act again.
_HAS_NUMBER = re.compile(r"(№|\bN)\s*\d|\bст(?:атья|атьи|\.)\s*\d", re.IGNORECASE)


class YearForm(forms.Form):
    """Days off, working weekends and the act; `days` maps each named day to whether it is a working one."""

    off = forms.CharField(
        label=gettext_lazy("Нерабочие дни"),
        required=False,
        max_length=day_lists.MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Праздники и дни, на которые перенесли выходные. На строках или через запятую: «1–8 января», «4, 5 ноября»,"
            " «31.12». Можно вставить список из постановления."
        ),
    )
    working = forms.CharField(
        label=gettext_lazy("Рабочие субботы и воскресенья"),
        required=False,
        max_length=day_lists.MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Выходные, которые стали рабочими из-за переноса. Если таких нет, оставьте пустым."),
    )
    source = forms.CharField(
        label=gettext_lazy("Какой это акт"),
        max_length=250,
        help_text=gettext_lazy("Вид, дата и номер, чтобы его могли найти."),
        error_messages={"required": gettext_lazy("Назовите акт с датой и номером: из него взяты дни.")},
    )

    def __init__(self, year: int, known: "list[CalendarException]", data: Any = None) -> None:
        super().__init__(data, initial=_initial(known), label_suffix="")
        self.year, self.known = year, known
        self.days: dict[date, bool] = {}

    def clean_off(self) -> str:
        """Every day must be one of this year, named once."""
        return self._read("off", works=False)

    def clean_working(self) -> str:
        """The same for working weekends."""
        return self._read("working", works=True)

    def clean_source(self) -> str:
        """An act without a number is not an act that can be looked up."""
        source: str = self.cleaned_data["source"]
        if not _HAS_NUMBER.search(source):
            raise forms.ValidationError(_("Допишите номер акта: «Постановление Правительства РФ от … № …»."))
        return source

    def clean(self) -> dict[str, Any]:
        """At least one day in all."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.days:
            self.add_error("off", _("Впишите хотя бы один день."))
        return data

    def seal(self) -> str:
        """What was previewed, as a digest: whoever changes the list, or finds it changed, sees the preview again."""
        parts = [self.cleaned_data["source"], *(f"{day}:{works}" for day, works in sorted(self.days.items()))]
        parts += [f"{row.date}:{row.is_working}:{row.source}" for row in self.known]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _read(self, name: str, *, works: bool) -> str:
        found = day_lists.read(self.cleaned_data[name], self.year)
        both = [day for day in found.days if self.days.get(day, works) != works]
        problems = found.problems + [
            _("И рабочий, и нерабочий: {day}.").format(day=day_lists.told(day)) for day in both
        ]
        if problems:
            raise forms.ValidationError(problems)
        self.days |= dict.fromkeys(found.days, works)
        return str(self.cleaned_data[name])


@dataclass(frozen=True)
class Effect:
    """What saving a list changes: days in words by what becomes of them, and the working days of the year."""

    to_off: list[str]
    to_working: list[str]
    dropped: list[str]
    as_before: list[str]
    closing: list[str]
    before: int
    after: int


def rows_of(year: int) -> list[CalendarException]:
    """What is entered for the year, in order; one query."""
    return list(CalendarException.objects.filter(date__year=year).order_by("date"))


def effect(year: int, days: Mapping[date, bool], known: Iterable[CalendarException]) -> Effect:
    """How the year changes when its list becomes `days`."""
    old = {row.date: row.is_working for row in known}
    now, then = Calendar(old), Calendar(days)
    named = sorted({*old, *days})
    turned = {day: then.is_day_off(day) for day in named if now.is_day_off(day) != then.is_day_off(day)}
    same = [day for day in named if day in days and day not in turned]
    closing = [day for day in same if day.weekday() >= SATURDAY and then.is_holiday(day) and not now.is_holiday(day)]
    return Effect(
        _told(day for day, off in turned.items() if off),
        _told(day for day, off in turned.items() if not off),
        _told(day for day in named if day not in days and day not in turned),
        _told(day for day in same if day not in closing),
        _told(closing),
        _working_days(year, now),
        _working_days(year, then),
    )


def save(days: Mapping[date, bool], source: str, known: Iterable[CalendarException], user: Any) -> int:
    """The year's list becomes `days`; how many rows changed. What stays as it was keeps the act it came from."""
    changed = 0
    with transaction.atomic():
        before = {row.date: row for row in known}
        for day, row in before.items():
            if day not in days:
                log(instance=row, action="wagtail.delete", user=user)
                row.delete()
                changed += 1
        for day, works in sorted(days.items()):
            row = before.get(day) or CalendarException(date=day)
            if row.pk and row.is_working == works:
                continue
            action = "wagtail.edit" if row.pk else "wagtail.create"
            row.is_working, row.source = works, source
            row.save()
            log(instance=row, action=action, user=user)
            changed += 1
    return changed


def _initial(known: list[CalendarException]) -> dict[str, str]:
    acts = Counter(row.source for row in known).most_common(1)
    return {
        "off": day_lists.written(row.date for row in known if not row.is_working),
        "working": day_lists.written(row.date for row in known if row.is_working),
        "source": acts[0][0] if acts else "",
    }


def _told(days: Iterable[date]) -> list[str]:
    return [day_lists.told(day) for day in sorted(days)]


def _working_days(year: int, known: Calendar) -> int:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return sum(not known.is_day_off(first + ahead * ONE_DAY) for ahead in range((last - first).days + 1))
