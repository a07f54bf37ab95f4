"""Records of what the centres offer."""

from .calendar import CalendarException
from .centre import Centre
from .centre_index import CentreIndexPage
from .centre_parts import CentrePhone, HoursException, WeeklyHours
from .group import MeetingException, SupportGroup
from .group_index import GroupIndexPage
from .laid import Laid
from .measure import Measure
from .measure_index import MeasureIndexPage
from .meeting_change import MeetingChange
from .news_links import NewsPlace, NewsSubject
from .reference import Recipient, Situation
from .special_hours import SharedHours
from .territory import Territory

__all__ = [
    "CalendarException",
    "Centre",
    "CentreIndexPage",
    "CentrePhone",
    "GroupIndexPage",
    "HoursException",
    "Laid",
    "Measure",
    "MeasureIndexPage",
    "MeetingChange",
    "MeetingException",
    "NewsPlace",
    "NewsSubject",
    "Recipient",
    "SharedHours",
    "Situation",
    "SupportGroup",
    "Territory",
    "WeeklyHours",
]
