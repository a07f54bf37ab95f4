"""What an applicant types into the help form of tests/factories/definitions.py."""

import re
from typing import Any

YOU: dict[str, Any] = {
    "q_name_last": "Иванова",
    "q_name_first": "Мария",
    "q_name_middle": "Петровна",
    "q_phone": "8 900 000-00-00",
    "q_email": "ivanova@example.ru",
    "q_place": "irkutsk",
}
FAMILY: dict[str, Any] = {"q_relation": "c_parent", "q_wishes": "после 17:00"}
HELP: dict[str, Any] = {"q_topics": ["c_psy", "c_law"], "q_story": "Нужен психолог.\nИ юрист."}
STEPS: dict[str, dict[str, Any]] = {"s_you": YOU, "s_family": FAMILY, "s_help": HELP}


def step_url(key: str) -> str:
    """The address of a step of the help form."""
    return f"/apply/help/{key}/"


def outside_of_templates(page: str) -> str:
    """What a browser shows of a page: a template waits for the script."""
    found = 1
    while found:  # one may stand inside of another
        page, found = re.subn(r"<template[^>]*>(?:(?!<template).)*?</template>", "", page, flags=re.DOTALL)
    return page
