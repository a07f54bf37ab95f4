"""Definitions and published forms for tests."""

from typing import Any

from forms.definitions import versions
from forms.definitions.document import Definition
from forms.definitions.models import Form, FormVersion

CHOICES = [
    {"key": "c_spouse", "label": "Супруга или супруг"},
    {"key": "c_parent", "label": "Мать или отец"},
    {"key": "c_child", "label": "Сын или дочь"},
]
TOPICS = [
    {"key": "c_psy", "label": "поговорить с психологом"},
    {"key": "c_law", "label": "юрист"},
    {"key": "c_money", "label": "деньги и выплаты"},
]


def question(key: str, type_name: str, label: str, **more: Any) -> dict[str, Any]:
    """One question of a document."""
    return {"key": key, "type": type_name, "label": label, "hint": "", "required": True, "show_if": None} | {
        "options": {},
        **more,
    }


def help_json(**changes: Any) -> dict[str, Any]:
    """A document like the demo form: 3 steps, 10 questions, two conditions."""
    children = {"q": "q_relation", "op": "eq", "v": "c_spouse"}
    steps = [
        {
            "key": "s_you",
            "title": "Кто вы",
            "lead": "",
            "show_if": None,
            "fields": [
                question("q_name", "full_name", "Как вас зовут"),
                question("q_phone", "phone", "Телефон", hint="По нему ответит специалист"),
                question("q_email", "email", "Почта", required=False),
                question("q_place", "territory", "Где живёте"),
            ],
        },
        {
            "key": "s_family",
            "title": "Семья",
            "lead": "Кому нужна помощь",
            "show_if": None,
            "fields": [
                question("q_relation", "choice", "Кем вы приходитесь участнику", options={"choices": CHOICES}),
                question("q_birth", "date", "Когда родился младший ребёнок", required=False, show_if=children),
                question("q_wishes", "short_text", "Когда удобно говорить", required=False),
            ],
        },
        {
            "key": "s_help",
            "title": "Какая помощь нужна",
            "lead": "",
            "show_if": None,
            "fields": [
                question("q_topics", "multiple_choice", "Темы", options={"choices": TOPICS}),
                question(
                    "q_debts",
                    "short_text",
                    "Какая выплата",
                    show_if={"op": "all", "of": [{"q": "q_topics", "op": "contains", "v": "c_money"}]},
                ),
                question("q_story", "long_text", "Своими словами", options={"max_length": 1000}),
            ],
        },
    ]
    return {
        "format": 1,
        "title": "Попросить о помощи",
        "purpose": "Расскажите, что случилось. Специалист разберётся и ответит.",
        "minutes": 7,
        "at_hand": ["телефон или почту, куда ответить"],
        "team": None,
        "consent": {
            "version": 1,
            "text": "Я разрешаю обработать мои персональные данные, чтобы рассмотреть эту заявку.",
            "summary": "Разрешаю обработать мои данные, чтобы рассмотреть эту заявку",
            "dated": "2026-09-01",
        },
        "texts": {"receipt": "Специалист позвонит вам."},
        "steps": steps,
    } | changes


def help_definition(**changes: Any) -> Definition:
    """`help_json()` read."""
    return Definition.from_json(help_json(**changes))


def help_answers(**changes: Any) -> dict[str, Any]:
    """Clean answers to `help_definition()`; needs a territory with code «irkutsk» where it is checked."""
    return {
        "q_name": {"last": "Иванова", "first": "Мария", "middle": "Петровна"},
        "q_phone": "+79000000000",
        "q_email": "ivanova@example.ru",
        "q_place": "irkutsk",
        "q_relation": "c_parent",
        "q_topics": ["c_psy"],
        "q_story": "Нужно поговорить с психологом.",
    } | changes


def published_form(slug: str = "help", **changes: Any) -> FormVersion:
    """A form with one published version of `help_definition()`."""
    definition = help_definition(**changes)
    form, _created = Form.objects.get_or_create(slug=slug, defaults={"title": definition.title})
    return versions.publish(form, definition)
