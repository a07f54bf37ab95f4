"""Acts whose words applicants read: each is a step of the card, with the places of a template filled in one by one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from forms.applications import answer_texts, placeholders, steps
from forms.applications.models import AnswerTemplate, Application
from forms.applications.movement import Refused, Stale
from forms.applications.querysets import VIEW_ALL

from .inputs import Given

# Which step of the card an act is, and by which of the fields a template's text goes.
LETTER, TEAM, CLOSE = "letter", "team", "close"
MAIN = {LETTER: "text", TEAM: "notice", CLOSE: "explanation"}
OFFERED = {LETTER: ("ask",), TEAM: ("hand_over",), CLOSE: ("resolve", "explain")}
READ = frozenset({"text", "notice", "explanation", "next_step"})
TRIED = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """The first of those chosen that the act can be done to, and what its applicant would read."""

    application: Application
    rehearsal: steps.Rehearsal


def perform(act: str, pk: int, user: Any, expected: int, given: Given) -> None:
    """Take the step. Raises as it does."""
    name, data = _step(act, given)
    steps.perform(name, pk, user, expected, _filled(pk, user, data))


def show(act: str, rows: Any, user: Any, given: Given) -> Shown | None:
    """What the first one's applicant would read; None where it can be done to none of the first TRIED."""
    name, data = _step(act, given)
    for pk, expected in list(rows)[:TRIED]:
        try:
            seen = steps.rehearse(name, pk, user, expected, _filled(pk, user, data))
        except (Refused, Stale, Application.DoesNotExist):
            continue
        return Shown(Application.objects.visible_to(user).get(pk=pk), seen)
    return None


def templates(act: str, user: Any) -> list[AnswerTemplate]:
    """Those for this act, of everybody and of the own teams; one query, none for an act without words."""
    if act not in OFFERED:
        return []
    of_team = Q() if user.has_perm(VIEW_ALL) else Q(team__isnull=True) | Q(team__in=user.teams.all())
    return list(AnswerTemplate.objects.filter(of_team, action__in=("", *OFFERED[act])).order_by("title", "pk"))


def _step(act: str, given: Given) -> tuple[str, dict[str, Any]]:
    if act == LETTER:
        return "write", {"text": given["text"]}
    if act == TEAM:
        return "hand_over", {name: given[name] for name in ("team", "notice", "reason")}
    return given["result"], {"explanation": given["explanation"], "next_step": given.get("next_step", "")}


def _filled(pk: int, user: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The words for this one applicant; no query where the text has no places."""
    if not any("{" in value for name, value in data.items() if name in READ):
        return data
    words = answer_texts.words_of(Application.objects.visible_to(user).select_related("team").get(pk=pk))
    return {name: placeholders.filled(value, words) if name in READ else value for name, value in data.items()}
