"""Makers of teams and of applications, one for each state; they go through the real actions, so journals are real."""

from typing import Any

from accounts.models import User
from forms.applications import actions, asking, drafts
from forms.applications.models import Application, Draft, Team
from services.models import Territory
from tests.factories import definitions
from tests.factories.services import TerritoryFactory

EXPLANATION = "Психолог ждёт вас 3 декабря в 10:00 на улице Софьи Перовской, 30/1."


def team(name: str = "Иркутск", *members: User, codes: tuple[str, ...] = ("irkutsk",)) -> Team:
    """A team that serves these territories."""
    made, _new = Team.objects.get_or_create(name=name)
    for code in codes:
        if not Territory.objects.filter(code=code).exists():
            TerritoryFactory(code=code)
        made.territories.add(Territory.objects.get(code=code))
    made.members.add(*members)
    return made


def draft(**answers: Any) -> Draft:
    """A draft of the help form with everything answered."""
    made, _token = drafts.start(definitions.published_form().pk)
    drafts.save(made, definitions.help_answers(**answers), "s_help")
    return made


def new(**answers: Any) -> Application:
    """An application just received."""
    return actions.submit(draft(**answers), consent_version=1)


def in_work(user: User, **answers: Any) -> Application:
    """An application that `user` has taken; the user must see its team."""
    return actions.take(new(**answers).pk, user, 1)


def resolved(user: User, explanation: str = EXPLANATION, **answers: Any) -> Application:
    """An application that `user` closed as solved."""
    return actions.resolve(in_work(user, **answers).pk, user, 2, explanation)


def explained(user: User, explanation: str = EXPLANATION, **answers: Any) -> Application:
    """An application that `user` closed with an explanation."""
    return actions.explain(in_work(user, **answers).pk, user, 2, explanation)


def waiting(user: User, text: str = "Когда вам удобно говорить?", **more: Any) -> Application:
    """An application whose applicant `user` has asked; `more`: `asked` and `wanted_by`, the rest are answers."""
    asked = {name: more.pop(name) for name in ("asked", "wanted_by") if name in more}
    application = in_work(user, **more)
    return asking.ask(application.pk, user, application.version, text=text, **asked)


BY_STATE = {"in_work": in_work, "waiting_applicant": waiting, "resolved": resolved, "explained": explained}
