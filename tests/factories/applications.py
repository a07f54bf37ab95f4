"""Makers of teams and of applications, one for each state; they go through the real actions, so journals are real."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forms.applications import actions, asking, drafts, movement, withdrawal
from forms.applications.models import Application, Draft, Team
from forms.applications.states import BY_ACTION
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


# What each move of staff needs beside the row, the user and the version; `team` and `assignee` are added by `move`.
NEEDS: dict[str, dict[str, Any]] = {
    "resolve": {"explanation": EXPLANATION},
    "explain": {"explanation": EXPLANATION},
    "refuse": {"explanation": EXPLANATION, "norm": "Порядок, пункт 4", "next_step": "Подайте заявление в соцзащиту."},
    "redirect": {"explanation": EXPLANATION, "redirected_to": "Министерство социального развития"},
    "ask": {"text": "Когда вам удобно говорить?"},
    "put_off": {"put_off_reason": "agency", "notice": "Ждём ответа района."},
    "extend": {"days": 14, "extension_reason": "Ждём ответа района."},
    "hand_over": {"notice": "Вами займётся центр в Братске.", "reason": "Живёт в Братске."},
    "mark_spam": {"reason": "Реклама окон."},
    "reopen": {"notice": "Мы вернулись к вашему обращению.", "reason": "Звонила, помощь не пришла."},
}


def move(action: str, application: Application, user: User, **more: Any) -> Application:
    """Take a step of staff by the name of the table, with all that it needs unless `more` says otherwise."""
    needs = NEEDS.get(action, {}) | more
    if action == "put_off":
        needs.setdefault("contact_on", timezone.localdate() + timedelta(days=3))
    if action == "hand_over":
        needs.setdefault("team", team("Другая команда", codes=()))
    if action in ("assign", "reassign"):
        action, needs = "assign", {"assignee": user} | needs
    done: Application = getattr(actions, action)(application.pk, user, application.version, **needs)
    return done


def moved(action: str, user: User, **more: Any) -> Application:
    """An application that `user` took and moved by this step."""
    return move(action, in_work(user), user, **more)


def withdrawn(user: User) -> Application:
    """An application that its applicant took back."""
    return withdrawal.withdraw(in_work(user).pk, "key")


def merged(user: User) -> Application:
    """An application that is considered with another; the move has its own writer, so the table is used directly."""
    other, application = in_work(user), in_work(user)
    with transaction.atomic():
        locked = movement.locked_for_staff(BY_ACTION["merge"], application.pk, user, application.version)
        movement.step(locked, BY_ACTION["merge"], user, {"merged_into": other})
    return locked


BY_STATE: dict[str, Callable[[User], Application]] = {
    "in_work": in_work,
    "waiting_applicant": waiting,
    "postponed": lambda user: moved("put_off", user),
    "resolved": resolved,
    "explained": explained,
    "refused": lambda user: moved("refuse", user),
    "redirected": lambda user: moved("redirect", user),
    "withdrawn": withdrawn,
    "merged": merged,
    "spam": lambda user: moved("mark_spam", user),
}
