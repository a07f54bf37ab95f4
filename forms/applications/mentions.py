"""«@Павлова»: whom a note calls. Only people who may see the application can be called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User

from .models import Application
from .querysets import VIEW, VIEW_ALL

BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST_CALLED = 20
# An address of mail has a letter before its «@», so it calls nobody.
_AT = re.compile(r"(?<![\w@./-])@(?=\w)")
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Called:
    """Who was meant: `people`, the names as `written`, the words nobody answers to, and those that several do."""

    people: tuple[Any, ...]
    written: tuple[str, ...]
    unknown: tuple[str, ...]
    several: tuple[tuple[str, tuple[str, ...]], ...]


def people_of(application: Application) -> QuerySet[User]:
    """Active people who may see this application, by name."""
    members = User.objects.with_perm(VIEW, backend=BACKEND).filter(teams=application.team_id)
    everywhere = User.objects.with_perm(VIEW_ALL, backend=BACKEND)
    found: QuerySet[User] = User.objects.filter(pk__in=members.values("pk")) | User.objects.filter(
        pk__in=everywhere.values("pk")
    )
    return found.filter(is_active=True).order_by("last_name", "first_name", "username")


def read(text: str, people: Iterable[User]) -> Called:
    """Whom this text calls: by surname, surname and initial, or user name, the longest that fits."""
    names = _names(people) if "@" in text else {}
    called: dict[int, Any] = {}
    written: list[str] = []
    unknown: list[str] = []
    several: list[tuple[str, tuple[str, ...]]] = []
    for found in _AT.finditer(text):
        rest = text[found.end() :]
        name = _longest(names, rest)
        meant = names.get(_folded(name), [])
        if len(meant) == 1:
            called.setdefault(meant[0].pk, meant[0])
            written.append(name)
        elif meant:
            several.append((name, tuple(sorted(handle(each, meant) for each in meant))))
        elif word := _WORD.match(rest):
            unknown.append(word[0])
    return Called(tuple(called.values())[:MOST_CALLED], tuple(dict.fromkeys(written)), tuple(unknown), tuple(several))


def handle(person: User, others: Iterable[User] = ()) -> str:
    """What to write after «@» for this person among these others: «Павлова И.», else the user name."""
    same = [each for each in others if each.pk != person.pk and _folded(each.short_name) == _folded(person.short_name)]
    return str(person.username if same else person.short_name)


def pointed(text: str, written: Iterable[str]) -> SafeString | str:
    """The text with the called names marked; everything else escaped."""
    names = sorted({f"@{conditional_escape(name)}" for name in written}, key=len, reverse=True)
    if not names:
        return text
    marked = re.compile("|".join(map(re.escape, names)))
    shown = marked.sub(lambda name: f'<b class="q-at">{name[0]}</b>', str(conditional_escape(text)))
    return mark_safe(shown)  # noqa: S308 - escaped in the line above, the names too


def _names(people: Iterable[User]) -> dict[str, list[User]]:
    names: dict[str, list[User]] = {}
    for person in people:
        for name in {person.last_name, person.short_name, person.short_name.rstrip("."), person.username}:
            if name:
                names.setdefault(_folded(name), []).append(person)
    return names


def _longest(names: dict[str, list[User]], rest: str) -> str:
    """The longest known name at the beginning of the text, as it is written there."""
    low = _folded(rest)
    fitting = (name for name in names if low.startswith(name) and not _WORD.match(low[len(name) : len(name) + 1]))
    return rest[: len(max(fitting, key=len, default=""))]


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")
