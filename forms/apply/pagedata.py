"""What the scripts of a step need to know, as one block of JSON in the page; a browser never runs such a block."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

from forms.definitions.document import Step
from forms.definitions.journey import Journey
from forms.definitions.onpage import page_rules

from .visit import Visit


def of_step(visit: Visit, here: Step, journey: Journey, number: int) -> dict[str, Any]:
    """The rules of the page, blank where nothing depends on its answers, and the words that the scripts say."""
    rules = page_rules(visit.definition, here, journey)
    if not rules:
        return {}
    return {
        "rules": rules,
        "number": number,
        "conditions": static("portal/conditions.js"),
        "words": {
            "optional": _("(по желанию)"),
            "appeared": _("Появился вопрос:"),
            "gone": _("Больше не нужно отвечать:"),
            "step": _("Шаг %(number)s из %(total)s."),
            "year": _("года"),
        },
    }
