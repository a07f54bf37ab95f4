"""Answer templates as a step offers them: those of its kind and team, with the application's own words filled in."""

from django.db.models import Q

from home.words import long_date

from . import placeholders
from .models import AnswerTemplate, Application


def offered(application: Application, action: str) -> list[AnswerTemplate]:
    """For this step and team, and for all; one query, with nothing personal in it."""
    of_team = Q(team=application.team_id) | Q(team__isnull=True)
    return list(AnswerTemplate.objects.filter(of_team, action__in=("", action)).order_by("title", "pk"))


def by_tag(templates: list[AnswerTemplate]) -> list[tuple[str, list[AnswerTemplate]]]:
    """The same, by tag; one without a tag comes first, one with two is met twice."""
    groups: dict[str, list[AnswerTemplate]] = {}
    for template in templates:
        for tag in template.tag_list or [""]:
            groups.setdefault(tag, []).append(template)
    return sorted(groups.items())


def filled(template: AnswerTemplate, application: Application) -> dict[str, str]:
    """Its texts by name, with the places filled in."""
    words = words_of(application)
    return {name: placeholders.filled(getattr(template, name), words) for name in ("text", "norm", "next_step")}


def words_of(application: Application) -> dict[str, str]:
    """What stands in the places of a template for this application, which was read with its team."""
    return {
        "имя": " ".join(application.name.split()[1:3]) or application.name,
        "номер": application.public_number,
        "срок": long_date(application.due_on),
        "команда": application.team.name,
    }
