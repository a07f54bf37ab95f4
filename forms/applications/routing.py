"""To which team an application goes."""

from django.utils.translation import gettext as _

from .models import Team


def team_for(territory_id: int | None, wanted: str | None = None) -> Team:
    """The team the form names, else the team of the territory, else the common queue (made when there is none)."""
    named = Team.objects.filter(name=wanted).first() if wanted else None
    if named is not None:
        return named
    local = Team.objects.filter(territories=territory_id).order_by("pk").first() if territory_id else None
    return local or common()


def common() -> Team:
    """The queue of everything that belongs to nobody else."""
    return Team.objects.get_or_create(is_common=True, defaults={"name": _("Общая очередь")})[0]


class Routes:
    """The same decision for many at once: all teams are read in two queries, nothing is made."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self._by_name: dict[str, int] = {}
        self._common = 0
        for team in Team.objects.order_by("pk"):
            self.names[team.pk] = team.name
            self._by_name[team.name] = team.pk
            self._common = team.pk if team.is_common else self._common
        self._local: dict[int, int] = {}
        for team_id, territory_id in Team.territories.through.objects.order_by("team_id").values_list(
            "team_id", "territory_id"
        ):
            self._local.setdefault(territory_id, team_id)

    def team_name(self, territory_id: int | None, wanted: str | None = None) -> str:
        """As `team_for`; of a common queue that was never made, the name that it would get."""
        team_id = self._by_name.get(wanted or "") or self._local.get(territory_id or 0) or self._common
        return self.names.get(team_id) or _("Общая очередь")
