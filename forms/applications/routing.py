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
