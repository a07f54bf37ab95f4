"""The rows of an export: first all the numbers of the view in its order, then 500 at a time with their answers.

The numbers are a list of its own, so that a row that moves in the order meanwhile is neither lost nor written twice;
what somebody may no longer see when its turn comes is left out.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from forms.applications.models import Application, Channel, Label, Labelling, Team, Urgency
from forms.applications.states import State
from forms.definitions.models import Form
from forms.review import planner
from forms.review.queue import Look
from home.words import phone
from services.models import Territory

from .cells import Cell

PAGE = 500
HEADINGS = (
    *(gettext_lazy("№"), gettext_lazy("Получено"), gettext_lazy("Ответить до"), gettext_lazy("Состояние")),
    *(gettext_lazy("Закрыто"), gettext_lazy("Ответ заявителю"), gettext_lazy("Откуда"), gettext_lazy("Срочность")),
    *(gettext_lazy("Форма"), gettext_lazy("Команда"), gettext_lazy("Муниципалитет"), gettext_lazy("Тема")),
    *(gettext_lazy("Метки"), gettext_lazy("Исполнитель"), gettext_lazy("Заявитель"), gettext_lazy("Телефон")),
    *(gettext_lazy("Почта"), gettext_lazy("Просьба"), gettext_lazy("Примечание")),
)
READ = (
    *("pk", "form_version_id", "erase_on", "erased_at", "sheet__answers", "staff_sheet__answers"),
    *("number_prefix", "received_at", "due_on", "state", "closed_at", "channel", "urgency", "form_id", "team_id"),
    *("territory_id", "topic_id", "assignee_id", "explanation", "name", "phone", "email", "summary"),
)


@dataclass(slots=True)
class Numbers:
    """The ids of a view in its order, and the forms among them."""

    ids: "array[int]" = field(default_factory=lambda: array("q"))
    forms: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Row:
    """One application: its fixed cells, and its answers (none where the person's data must not leave)."""

    pk: int
    number: str
    version_id: int
    cells: list[Cell]
    answers: dict[str, Any]
    is_bare: bool


def numbers(look: Look) -> Iterator[Numbers]:
    """The ids of the view, grown page by page; the last one given has all."""
    found, place = Numbers(), len(look.wanted.sort.fields)
    yield found
    for page in planner.everything(look.wanted, "form_id"):
        found.ids.extend(row[place - 1] for row in page)
        found.forms.update(row[place] for row in page)
        yield found


class Reader:
    """Reads rows by their ids; the few names that they share are read once."""

    def __init__(self) -> None:
        self.forms = dict(Form.objects.values_list("pk", "title"))
        self.teams = dict(Team.objects.values_list("pk", "name"))
        self.places = dict(Territory.objects.values_list("pk", "name"))
        self.labels = dict(Label.objects.values_list("pk", "name"))
        self.people = {user.pk: user.short_name for user in User.objects.all()}
        self.states = {value: str(label) for value, label in State.choices}
        self.channels = {value: str(label) for value, label in Channel.choices}
        self.zone = timezone.get_current_timezone()
        self.urgencies = {value: str(label) for value, label in Urgency.choices}

    def read(self, user: Any, ids: Sequence[int]) -> list[Row]:
        """The rows of these ids that this user may see now, in the order of the ids: two statements."""
        rows = Application.objects.visible_to(user).filter(pk__in=ids).order_by()
        found = {values[0]: values for values in rows.values_list(*READ)}
        labels: dict[int, list[str]] = {}
        for pk, label in Labelling.objects.filter(application__in=ids).values_list("application_id", "label_id"):
            labels.setdefault(pk, []).append(self.labels.get(label, ""))
        return [self._row(found[pk], labels.get(pk, [])) for pk in ids if pk in found]

    def _row(self, values: tuple[Any, ...], labels: list[str]) -> Row:
        pk, version_id, erase_on, erased_at, answers, of_staff, *rest = values
        prefix, received, due, state, closed, channel, urgency, form, team, place, topic, holder, *person = rest
        # 152-FZ: whose consent was withdrawn or whose time of keeping is over is counted and not named.
        is_bare = bool(erase_on or erased_at)
        number = f"{prefix}-{pk // 1000:03d}-{pk % 1000:03d}"
        explanation, name, number_of_phone, email, summary = ("",) * 5 if is_bare else person
        cells: list[Cell] = [
            *(number, received.astimezone(self.zone).date(), due, self.states.get(state, state)),
            *(closed.astimezone(self.zone).date() if closed else None, explanation),
            *(self.channels.get(channel, channel), self.urgencies.get(urgency, ""), self.forms.get(form, "")),
            *(self.teams.get(team, ""), self.places.get(place, ""), self.labels.get(topic, "")),
            *(
                ", ".join(sorted(labels)),
                self.people.get(holder, ""),
                name,
                phone(number_of_phone).replace("\u00a0", " "),
                email,
                summary,
            ),
            _("персональные данные не выгружаются") if is_bare else "",
        ]
        return Row(pk, number, version_id, cells, {} if is_bare else {**(answers or {}), **(of_staff or {})}, is_bare)
