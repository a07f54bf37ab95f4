"""Whether a place works at all, whatever its hours: its state, and the days between which it does."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from home import freshness
from home.words import long_date
from services import hours
from services.production_calendar import Calendar


class Working:
    """What `Centre` says of itself before anybody asks for its hours."""

    def open_state(self: Any, moment: datetime, calendar: Calendar) -> hours.OpenState:
        """What the pill says at `moment`; a place that does not work says so whatever its hours."""
        words = self.not_working(moment)
        if words:
            return hours.OpenState(hours.Kind.CLOSED, words)
        state = hours.state_at(self.timetable, moment, calendar)
        freshness.until(state.until)
        return state

    def not_working(self: Any, moment: datetime) -> str:
        """Why nobody is received at this moment, beside the hours; blank for a place that works."""
        if self.state == self.State.SUSPENDED:
            return _("Временно закрыто")
        if self.state == self.State.MOVED:
            return _("Переехал")
        today = moment.astimezone(self.zone).date()
        freshness.until_midnight(self.zone)
        if self.works_since and self.works_since > today:
            return _("Откроется {day}").format(day=long_date(self.works_since))
        if self.state == self.State.PLANNED:
            return _("Готовится к открытию")
        return _("Больше не работает") if self.works_until and self.works_until < today else ""
