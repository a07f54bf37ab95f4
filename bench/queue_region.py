"""The region whose applications are laid: teams, staff, forms, places, labels, and the stories people write."""

import itertools
from collections.abc import Sequence
from random import Random
from typing import Any

from accounts import roles
from accounts.models import User
from forms.applications import indexing
from forms.applications.models import Label, Question, Team
from forms.definitions import versions
from forms.definitions.document import Definition, Field
from forms.definitions.models import Form, FormVersion
from home.stems import stem
from services.models import Territory

FORMS, TEAMS, PLACES, STAFF, LABELS, WORDS, STORIES = 30, 40, 42, 120, 30, 6000, 4000
CHOICES = [{"key": f"c_{number}", "label": f"Вариант {number}"} for number in range(8)]
# Words of one literal, cut: a list of thirty literals is no easier to read.
SURNAMES = tuple("Иванов,Петров,Сидор,Кузнец,Павлов,Доржи,Тарасен,Юдин,Лапин,Рябов,Осипов,Мельник,Гусь,Жук".split(","))  # noqa: SIM905
FIRST = tuple("Анна,Мария,Ольга,Елена,Пётр,Иван,Сергей,Дарима,Татьяна,Галина".split(","))  # noqa: SIM905
MIDDLE = tuple("Ивановна,Петровна,Сергеевна,Викторовна,Павлович,Ильич,Юрьевна,".split(","))  # noqa: SIM905
SYLLABLES = tuple("ба,ве,го,ди,жу,за,ко,лы,ме,но,пи,ра,су,те,фо,ха,ча,ши,юл,ян".split(","))  # noqa: SIM905
TABLE = Team._meta.db_table


def _question(key: str, kind: str, **options: Any) -> dict[str, Any]:
    label = f"Вопрос {key}"
    told = {"key": key, "type": kind, "label": label, "hint": "", "required": False}
    return told | {"show_if": None, "options": options}


def _document(number: int) -> dict[str, Any]:
    asked = [
        *(_question("q_name", "full_name"), _question("q_phone", "phone"), _question("q_place", "territory")),
        *(_question("q_who", "choice", choices=CHOICES), _question("q_help", "multiple_choice", choices=CHOICES)),
        *(_question("q_birth", "date"), _question("q_children", "whole_number"), _question("q_yes", "yes_no")),
        *(_question("q_kind", "choice", choices=CHOICES), _question("q_since", "date")),
        *(_question("q_sum", "whole_number"), _question("q_home", "yes_no"), _question("q_age", "whole_number")),
        _question("q_story", "long_text", max_length=1000),
    ]
    step = {"key": "s_1", "title": "Шаг", "lead": "", "show_if": None, "fields": asked}
    consent = {"version": 1, "text": "Согласие", "summary": "Согласен", "dated": "2026-09-01"}
    texts = {"title": f"Форма {number}", "purpose": "", "minutes": 5, "at_hand": [], "team": None}
    return {"format": 1, **texts, "consent": consent, "texts": {"receipt": ""}, "steps": [step]}


def make() -> None:
    """Lay the rows of the region."""
    teams = [Team.objects.create(name=f"Команда {number:02}") for number in range(TEAMS)]
    for number in range(PLACES):
        place = Territory.objects.create(code=f"p{number:02}", name=f"Район {number:02}")
        teams[number % TEAMS].territories.add(place)
    for number in range(LABELS):
        Label.objects.create(name=f"Метка {number:02}")
    for number in range(STAFF):
        surname = SURNAMES[number % len(SURNAMES)] + SYLLABLES[number % len(SYLLABLES)]
        user = User.objects.create(username=f"staff{number:03}", last_name=surname, first_name="Анна")
        roles.add_to_role(user, "reviewer")
        teams[number % TEAMS].members.add(user)
        if number == 1:
            # Helps in five teams: neither one nor all of them.
            user.teams.add(*teams[2:6])
    User.objects.create(username="bench-lead", is_superuser=True, is_staff=True)
    for number in range(FORMS):
        definition = Definition.from_json(_document(number))
        form = Form.objects.create(slug=f"bench-{number:02}", title=definition.title)
        version = versions.publish(form, definition)
        for question in indexing.filterable(definition):
            Question.objects.create(form_id=version.form_id, key=question.key)


class Region:
    """Everything that applications refer to, as it stands in the database."""

    def __init__(self) -> None:
        self.teams: Sequence[Team] = list(Team.objects.filter(name__startswith="Команда ").order_by("name"))
        self.places: Sequence[Territory] = list(Territory.objects.filter(code__startswith="p").order_by("code"))
        self.labels: Sequence[Label] = list(Label.objects.order_by("name"))
        self.staff: Sequence[User] = list(User.objects.filter(username__startswith="staff").order_by("username"))
        self.lead = User.objects.get(username="bench-lead")
        self.of_team: dict[int, list[int]] = {}
        for number, user in enumerate(self.staff):
            self.of_team.setdefault(self.teams[number % TEAMS].pk, []).append(user.pk)
        found = FormVersion.objects.filter(form__slug__startswith="bench-").order_by("form__slug")
        self.versions: Sequence[FormVersion] = list(found)
        numbers = {(each.form_id, each.key): each.pk for each in Question.objects.all()}
        self.asked: dict[int, list[tuple[Field, int]]] = {
            version.pk: [
                (question, numbers[version.form_id, question.key])
                for question in indexing.filterable(versions.definition_of(version.pk))
            ]
            for version in self.versions
        }
        self._write_stories()

    def _write_stories(self) -> None:
        """Halves of stories, with their stems: any two make one. Words are as uneven as in life."""
        draw = Random(1)
        spelled = itertools.islice(itertools.product(SYLLABLES, repeat=3), WORDS)
        self.words = ["".join(each) + "ов" for each in spelled]
        weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(WORDS)))
        self.halves: list[tuple[str, dict[str, None]]] = []
        for _number in range(STORIES):
            chosen = draw.choices(self.words, cum_weights=weights, k=draw.randrange(4, 20))
            self.halves.append((" ".join(chosen), dict.fromkeys(stem(word) for word in chosen)))
