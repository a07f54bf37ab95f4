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
from forms.definitions.document import Definition
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
ASKED = (
    *("q_place", "q_who", "q_help", "q_birth", "q_children", "q_yes", "q_kind", "q_since", "q_sum", "q_home", "q_age"),
)
"""The questions that lists are narrowed by."""


def _question(key: str, kind: str, **options: Any) -> dict[str, Any]:
    label = f"Вопрос {key}"
    told = {"key": key, "type": kind, "label": label, "hint": "", "required": False}
    return told | {"show_if": None, "options": options}


def _document(number: int) -> dict[str, Any]:
    asked = [
        *(_question("q_name", "full_name"), _question("q_phone", "phone"), _question("q_place", "territory")),
        *(_question("q_who", "choice", choices=CHOICES), _question("q_help", "multiple_choice", choices=CHOICES)),
        *(_question("q_birth", "birth_date"), _question("q_children", "whole_number"), _question("q_yes", "yes_no")),
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
        self.asked = {version.pk: tuple(numbers[version.form_id, key] for key in ASKED) for version in self.versions}
        self._write_stories()

    def _write_stories(self) -> None:
        """Pieces of stories, each with its stems, in three heaps that share no word: any of each make one story, whose
        stems need no comparing. Words are as uneven as in life."""
        draw = Random(1)
        spelled = itertools.islice(itertools.product(SYLLABLES, repeat=3), WORDS)
        self.words = ["".join(each) + "ов" for each in spelled]
        heaps: tuple[list[tuple[str, str]], ...] = ([], [], [])
        known: list[set[str]] = [set(), set(), set()]
        for heap, found in enumerate(known):
            others = set().union(*known[:heap])
            words = [word for word in self.words[heap::3] if stem(word) not in others]
            found |= {stem(word) for word in words}
            weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(words))))
            for _number in range(STORIES):
                chosen = draw.choices(words, cum_weights=weights, k=draw.randrange(4, 16))
                heaps[heap].append((" ".join(chosen), " ".join(dict.fromkeys(stem(word) for word in chosen))))
        self.beginnings, self.endings, self.letters = heaps
        self._stems: dict[str, str] = {"": ""}

    def name_stems(self, names: Sequence[str]) -> str:
        """The stems of a name; surnames are some thousands, so all are kept."""
        found = []
        for name in names:
            if name not in self._stems:
                self._stems[name] = stem(name)
            found.append(self._stems[name])
        return " ".join(found).strip()
