from collections import defaultdict

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from services import hours
from services.weekdays import Weekday


class CentreForm(WagtailAdminPageForm):
    """Rows of one weekday may follow each other, with the time between as a break, and never overlap."""

    def is_valid(self) -> bool:
        """Asked after every row was: a row that is wrong in itself says so alone."""
        valid: bool = super().is_valid()
        return self._rows_fit() and valid

    def _rows_fit(self) -> bool:
        taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        fit = True
        for row in self.formsets["hours"].forms:
            data = getattr(row, "cleaned_data", {})
            if row.errors or data.get("DELETE") or data.get("weekday") is None or not data.get("opens"):
                continue
            weekday, (start, end) = data["weekday"], hours.span(data["opens"], data["closes"])
            if any(start < other_end and other_start < end for other_start, other_end in taken[weekday]):
                day = Weekday(weekday).label.capitalize()
                words = _("{day} уже есть выше, и часы пересекаются. Оставьте одну строку или разведите время.")
                row.add_error("weekday", words.format(day=day))
                fit = False
            taken[weekday].append((start, end))
        return fit
