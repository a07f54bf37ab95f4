"""Stems of Russian words: what both the index and the query are made of, so that «дети» finds «детей» on any engine."""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

_WORD = re.compile(r"[0-9a-zа-я]+")
# Words that say nothing about the page; PostgreSQL's Russian dictionary drops them as well.
_STOP = frozenset(
    """а без бы в во вот для до же за и из или их к как ко ли на над не ни но о об от по под при про с со так то тут
    у что это я мы вы он она они""".split()  # noqa: SIM905 - a list of forty literals is no easier to read
)
# Forms whose stems differ although people mean one word: an irregular plural, or a suffix that Snowball keeps.
_SAME = {"ребенок": "дет", "ребенк": "дет", "ребят": "дет", "люд": "человек"}
_stemmer = snowballstemmer.stemmer("russian")
_stemmer_lock = Lock()  # the stemmer keeps the word it works on inside itself


def words(text: str) -> list[str]:
    """Words of a text as the index sees them: lower case, «ё» as «е», digits kept, nothing else."""
    return _WORD.findall(text.lower().replace("ё", "е"))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one word, however it is written: «Детей» gives «дет»."""
    plain = word.lower().replace("ё", "е")
    with _stemmer_lock:
        found = _stemmer.stemWord(plain)
    return _SAME.get(found, found)


def stems(text: str) -> str:
    """Stems of all words that carry a meaning, separated by spaces; safe to hand to any full-text engine."""
    return " ".join(stem(word) for word in words(text) if word not in _STOP)
