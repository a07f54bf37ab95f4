"""So many applications as a region would have after years: laid into the tables directly, the same on every run.

97 of 100 are closed; names, municipalities, forms and words are as uneven as in life. Drawn from `random.Random(1)`.
"""

import datetime
import itertools
from random import Random
from typing import Any

from django.utils import timezone

from accounts import roles
from accounts.models import User
from forms.applications import applicant, indexing
from forms.applications.models import Answer, Application, Label, Labelling, Question, SearchDoc, Sheet, Team
from forms.applications.states import State
from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.models import Form, FormVersion
from home.stems import stems
from services.models import Territory

FORMS, TEAMS, PLACES, STAFF, LABELS, WORDS = 12, 20, 42, 60, 15, 4000
BATCH = 2000
CHOICES = [{"key": f"c_{number}", "label": f"Вариант {number}"} for number in range(8)]
# Words of one literal, cut: a list of thirty literals is no easier to read.
SURNAMES = tuple("Иванова,Петров,Сидорова,Кузнецов,Павлова,Доржиева,Тарасенко,Юдина,Лапин,Рябова,Осипова".split(","))  # noqa: SIM905
FIRST = tuple("Анна,Мария,Ольга,Елена,Пётр,Иван,Сергей,Дарима,Татьяна,Галина".split(","))  # noqa: SIM905
SYLLABLES = tuple("ба,ве,го,ди,жу,за,ко,лы,ме,но,пи,ра,су,те,фо,ха,ча,ши,юл,ян".split(","))  # noqa: SIM905


def _question(key: str, kind: str, **options: Any) -> dict[str, Any]:
    label = f"Вопрос {key}"
    return {
        "key": key,
        "type": kind,
        "label": label,
        "hint": "",
        "required": False,
        "show_if": None,
        "options": options,
    }


def _document(number: int) -> dict[str, Any]:
    asked = [
        *(_question("q_name", "full_name"), _question("q_phone", "phone"), _question("q_place", "territory")),
        *(_question("q_who", "choice", choices=CHOICES), _question("q_help", "multiple_choice", choices=CHOICES)),
        *(_question("q_birth", "date"), _question("q_children", "whole_number"), _question("q_yes", "yes_no")),
        _question("q_story", "long_text", max_length=1000),
    ]
    step = {"key": "s_1", "title": "Шаг", "lead": "", "show_if": None, "fields": asked}
    consent = {"version": 1, "text": "Согласие", "summary": "Согласен", "dated": "2026-09-01"}
    texts = {"title": f"Форма {number}", "purpose": "", "minutes": 5, "at_hand": [], "team": None}
    return {"format": 1, **texts, "consent": consent, "texts": {"receipt": ""}, "steps": [step]}


class Region:
    """Everything that applications refer to."""

    def __init__(self) -> None:
        self.draw = Random(1)
        self.teams = [Team.objects.create(name=f"Команда {number}") for number in range(TEAMS)]
        self.places = [Territory.objects.create(code=f"p{n}", name=f"Район {n}") for n in range(PLACES)]
        self.labels = [Label.objects.create(name=f"Метка {number}") for number in range(LABELS)]
        self.staff = [
            User.objects.create(username=f"staff{n}", last_name=self.draw.choice(SURNAMES), first_name="Анна")
            for n in range(STAFF)
        ]
        for number, user in enumerate(self.staff):
            roles.add_to_role(user, "reviewer")
            self.teams[number % TEAMS].members.add(user)
        self.versions: list[FormVersion] = []
        for number in range(FORMS):
            definition = Definition.from_json(_document(number))
            form = Form.objects.create(slug=f"bench-{number}", title=definition.title)
            self.versions.append(versions.publish(form, definition))
        self.questions = {
            (version.form_id, key): Question.objects.create(form_id=version.form_id, key=key).pk
            for version in self.versions
            for key in ("q_place", "q_who", "q_help", "q_birth", "q_children", "q_yes")
        }
        words = ("".join(each) + "ов" for each in itertools.product(SYLLABLES, repeat=3))
        self.words = list(itertools.islice(words, WORDS))
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(WORDS)))


