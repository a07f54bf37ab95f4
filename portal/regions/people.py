"""The people of a demonstration and the teams they work in."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from accounts import roles
from accounts.models import User
from forms.applications.models import Team
from services.models import Laid, Territory

from .ledger import Ledger
from .packs import Pack, PackError, only

_USER_KEYS = {"username", "role", "first_name", "last_name", "job_title"}
_TEAM_KEYS = {"name", "is_common", "members", "territories"}


def lay_users(pack: Pack, ledger: Ledger, password: str) -> None:
    """users.yaml: demo users with one common password; without a password nobody is made.

    With another password than at the last run, those who still have that last one get the new one.
    """
    rows = pack.rows("users.yaml")
    if not rows:
        return
    if not password:
        ledger.say("Демо-сотрудники: не созданы, пароль не задан (PORTAL_DEMO_PASSWORD)")
        return
    encoded = _common_hash(pack.name, password)
    keys = {role.key for role in roles.ROLES}
    for row in rows:
        place = f"users.yaml: {row.get('username', '?')}"
        only(_USER_KEYS, row, place, ("username", "role"))
        if row["role"] not in keys:
            raise PackError(f"{place}: нет роли «{row['role']}». Есть: {', '.join(sorted(keys))}.")
        if not ledger.has("user", row["username"]):
            _add_user(row, encoded)
            ledger.add("user", row["username"])
    ledger.report("user", "Демо-сотрудники")


def lay_teams(pack: Pack, ledger: Ledger) -> None:
    """teams.yaml: teams with their municipalities; a member who is not there yet joins at a later run."""
    for row in pack.rows("teams.yaml"):
        place = f"teams.yaml: {row.get('name', '?')}"
        only(_TEAM_KEYS, row, place, ("name",))
        codes = set(row.get("territories") or ())
        territories = list(Territory.objects.filter(code__in=codes))
        if len(territories) != len(codes):
            missing = sorted(codes - {territory.code for territory in territories})
            raise PackError(f"{place}: нет муниципалитетов {', '.join(missing)}.")
        if not ledger.has("team", row["name"]):
            is_common = bool(row.get("is_common")) and not Team.objects.filter(is_common=True).exists()
            team, _created = Team.objects.get_or_create(name=row["name"], defaults={"is_common": is_common})
            team.territories.add(*territories)
            ledger.add("team", row["name"])
        _add_members(row["name"], row.get("members") or (), ledger)
    ledger.report("team", "Команды")


def _add_members(team_name: str, usernames: Iterable[str], ledger: Ledger) -> None:
    wanted = [name for name in usernames if not ledger.has("member", f"{team_name}/{name}")]
    team = Team.objects.filter(name=team_name).first() if wanted else None
    if team is None:
        return
    for user in User.objects.filter(username__in=wanted):
        team.members.add(user)
        ledger.add("member", f"{team_name}/{user.username}")


def _add_user(row: dict[str, Any], encoded: str) -> None:
    values = {key: value for key, value in row.items() if key not in {"username", "role"}}
    user, created = User.objects.get_or_create(username=row["username"], defaults={**values, "password": encoded})
    if created:
        roles.add_to_role(user, row["role"])


def _common_hash(region: str, password: str) -> str:
    """The hash all demo users share: slow to make, so it is made once and kept to recognise the password again."""
    prefix = f"{region}:password:"
    kept = Laid.objects.filter(key__startswith=prefix).first()
    before = kept.key.removeprefix(prefix) if kept else ""
    if before and check_password(password, before):
        return before
    encoded = make_password(password)
    if kept:
        User.objects.filter(password=before).update(password=encoded)
        kept.delete()
    Laid.objects.create(key=f"{prefix}{encoded}")
    return encoded
