"""Answers as people read them: on the check page and on the card of the staff."""

import pytest

from forms.definitions import readout
from forms.definitions.journey import Journey
from tests.factories.family import child, family

pytestmark = pytest.mark.django_db
ANSWERS = {
    "q_who": "c_wife",
    "q_name": "Мария {q_who}",
    "q_staff": "тайна",
    "q_kids": [child("r1", "Миша", "1990-03-07"), {"id": "r9", "q_kid": "Оля"}],
    "q_papers": ["c_birth"],
    "q_sheets": [{"id": "c_birth", "q_number": "25 01"}],
}


def _read(step: str, answers: dict[str, object]) -> list[tuple[str, tuple[str, ...], str]]:
    definition = family()
    journey = Journey(definition, answers)
    lines = readout.read_step(definition, journey, definition.step(step))
    return [(line.label, line.lines, line.row_id) for line in lines]


def test_a_row_is_a_line_with_its_name() -> None:
    lines = _read("s_family", ANSWERS)
    assert lines[0][0] == "Ребёнок 1" and lines[0][2] == "r1"
    assert lines[0][1][:2] == ("Имя: Миша", "Когда родился Миша: 7 марта 1990 года")
    assert lines[0][1][2].startswith("Возраст: ") and lines[0][1][2].endswith(" лет")
    assert lines[1] == ("Ребёнок 2", ("Имя: Оля",), "r9")
    assert lines[2:] == [("Бумаги", ("Свидетельство",), ""), ("Свидетельство", ("Номер: 25 01",), "c_birth")]


def test_no_rows_is_no_answer_and_what_has_none_is_not_read() -> None:
    assert [line[0] for line in _read("s_family", {"q_who": "c_wife"})] == ["Дети", "Бумаги"]
    assert [line[0] for line in _read("s_who", ANSWERS)] == ["Кем вы приходитесь", "Как вас зовут", "Доход"]
    assert _read("s_contact", ANSWERS)[0] == ("Мария {q_who}, ваш телефон", (), "")
