"""What the scripts of a step need to know, as one block of JSON in the page; a browser never runs such a block."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms.definitions.document import Step
from forms.definitions.journey import Journey
from forms.definitions.onpage import page_rules

from .basis import TAB
from .visit import Visit


def of_step(visit: Visit, here: Step, journey: Journey, number: int, *, unsaved: bool) -> dict[str, Any]:
    """Where to keep what is typed and what the server knows of it already; the rules, where anything depends on them.

    `unsaved`: the page shows words that the server does not hold.
    """
    typed = visit.typed(here) or {}
    data: dict[str, Any] = {
        "autosave": reverse("apply:autosave", args=[visit.slug, here.key]),
        "basis": visit.basis(here),
        "draft": visit.draft is not None,
        "typed": bool(typed),
        "tab": typed.get(TAB, [""])[0],
        "unsaved": unsaved,
        "words": words(),
    }
    rules = page_rules(visit.definition, here, journey)
    return data | {"number": number} | of_rules(rules) if rules else data


def of_rules(rules: dict[str, Any]) -> dict[str, Any]:
    """The rules of a page and the scripts they need."""
    more = {"following": static("portal/following.js")} if "spoken" in rules else {}
    return more | {"rules": rules, "conditions": static("portal/conditions.js")}


def words() -> dict[str, str]:
    """What the scripts of a page say."""
    return _words(get_language())


@lru_cache
def _words(_language: str | None) -> dict[str, str]:
    return {
        "optional": _("(по желанию)"),
        "appeared": _("Появился вопрос:"),
        "gone": _("Больше не нужно отвечать:"),
        "step": _("Шаг %(number)s из %(total)s."),
        "year": _("года"),
        "min": _("Не раньше %s."),
        "max": _("Не позже %s."),
        "below": _("Напишите дату не раньше %s"),
        "above": _("Напишите дату не позже %s"),
        "keeps": _("Ответы сохраняются сами, пока вы пишете."),
        "offline": _("Нет связи. Ответы остались на этой странице, сохраним их, когда связь появится."),
        "wait": _("Нет связи, поэтому шаг пока не отправлен. Не закрывайте страницу и нажмите ещё раз чуть позже."),
        "old": _("Страница открыта давно. Нажмите «Продолжить»: ответы не пропадут."),
        "back": _("Вернули то, что вы написали и не успели сохранить."),
        "differs": _("На этом шаге уже другие ответы, а здесь осталось то, что вы написали и не успели сохранить."),
        "restore": _("Вернуть написанное"),
        "seek": _("Начните писать название и выберите из списка."),
        "found": _("Найдено: %(n)s"),
        "several": _("Таких названий несколько. Выберите одно из списка."),
        "nothing": _("Такого названия в списке нет. Проверьте, как оно написано."),
        "left": _("Осталось: %(n)s %(unit)s."),
        "over": _("Лишнее: %(n)s %(unit)s. Сократите ответ."),
        "units": _("знак,знака,знаков"),
    }
