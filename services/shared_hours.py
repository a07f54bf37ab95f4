"""One exception for many centres: its form, and what each of them will show when it is saved."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from services.centre_words import days_words
from services.holidays import calendar
from services.hours import Spans, Timetable, hours_words, spans_on
from services.models import Centre, SharedHours
from services.production_calendar import ONE_DAY

LONGEST_DAYS = 92


class CentresField(forms.ModelMultipleChoiceField):
    """Every place that works or will, with its kind, so that two of one name are told apart."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, centre: Any) -> str:
        """«Ангарск, пункт поддержки»."""
        return _("{name}, {kind}").format(name=centre.shown_name, kind=str(centre.get_kind_display()))


class SharedHoursForm(WagtailAdminModelForm):
    """Days, hours, reason; centres one by one or by whole kinds."""

    whole_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Отметить сразу все"),
        choices=Centre.Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Или отметьте нужные ниже по одному."),
    )
    centres = CentresField(Centre.objects.none(), label=gettext_lazy("Центры и пункты"), required=False)

    class Meta:
        model = SharedHours
        fields = ("first_day", "last_day", "opens", "closes", "reason", "duty_phone", "is_demo", "centres")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centres"].queryset = Centre.objects.known().order_by("kind", "title")

    def clean(self) -> dict[str, Any]:
        """Kinds become their centres; at least one is needed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last_day", _("Это дольше трёх месяцев: измените обычную неделю центра."))
        if "centres" not in data:
            return data
        kinds = data.get("whole_kinds") or []
        chosen = {centre.pk for centre in data["centres"]}
        known = self.fields["centres"].queryset
        data["centres"] = known.filter(pk__in=chosen) | known.filter(kind__in=kinds)
        if not data["centres"]:
            self.add_error("centres", _("Отметьте хотя бы один центр или пункт."))
        return data

    def seal(self) -> str:
        """What was previewed, as a digest: whoever changes the form after the preview sees it again."""
        data = self.cleaned_data
        parts = [str(data.get(name)) for name in ("first_day", "last_day", "opens", "closes", "reason", "duty_phone")]
        parts += sorted(str(centre.pk) for centre in data["centres"])
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Effect:
    """One place: its hours on these days as they are now, and as they will be; `own` where its own exception stays."""

    name: str
    now: tuple[str, ...]
    then: tuple[str, ...]
    own: bool


def effects(shared: SharedHours, centres: Any) -> list[Effect]:
    """What saving `shared` changes, place by place; four queries, however many."""
    return [_effect(shared, centre) for centre in centres.with_hours()]


def _effect(shared: SharedHours, centre: Centre) -> Effect:
    others = [row for row in centre.special_days if not (isinstance(row, SharedHours) and row.pk == shared.pk)]
    before = _table(centre, others)
    after = _table(centre, [*others, shared])
    first, last = shared.first_day, shared.last_day
    own = any(row.first_day <= last and row.last_day >= first for row in centre.exceptions.all())
    return Effect(centre.shown_name, tuple(_lines(before, first, last)), tuple(_lines(after, first, last)), own)


def _table(centre: Centre, rows: list[Any]) -> Timetable:
    whole = centre.timetable
    specials = tuple(row.special for row in rows)
    return Timetable(whole.zone, whole.week, whole.notes, specials, whole.works_on_holidays)


def _lines(table: Timetable, first: date, last: date) -> Iterator[str]:
    """«1–8 января: закрыто», one line for each run of days with the same hours."""
    known = calendar()
    days = [first + ahead * ONE_DAY for ahead in range((last - first).days + 1)]
    for spans, run in groupby(days, key=lambda day: spans_on(table, day, known)):
        same = list(run)
        yield f"{days_words(same[0], same[-1])}: {_words(spans)}"


def _words(spans: Spans) -> str:
    return ", ".join(part for part in hours_words(spans) if part) or _("закрыто")
