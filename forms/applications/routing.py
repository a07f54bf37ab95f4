"""To which team an application goes: form rule, else topic, else territory, else the common queue.

The form's rule comes first: its editor wrote it for these very answers. A topic is next, for it names the knowledge
that is needed, and whoever answers a legal question can be anywhere; the territory only says who is near.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from . import plain
from .models import Label, Team


def team_for(territory_id: int | None, wanted: str | None = None, topics: Sequence[Label] = ()) -> Team:
    """The team the form names, else one that took one of these topics, else that of the territory, else the common
    queue (made when there is none)."""
    named = Team.objects.filter(name=wanted).first() if wanted else None
    if named is not None:
        return named
    if topics:
        found = _of_topics([topic.pk for topic in topics], territory_id)
        if found is not None:
            return found
    return _local(territory_id) or common()


def _local(territory_id: int | None) -> Team | None:
    through = Team.territories.through._meta.db_table
    condition = f"WHERE id IN (SELECT team_id FROM {through} WHERE territory_id = %s) ORDER BY id LIMIT 1"  # noqa: S608
    return plain.row(Team, condition, [territory_id]) if territory_id else None


def common() -> Team:
    """The queue of everything that belongs to nobody else."""
    return Team.objects.get_or_create(is_common=True, defaults={"name": _("Общая очередь")})[0]


def _of_topics(topics: Sequence[int], territory_id: int | None) -> Team | None:
    """Of the first topic that a team took; where several took it, that of the territory, else the eldest."""
    pairs = Team.topics.through.objects.filter(label_id__in=topics).values_list("label_id", "team_id")
    of_topic: dict[int, list[int]] = {}
    for label_id, team_id in pairs:
        of_topic.setdefault(label_id, []).append(team_id)
    teams = next((of_topic[topic] for topic in topics if topic in of_topic), [])
    near = set(Team.objects.filter(territories=territory_id, pk__in=teams).values_list("pk", flat=True))
    chosen = _nearest(teams, near)
    return Team.objects.get(pk=chosen) if chosen else None


def _nearest(teams: Iterable[int], near: Iterable[int]) -> int | None:
    known = set(near)
    return min(teams, key=lambda pk: (pk not in known, pk), default=None)


class Routes:
    """The same decision for many at once: all teams are read in three queries, nothing is made."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self._by_name: dict[str, int] = {}
        self._common = 0
        for team in Team.objects.order_by("pk"):
            self.names[team.pk] = team.name
            self._by_name[team.name] = team.pk
            self._common = team.pk if team.is_common else self._common
        self._local: dict[int, list[int]] = {}
        for team_id, territory_id in Team.territories.through.objects.order_by("team_id").values_list(
            "team_id", "territory_id"
        ):
            self._local.setdefault(territory_id, []).append(team_id)
        self._of_topic: dict[str, list[int]] = {}
        for team_id, topic in Team.topics.through.objects.values_list("team_id", "label__name"):
            self._of_topic.setdefault(topic, []).append(team_id)

    def team_name(self, territory_id: int | None, wanted: str | None = None, topics: Iterable[str] = ()) -> str:
        """As `team_for`, topics by their names; of a common queue that was never made, the name that it would get."""
        near = self._local.get(territory_id or 0, [])
        took = next((self._of_topic[topic] for topic in topics if topic in self._of_topic), [])
        team_id = self._by_name.get(wanted or "") or _nearest(took, near) or _nearest(near, near) or self._common
        return self.names.get(team_id) or _("Общая очередь")
