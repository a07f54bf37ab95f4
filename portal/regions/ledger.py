"""What this pack has laid before: laid once, it belongs to the editors, who may change, move or delete it."""

from collections.abc import Callable

from services.models import Laid


class Ledger:
    """Remembers by key across runs, and counts what this run has laid by kind."""

    def __init__(self, region: str, say: Callable[[str], None]) -> None:
        self.region = region
        self.say = say
        self._known = set(Laid.objects.filter(key__startswith=f"{region}:").values_list("key", flat=True))
        self._new: dict[str, int] = {}

    def has(self, kind: str, name: str) -> bool:
        """Was it laid, by this run or an earlier one?"""
        return self._key(kind, name) in self._known

    def add(self, kind: str, name: str) -> None:
        """Write down that it is laid."""
        key = self._key(kind, name)
        Laid.objects.create(key=key)
        self._known.add(key)
        self._new[kind] = self._new.get(kind, 0) + 1

    def report(self, kind: str, title: str) -> None:
        """One line of progress: «Центры: новых 35»."""
        count = self._new.get(kind, 0)
        self.say(f"{title}: новых {count}" if count else f"{title}: без изменений")

    def is_quiet(self) -> bool:
        """Has this run laid nothing at all?"""
        return not self._new

    def _key(self, kind: str, name: str) -> str:
        return f"{self.region}:{kind}:{name}"
