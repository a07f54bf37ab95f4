"""A municipality as people say or type it («в Ангарске», «шелеховский р-н»), found among the known names. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from home.stems import stem, words

# What people say of the kind of a place, and which of two of one name they mean by it: «Братск», «Братский район».
_KINDS = {
    **dict.fromkeys(("район", "р", "н", "муниципальный", "округ", "мо"), "area"),
    **dict.fromkeys(("город", "г", "городской", "гор"), "town"),
    **dict.fromkeys(("поселок", "село", "деревня", "п", "с", "д", "пгт", "рп", "область", "регион"), ""),
}
_KIND_STEMS = {stem(word): kind for word, kind in _KINDS.items()}
_DROPPED = frozenset({"в", "во", "из", "на", "я", "мы", "живу", "живем", "это"})
_STREET = frozenset(
    {"ул", "улица", "проспект", "пр", "переулок", "пер", "микрорайон", "мкр", "бульвар", "шоссе", "дом"}
)
_REGION = stem("область")
_LIKE = 0.82
"""How much of a word must be the same for a slip of the finger: «Ангараск», «Слюдянка»."""
LONGEST = 120


@dataclass(frozen=True)
class _Said:
    stems: tuple[str, ...]
    kind: str


def resolve(text: str, names: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Codes that `text` may mean, one when it is clear, none when nobody knows it.

    `names` has every code with its name and what else it is called («Ангарск» for the district around it). Exact words
    go before beginnings, beginnings before slips of the finger.
    """
    said = _said(text[:LONGEST])
    if not said.stems:
        return ()
    known = [(code, name, _said(name)) for code, all_names in names.items() for name in all_names]
    for fits in (_same, _within, _begins, _alike):
        codes = {code: None for code, _name, has in known if fits(said.stems, has.stems)}
        if codes:
            return _by_kind(said, [each for each in known if each[0] in codes and fits(said.stems, each[2].stems)])
    return ()


def _by_kind(said: _Said, fitting: list[tuple[str, str, _Said]]) -> tuple[str, ...]:
    """Of «Братск» and «Братский район» the town, unless the district was named."""
    wanted = said.kind or "town"
    of_kind = [code for code, _name, has in fitting if _kind(has) == wanted]
    return tuple(dict.fromkeys(of_kind or (code for code, _name, _has in fitting)))


def _kind(has: _Said) -> str:
    return has.kind or "town"


def _said(text: str) -> _Said:
    spoken = words(text)
    street = next((at for at, word in enumerate(spoken) if word in _STREET), 0)
    found = [stem(word) for word in (spoken[:street] or spoken) if word not in _DROPPED]
    if _REGION in found[1:]:
        # «Иркутская область, Ангарск» is not about the town of that name.
        del found[found.index(_REGION) - 1]
    kinds = [_KIND_STEMS[each] for each in found if _KIND_STEMS.get(each)]
    # «Городской округ» is a town with what lies around it.
    kind = "town" if "town" in kinds else next(iter(kinds), "")
    return _Said(tuple(each for each in found if each not in _KIND_STEMS), kind)


def _same(said: tuple[str, ...], has: tuple[str, ...]) -> bool:
    return said == has


def _within(said: tuple[str, ...], has: tuple[str, ...]) -> bool:
    """The name stands somewhere in an address: «Иркутская область, Ангарск, улица Коминтерна, 41»."""
    return bool(has) and any(said[at : at + len(has)] == has for at in range(len(said) - len(has) + 1))


def _begins(said: tuple[str, ...], has: tuple[str, ...]) -> bool:
    one, other = "".join(said), "".join(has)
    return len(one) >= 4 and other.startswith(one)


def _alike(said: tuple[str, ...], has: tuple[str, ...]) -> bool:
    one, other = "".join(said), "".join(has)
    return min(len(one), len(other)) >= 4 and SequenceMatcher(None, one, other).ratio() >= _LIKE
