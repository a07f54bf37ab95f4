"""Names of staff read by statements that hold more than people: written into one column, told as everywhere."""

from django.db.models import TextField, Value
from django.db.models.functions import Concat

from accounts.models import User

_BETWEEN = "|"


def written(path: str = "") -> Concat:
    """The parts of a name as one text; `path` leads to the user, «assignee__»."""
    between = Value(_BETWEEN)
    parts = (f"{path}last_name", between, f"{path}first_name", between, f"{path}username")
    return Concat(*parts, output_field=TextField())


def short(text: str) -> str:
    """«Павлова И.» out of what `written` gave."""
    last, first, username = [*text.split(_BETWEEN), "", ""][:3]
    return str(User(last_name=last, first_name=first, username=username).short_name)
