"""The teams that a form names: by their words, so that a form can go from one portal to another."""

from django.utils.translation import gettext as _

from forms.applications.models import Team
from forms.definitions.checks import Problem
from forms.definitions.document import Definition
from forms.definitions.parsing import Path


def unknown_teams(definition: Definition) -> list[Problem]:
    """A problem at each name that no team has: such applications would silently go elsewhere."""
    named: list[tuple[Path, str]] = [(("team",), definition.team)] if definition.team else []
    named += [(("rules", n, "team"), rule.team) for n, rule in enumerate(definition.rules) if rule.team]
    if not named:
        return []
    known = set(Team.objects.filter(name__in={name for _path, name in named}).values_list("name", flat=True))
    sentence = _("Команды «%s» на портале нет. Выберите другую")
    return [(path, sentence % name) for path, name in named if name not in known]
