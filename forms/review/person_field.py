"""Picking a colleague: by the name they are known by, with a word where they are away."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.applications import absences


class PersonField(forms.ModelChoiceField):
    """«Павлова И., юрист — нет по 5 декабря, замещает Доржиев Б.»; one query more for the whole list."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, and the warning where there is one."""
        name = f"{obj.short_name}, {obj.job_title}" if obj.job_title else str(obj.short_name)
        away = self._away().get(obj.pk)
        return _("%(name)s — %(away)s") % {"name": name, "away": absences.words(away)} if away else name

    def _away(self) -> dict[int, Any]:
        # Read once for a field that is drawn: a form's fields are copies of its own.
        if not hasattr(self, "_known_away"):
            self._known_away = absences.on(timezone.localdate())
        return self._known_away