def lay(rows: int) -> Region:
    """Make the region and its applications."""
    region = Region()
    for start in range(1, rows + 1, BATCH):
        _lay_batch(region, range(start, min(start + BATCH, rows + 1)))
        if start % (BATCH * 10) == 1:
            print(f"  {start - 1}…", flush=True)
    return region


def _lay_batch(region: Region, numbers: range) -> None:
    made = [_application(region, number) for number in numbers]
    Application.objects.bulk_create(made)
    sheets, answers, docs, labellings = [], [], [], []
    for application in made:
        kept = application.kept_answers  # type: ignore[attr-defined]
        sheets.append(
            Sheet(application=application, answers=kept, consent_version=1, consent_at=application.received_at)
        )
        definition = versions.definition_of(application.form_version_id)
        for question in indexing.filterable(definition):
            number = region.questions[application.form_id, question.key]
            for pos, (text, num) in enumerate(indexing.values(question, kept.get(question.key))):
                answers.append(Answer(question_id=number, application=application, pos=pos, text=text, num=num))
        words = " ".join(dict.fromkeys(stems(f"{application.name} {kept['q_story']}").split()))
        docs.append(SearchDoc(application=application, stems=f" {words} "))
        if region.draw.random() < 0.2:
            label = region.draw.choice(region.labels)
            labellings.append(Labelling(label=label, application=application))
    laid: list[tuple[Any, list[Any]]] = [(Sheet, sheets), (Answer, answers), (SearchDoc, docs), (Labelling, labellings)]
    for model, found in laid:
        model.objects.bulk_create(found, batch_size=5000)


def _application(region: Region, number: int) -> Application:
    draw = region.draw
    now = timezone.now()
    version = region.versions[min(int(draw.expovariate(0.4)), FORMS - 1)]
    place = min(int(draw.expovariate(0.12)), PLACES - 1)
    is_open = draw.random() < 0.03
    age = datetime.timedelta(minutes=draw.randrange(60 * 24 * 30) if is_open else draw.randrange(60 * 24 * 1500))
    answers = _answers(region, place)
    columns = applicant.columns(versions.definition_of(version.pk), answers)
    holder = draw.choice(region.staff) if draw.random() < 0.6 or not is_open else None
    application = Application(
        id=number,
        number_prefix="38",
        source_key=f"bench:{number}",
        form_id=version.form_id,
        form_version=version,
        team=region.teams[place % TEAMS],
        territory=region.places[place],
        topic=draw.choice(region.labels) if draw.random() < 0.5 else None,
        urgency=draw.choices((0, 1, 2, 3), (1, 3, 6, 90))[0],
        channel=draw.choices(("site", "phone", "visit"), (6, 3, 1))[0],
        assignee=holder,
        received_at=now - age,
        due_on=(now - age).date() + datetime.timedelta(days=30),
        **columns,
    )
    application.state = State.IN_WORK if holder else State.NEW
    application.has_news = is_open and draw.random() < 0.1
    if not is_open:
        closed = draw.choice((State.RESOLVED, State.EXPLAINED))
        application.state, application.result, application.is_open = closed, closed, False
        application.closed_at, application.explanation = now - age / 2, "Ответ дан."
    application.kept_answers = answers  # type: ignore[attr-defined]
    return application


def _answers(region: Region, place: int) -> dict[str, Any]:
    draw = region.draw
    story = " ".join(draw.choices(region.words, cum_weights=region.weights, k=draw.randrange(8, 40)))
    name = {"last": draw.choice(SURNAMES) + draw.choice(SYLLABLES), "first": draw.choice(FIRST), "middle": ""}
    return {
        "q_name": name,
        "q_phone": f"+79{draw.randrange(10**9):09d}",
        "q_place": f"p{place}",
        "q_who": f"c_{min(int(draw.expovariate(0.5)), 7)}",
        "q_help": [f"c_{number}" for number in draw.sample(range(8), draw.randrange(1, 3))],
        "q_birth": (datetime.date(1950, 1, 1) + datetime.timedelta(days=draw.randrange(20000))).isoformat(),
        "q_children": draw.randrange(6),
        "q_yes": draw.random() < 0.3,
        "q_story": story,
    }
