"""Picking a colleague: by the name they are known by; who is away comes last, with a word about it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.applications import absences


class _AwayLast(forms.models.ModelChoiceIterator[Any]):
    """Who is there in their order, then who is away as a group of their own."""

    field: "PersonField"

    def __iter__(self) -> Iterator[Any]:
        people = list(self.queryset)
        away = self.field.away()
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from (self.choice(each) for each in people if each.pk not in away)
        if gone := [self.choice(each) for each in people if each.pk in away]:
            yield (_("Сейчас отсутствуют"), gone)


class PersonField(forms.ModelChoiceField[Any]):
    """«Павлова И., юрист — нет по 5 декабря, замещает Доржиев Б.»; one query more for the whole list."""

    iterator: type[forms.models.ModelChoiceIterator[Any]] = _AwayLast

    def label_from_instance(self, obj: Any) -> str:
        """The name, and the warning where there is one."""
        name = f"{obj.short_name}, {obj.job_title}" if obj.job_title else str(obj.short_name)
        away = self.away().get(obj.pk)
        return _("%(name)s — %(away)s") % {"name": name, "away": absences.words(away)} if away else name

    def away(self) -> dict[int, Any]:
        """Who is away today, by their ids."""
        # Read once for a field that is drawn: a form's fields are copies of its own.
        if not hasattr(self, "_known_away"):
            self._known_away = absences.on(timezone.localdate())
        return self._known_away


class AnybodyField(PersonField):
    """The same in one order, where nobody is given work: whose absence is written down."""

    iterator = forms.models.ModelChoiceIterator
