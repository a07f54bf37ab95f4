"""What the page of a call sends: the inputs of the help form with good answers."""

from typing import Any

PHONE = "8 900 000-00-00"


def typed(**changes: Any) -> dict[str, Any]:
    """Everything that has to be answered; `None` leaves an input out."""
    asked = "q_name,q_phone,q_email,q_place,q_relation,q_wishes,q_topics,q_story"
    data = {
        "form": "help",
        "key": "one-call",
        "channel": "phone",
        "asked": asked,
        "q_name_last": "Иванова",
        "q_name_first": "Мария",
        "q_name_middle": "Петровна",
        "q_phone": PHONE,
        "q_place": "irkutsk",
        "q_relation": "c_parent",
        "q_topics": ["c_psy"],
        "q_story": "Нужно поговорить с психологом.",
        "consent": "1",
        "save": "1",
    } | changes
    return {name: value for name, value in data.items() if value is not None}
