"""Records of what the centres offer."""

from .calendar import CalendarException
from .territory import Territory

__all__ = ["CalendarException", "Territory"]
