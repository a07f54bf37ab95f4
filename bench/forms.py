"""The forms that are measured: twelve plain questions in two steps, and one as long as an editor may build."""

from typing import Any

SLUG = "bench-twelve"
QUESTIONS, ROWS, COLUMNS, STEPS = 200, 20, 10, 10
_CONSENT = {"version": 1, "text": "Согласие", "summary": "Согласен", "dated": "2026-09-01"}
_NEXT = [{"key": "c_yes", "label": "Дальше"}, {"key": "c_no", "label": "Всё"}]
_KINSHIP = [{"key": "c_wife", "label": "Супруга"}, {"key": "c_parent", "label": "Мать или отец"}]
_HELP = [{"key": "c_money", "label": "Деньги"}, {"key": "c_legal", "label": "Юрист"}, {"key": "c_home", "label": "Быт"}]


def _question(key: str, type_name: str, label: str, **more: Any) -> dict[str, Any]:
    blank = {"hint": "", "required": True, "show_if": None, "options": {}}
    return {"key": key, "type": type_name, "label": label} | blank | more


def _step(key: str, title: str, questions: list[dict[str, Any]]) -> dict[str, Any]:
    return {"key": key, "title": title, "lead": "", "show_if": None, "fields": questions}


def twelve_questions() -> dict[str, Any]:
    """A document as plain as the form of the site it is compared with."""
    who = [
        _question("q_name", "full_name", "Как вас зовут"),
        _question("q_phone", "phone", "Телефон"),
        _question("q_email", "email", "Почта"),
        _question("q_place", "territory", "Где вы живёте"),
        _question("q_kin", "choice", "Кем вы приходитесь участнику", options={"choices": _KINSHIP}),
        _question("q_address", "short_text", "Как к вам обращаться"),
    ]
    what = [
        _question("q_help", "choice", "Какая нужна помощь", options={"choices": _HELP}),
        _question("q_also", "multiple_choice", "Что ещё", required=False, options={"choices": _HELP}),
        _question("q_story", "long_text", "Расскажите подробнее"),
        _question("q_when", "short_text", "Когда удобно поговорить"),
        _question("q_whom", "short_text", "Кому нужна помощь"),
        _question("q_since", "date", "С какого дня", required=False),
    ]
    return {
        "format": 1,
        "title": "Двенадцать вопросов",
        "purpose": "Форма для измерений.",
        "minutes": 5,
        "consent": _CONSENT,
        "texts": {"receipt": "Ответит специалист."},
        "steps": [_step("s_who", "Кто вы", who), _step("s_what", "Что нужно", what)],
    }


def big_json() -> dict[str, Any]:
    """`q_1` … `q_200` in ten steps, each shown by the one before it; then the rows `q_rows` and a phone."""
    asked = [
        _question(
            f"q_{number}",
            "choice",
            f"Вопрос {number}",
            options={"choices": _NEXT},
            show_if={"q": f"q_{number - 1}", "op": "eq", "v": "c_yes"} if number > 1 else None,
        )
        for number in range(1, QUESTIONS + 1)
    ]
    columns = [
        _question(
            f"q_row{number}",
            "whole_number",
            f"Число {number}",
            show_if={"q": f"q_row{number - 1}", "op": "ge", "v": number - 1} if number > 1 else None,
        )
        for number in range(1, COLUMNS + 1)
    ]
    size = QUESTIONS // STEPS
    steps = [_step(f"s_{n}", f"Шаг {n}", asked[n * size : (n + 1) * size]) for n in range(STEPS)]
    rows = _question("q_rows", "group", "Записи", options={"max": ROWS}, fields=columns)
    steps.append(_step("s_last", "Записи", [rows, _question("q_phone", "phone", "Телефон")]))
    texts = {"receipt": "Ответит специалист."}
    return {"format": 1, "title": "Большая форма", "consent": _CONSENT, "texts": texts, "steps": steps}


def big_answers() -> dict[str, Any]:
    """Clean answers that open every question and fill every row."""
    rows = [{"id": f"r{r}"} | {f"q_row{c}": c for c in range(1, COLUMNS + 1)} for r in range(1, ROWS + 1)]
    answers: dict[str, Any] = {f"q_{number}": "c_yes" for number in range(1, QUESTIONS + 1)}
    return answers | {"q_rows": rows, "q_phone": "+79000000000"}


def publish(document: dict[str, Any], slug: str) -> None:
    """Publish a form page in the region's list of forms, as the demo's own are."""
    from forms.build.importing import form_page_from_definition
    from forms.build.models import FormIndexPage

    form_page_from_definition(FormIndexPage.objects.get(), slug, document)
