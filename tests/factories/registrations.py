"""A group that gives out seats through a form, and people who register for it."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from forms.applications import actions
from forms.applications.models import Application
from forms.build.importing import form_page_from_definition
from forms.build.models import FormPage
from forms.definitions import versions
from forms.registrations import sessions
from forms.registrations.models import Session
from services import meetings
from services.models import SupportGroup
from services.schedule import Recurrence
from tests.factories import applications as applications_of
from tests.factories import services
from tests.factories.definitions import help_json, question
from tests.factories.forms import form_index

FORM = "zapis"


def form_json() -> dict[str, Any]:
    """Which meeting, who writes, which children."""
    child = [
        question("q_child", "full_name", "Имя ребёнка"),
        question("q_child_born", "birth_date", "Дата рождения", required=False),
    ]
    steps = [
        {
            "key": "s_meeting",
            "title": "Какая встреча",
            "lead": "",
            "show_if": None,
            "fields": [question("q_meeting", "meeting", "Встреча")],
        },
        {
            "key": "s_you",
            "title": "Кто вы",
            "lead": "",
            "show_if": None,
            "fields": [
                question("q_name", "full_name", "Как вас зовут"),
                question("q_phone", "phone", "Телефон"),
                question("q_email", "email", "Почта", required=False),
                question("q_children", "group", "Дети", required=False, fields=child, options={"max": 5}),
            ],
        },
    ]
    return help_json(title="Записаться в группу", steps=steps)


def form_page() -> FormPage:
    """The form, published; made once."""
    found = FormPage.objects.filter(slug=FORM).first()
    return found or form_page_from_definition(form_index(), FORM, form_json())


def group(**fields: Any) -> SupportGroup:
    """A group for children that meets in a week, every week, and registers through the form."""
    day = timezone.localdate() + timedelta(days=7)
    values: dict[str, Any] = {
        "title": "Группа для детей",
        "recurrence": Recurrence.WEEKLY,
        "weekday": day.weekday(),
        "starts_on": day,
        "starts": time(16, 30),
        "skips_holidays": False,
        "registration": "per_meeting",
        "registration_page": form_page().page_ptr,
        "seats": 2,
        "waiting_seats": 5,
    }
    return services.group(fields.pop("slug", "deti"), **values | fields)


def key_of(group: SupportGroup, number: int = 0) -> str:
    """The key of the meeting that comes next, or of a later one."""
    return str(meetings.coming(group, timezone.now(), number + 1)[number].key)


def session(group: SupportGroup, number: int = 0) -> Session:
    """The row of that meeting."""
    return sessions.made(group, meetings.coming(group, timezone.now(), number + 1)[number])


def answers(group: SupportGroup, name: str = "Мария", *, number: int = 0, **more: Any) -> dict[str, Any]:
    """Clean answers; `children`: pairs of a first name and a date of birth."""
    children, letters = more.pop("children", ()), more.pop("letters", True)
    keys = keys_of()
    found = {
        keys["Встреча"]: key_of(group, number),
        keys["Как вас зовут"]: {"last": "Иванова", "first": name, "middle": ""},
        keys["Телефон"]: "+79000000000",
    }
    if letters:
        found[keys["Почта"]] = f"{abs(hash(name))}@example.ru"
    if children:
        found[keys["Дети"]] = [
            {"id": f"r{row}", keys["Имя ребёнка"]: {"last": "Иванов", "first": first, "middle": ""}}
            | ({keys["Дата рождения"]: born.isoformat()} if isinstance(born, date) else {})
            for row, (first, born) in enumerate(children, start=1)
        ]
    return found | more


def keys_of() -> dict[str, str]:
    """The keys of the questions by their words."""
    _version, definition = versions.current(FORM)
    return {each.label: each.key for each in definition.all_fields}


def register(group: SupportGroup, name: str = "Мария", *, key: str = "", **more: Any) -> Application:
    """Send the form; the idempotency key is the name unless `key` says otherwise."""
    applications_of.team()
    version, _definition = versions.current(FORM)
    return actions.submit_answers(version, answers(group, name, **more), 1, "api", key or name)
