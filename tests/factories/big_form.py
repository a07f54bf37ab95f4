"""A form at the limit: 200 questions, each shown by the one before it, and 20 rows of 10 questions."""

from typing import Any

from forms.definitions.document import Definition
from tests.factories.definitions import question
from tests.factories.family import step

QUESTIONS, ROWS, COLUMNS, STEPS = 200, 20, 10, 10
CHOICES = [{"key": "c_yes", "label": "Дальше"}, {"key": "c_no", "label": "Всё"}]


def big_json() -> dict[str, Any]:
    """The document: `q_1` … `q_200` in ten steps, then `q_rows` and a phone."""
    asked = [
        question(
            f"q_{number}",
            "choice",
            f"Вопрос {number}",
            options={"choices": CHOICES},
            show_if={"q": f"q_{number - 1}", "op": "eq", "v": "c_yes"} if number > 1 else None,
        )
        for number in range(1, QUESTIONS + 1)
    ]
    size = QUESTIONS // STEPS
    steps = [step(f"s_{n}", *asked[n * size : (n + 1) * size], title=f"Шаг {n}") for n in range(STEPS)]
    columns = [
        question(
            f"q_row{number}",
            "whole_number",
            f"Число {number}",
            show_if={"q": f"q_row{number - 1}", "op": "ge", "v": number - 1} if number > 1 else None,
        )
        for number in range(1, COLUMNS + 1)
    ]
    rows = question("q_rows", "group", "Записи", options={"max": ROWS}, fields=columns)
    steps.append(step("s_last", rows, question("q_phone", "phone", "Телефон")))
    return {
        "format": 1,
        "title": "Большая форма",
        "consent": {"version": 1, "text": "Согласие", "summary": "Согласен", "dated": "2026-09-01"},
        "steps": steps,
    }


def big_definition() -> Definition:
    """`big_json()` read, 212 questions in all."""
    return Definition.from_json(big_json())


def big_answers() -> dict[str, Any]:
    """Clean answers that open every question and fill every row."""
    rows = [{"id": f"r{r}"} | {f"q_row{c}": c for c in range(1, COLUMNS + 1)} for r in range(1, ROWS + 1)]
    answers: dict[str, Any] = {f"q_{number}": "c_yes" for number in range(1, QUESTIONS + 1)}
    return answers | {"q_rows": rows, "q_phone": "+79000000000"}
