"""A meeting of a group, with its seats."""

from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services import meetings

from .contract import FieldType, unanswered

if TYPE_CHECKING:
    from forms.definitions.document import Field

LIST_FROM = 12
OF = ("meetings", "slots")


class Source(Protocol):
    """Whoever counts the seats, a room above this one."""

    def choices(self, of: str) -> list[tuple[str, str]]:
        """(key, words with the seats left) of what may be registered for now; `of`: meetings, slots, «» for both."""

    def name_of(self, key: str) -> str:
        """The meeting behind a stored key, of the past too; blank when nobody knows it."""


_sources: list[Source] = []


def register(source: Source) -> None:
    """Called once by the room that counts the seats."""
    _sources.append(source)


class MeetingChoice(FieldType):
    """One meeting of a group that registers here; stores its key, see `services.meetings`.

    The list is live: it says how many seats are left, or that there is a waiting list. Option `of`: only the meetings
    or only the slots. The seat itself is given when the form is sent.
    """

    name = "meeting"
    verbose_name = gettext_lazy("Встреча группы")
    icon = "date"
    option_names = frozenset({"of"})
    ask = gettext_lazy("Выберите встречу")

    def choices(self, field: "Field") -> list[tuple[str, str]]:
        return _sources[0].choices(str(field.options.get("of") or "")) if _sources else []

    def parse(self, field: "Field", raw: Any) -> str:
        if not isinstance(raw, str) or raw not in dict(self.choices(field)):
            raise ValidationError(_("На эту встречу записи уже нет. Выберите другую из списка"), code="choice")
        return raw

    def widget(self, field: "Field") -> forms.Widget:
        choices = self.choices(field)
        if not choices:
            return forms.Select(choices=[("", _("Свободных встреч сейчас нет"))])
        if len(choices) <= LIST_FROM:
            return forms.RadioSelect(choices=choices)
        # Long lists are searched by typing: portal/static/portal/combobox.js.
        return forms.Select(attrs={"data-seek": "1"}, choices=[("", _("Выберите")), *choices])

    def display(self, field: "Field", value: Any) -> str:
        if unanswered(value):
            return _("не указано")
        return (_sources[0].name_of(str(value)) if _sources else "") or _("нет в списке")

    def json_schema(self, field: "Field") -> dict[str, Any]:
        return {"type": "string", "pattern": meetings.PATTERN}

    def config_errors(self, field: "Field") -> list[str]:
        wrong = super().config_errors(field)
        if field.options.get("of") not in (None, "", *OF):
            wrong.append(_("На что записывают: на встречи, на приёмы или на то и другое"))
        return wrong
