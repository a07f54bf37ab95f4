"""Measures and news of the region whose finder is measured, and the words everything there is written in."""

from datetime import date, timedelta
from random import Random
from typing import Any

from home.models import NewsPage
from services.models import Measure, NewsPlace, NewsSubject, Territory

# Words of one literal, cut: a list of forty literals is no easier to read.
_WORDS = tuple(
    "помощь семье выплата лечение уход справка документ заявление решение срок центр психолог юрист специалист "  # noqa: SIM905
    "поддержка участник ребёнок родитель студент работа обучение жильё проезд отдых санаторий протез квота налог "
    "встреча запись адрес телефон район посёлок школа детский сад питание топливо договор".split()
)


class Words:
    """Sentences of invented words, the same in every run."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw

    def some(self, count: int) -> str:
        """So many words."""
        return " ".join(self._draw.choices(_WORDS, k=count))

    def sentence(self, count: int) -> str:
        """So many words as a sentence."""
        return f"{self.some(count).capitalize()}."

    def lines(self, count: int) -> str:
        """So many lines."""
        return "\n".join(self.some(5) for _line in range(count))


def measure(
    number: int, towns: list[Territory], situations: list[Any], recipients: list[Any], today: date, words: Words
) -> Measure:
    """A measure; every eighth is not yet, not any more, or not checked in time."""
    levels, kinds = Measure.Level.values, Measure.Category.values
    checked = today - timedelta(days=number % 80)
    page = Measure(
        title=f"{words.some(4).capitalize()} {number}",
        slug=f"bench-{number}",
        lead=words.sentence(14),
        level=levels[number % len(levels)],
        category=kinds[number % len(kinds)],
        recipients_note=words.some(6),
        amount=words.sentence(6),
        how_often=words.some(2),
        conditions=words.lines(3),
        not_entitled=words.lines(2),
        bring=words.lines(3),
        we_request=words.lines(2),
        steps=[("step", {"title": words.sentence(3), "text": words.sentence(12)}) for _step in range(3)],
        where_to_apply=words.some(5),
        term="15 рабочих дней",
        apply_until="В любое время",
        legal_basis="Закон области от 5 марта 2022 года № 98 [демо]",
        responsible=words.some(3),
        valid_from=today + timedelta(days=30) if number % 24 == 7 else today - timedelta(days=300),
        valid_to=today - timedelta(days=1) if number % 24 == 15 else None,
        checked_on=checked,
        next_check=checked + timedelta(days=1) if number % 24 == 23 else today + timedelta(days=90),
        is_demo=True,
    )
    page.situations = _some(situations, number, 1 + number % 3)
    page.recipients = _some(recipients, number, 1 + number % 4)
    page.territories = _some(towns, number, 1 + number % 5) if page.level == Measure.Level.MUNICIPAL else []
    return page


def news(number: int, subjects: list[Any], towns: list[Territory], today: date, words: Words) -> NewsPage:
    """An article about a place or a measure and a municipality."""
    page = NewsPage(
        title=f"{words.some(6).capitalize()} {number}",
        slug=f"bench-{number}",
        lead=words.sentence(14),
        date=today - timedelta(days=number),
        body=[("text", f"<p>{words.sentence(40)}</p>")],
        is_demo=True,
    )
    page.places = [NewsPlace(territory=towns[number % len(towns)])]
    page.subjects = [NewsSubject(subject=subjects[number % len(subjects)])]
    return page


def _some(rows: list[Any], first: int, count: int) -> list[Any]:
    """So many of them, from another one each time."""
    return list(dict.fromkeys(rows[(first + 5 * step) % len(rows)] for step in range(count)))
