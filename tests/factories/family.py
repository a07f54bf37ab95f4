"""A form with everything: rows, computed answers, rules, questions of the staff, answers in words."""

from copy import deepcopy
from typing import Any

from forms.definitions.document import Definition
from tests.factories.definitions import question

WHO = [
    {"key": "c_wife", "label": "Супруга"},
    {"key": "c_mother", "label": "Мать"},
    {"key": "c_other", "label": "Знакомый"},
]
PAPERS = [{"key": "c_pass", "label": "Паспорт"}, {"key": "c_birth", "label": "Свидетельство"}]
YOUNG = {"q": "q_age", "op": "lt", "v": 18}


def step(key: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One step of a document."""
    return {"key": key, "title": "Шаг", "lead": "", "show_if": None, "fields": list(fields)} | more


def rule(key: str, kind: str, when: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One rule of a document."""
    return {"key": key, "kind": kind, "if": when} | more


CHILDREN = question(
    "q_kids",
    "group",
    "Дети",
    required=False,
    options={"min": 0, "max": 4, "row_title": "Ребёнок", "add_label": "Добавить ребёнка"},
    fields=[
        question("q_kid", "short_text", "Имя"),
        question("q_born", "date", "Когда родился {q_kid|ребёнок}"),
        question(
            "q_age",
            "computed",
            "Возраст",
            required=False,
            options={"expr": {"fn": "age", "of": [{"q": "q_born"}]}, "shown": True, "unit": "лет"},
        ),
        question("q_school", "short_text", "Где учится", show_if=YOUNG),
        question("q_study", "yes_no", "Студент", required=False, required_if={"q": "q_age", "op": "lt", "v": 23}),
    ],
)


def family_json(**changes: Any) -> dict[str, Any]:
    """Three steps: who, children and papers in rows, contact; two computed answers and a rule of each kind."""
    steps = [
        step(
            "s_who",
            question("h_who", "heading", "О вас"),
            question("q_who", "choice", "Кем вы приходитесь", options={"choices": WHO}),
            question("q_name", "short_text", "Как вас зовут"),
            question("q_income", "whole_number", "Доход", required=False),
            question("q_staff", "short_text", "Проверено", staff=True),
        ),
        step(
            "s_family",
            CHILDREN,
            question(
                "q_young",
                "computed",
                "Детей до 18",
                required=False,
                options={"expr": {"fn": "count", "of": [{"rows": "q_kids", "where": YOUNG}]}, "shown": False},
            ),
            question(
                "q_tired",
                "long_text",
                "Как вы справляетесь",
                show_if={"q": "q_young", "op": "ge", "v": 3},
            ),
            question("q_papers", "multiple_choice", "Бумаги", required=False, options={"choices": PAPERS}),
            question(
                "q_sheets",
                "group",
                "О бумагах",
                required=False,
                options={"rows_from": "q_papers"},
                fields=[question("q_number", "short_text", "Номер")],
            ),
            title="Семья: {q_name|заявитель}",
        ),
        step(
            "s_contact",
            question("q_phone", "phone", "{q_name}, ваш телефон"),
            question("q_guests", "whole_number", "Сколько придёт", required=False),
            question(
                "q_coming",
                "group",
                "Кто придёт",
                options={"count_from": "q_guests", "row_title": "Гость"},
                fields=[question("q_guest", "short_text", "Имя")],
                show_if={"q": "q_guests", "op": "gt", "v": 0},
            ),
        ),
    ]
    rules = [
        rule(
            "r_stop",
            "stop",
            {"q": "q_who", "op": "eq", "v": "c_other"},
            message="Форма для родных",
            hard=True,
            link="/measures/",
            link_text="Меры",
        ),
        rule("r_soft", "stop", {"q": "q_income", "op": "gt", "v": 90000}, message="Выплаты может не быть"),
        rule("r_many", "check", {"q": "q_guests", "op": "gt", "v": 5}, message="Не больше пяти", fields=["q_guests"]),
        rule("r_route", "route", {"q": "q_young", "op": "ge", "v": 1}, team="children"),
        rule("r_all", "route", {"q": "q_who", "op": "answered"}, team="families"),
        rule("r_topic", "topic", {"q": "q_kids", "op": "answered"}, label="дети"),
        rule("r_topic2", "topic", {"q": "q_papers", "op": "answered"}, label="бумаги"),
        rule("r_urgent", "urgency", {"q": "q_young", "op": "ge", "v": 3}, level=2),
        rule("r_text", "text", {"q": "q_young", "op": "ge", "v": 1}, text="Позвоним о детях."),
    ]
    document = {
        "format": 1,
        "title": "Семья",
        "purpose": "",
        "minutes": 5,
        "at_hand": [],
        "team": None,
        "consent": {"version": 1, "text": "Согласие", "summary": "Согласен", "dated": "2026-09-01"},
        "texts": {"receipt": "Позвоним."},
        "steps": steps,
        "rules": rules,
    }
    # A copy of everything: what one test changes in its form is in no other's.
    return deepcopy(document | changes)


def family(**changes: Any) -> Definition:
    """`family_json()` read."""
    return Definition.from_json(family_json(**changes))


def child(row_id: str, name: str, born: str, **more: Any) -> dict[str, Any]:
    """One cleaned row of the children."""
    return {"id": row_id, "q_kid": name, "q_born": born} | more
