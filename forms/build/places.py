"""Places in a document as people say them: «Шаг 2, вопрос 3, подсказка»."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.definitions.parsing import Path

LISTS = {
    "steps": gettext_lazy("Шаг"),
    "fields": gettext_lazy("вопрос"),
    "rules": gettext_lazy("Правило"),
    "at_hand": gettext_lazy("Что под рукой, строка"),
}
PARTS = {
    "title": gettext_lazy("название"),
    "purpose": gettext_lazy("зачем эта форма"),
    "minutes": gettext_lazy("минуты"),
    "consent": gettext_lazy("Согласие"),
    "texts": gettext_lazy("Тексты"),
    "label": gettext_lazy("слова вопроса"),
    "hint": gettext_lazy("подсказка"),
    "lead": gettext_lazy("пояснение"),
    "show_if": gettext_lazy("когда показывать"),
    "required_if": gettext_lazy("когда обязателен"),
    "options": gettext_lazy("настройки"),
    "if": gettext_lazy("условие"),
    "key": gettext_lazy("ключ"),
    "type": gettext_lazy("вид вопроса"),
    "format": gettext_lazy("формат"),
    "steps": gettext_lazy("шаги"),
    "fields": gettext_lazy("вопросы"),
    "rules": gettext_lazy("правила"),
}


def in_words(path: Path) -> str:
    """The place that a path of the document names; blank for the whole of it. Unknown names stay as they are."""
    words: list[str] = []
    parts = list(path)
    while parts:
        part = parts.pop(0)
        if parts and isinstance(parts[0], int) and part in LISTS:
            inner = part == "fields" and words and words[-1].startswith(_("вопрос"))
            name = _("вопрос внутри записи") if inner else str(LISTS[str(part)])
            words.append(f"{name} {int(parts.pop(0)) + 1}")
        else:
            words.append(str(PARTS.get(str(part), f"«{part}»")))
    text = ", ".join(words)
    return text[:1].upper() + text[1:]
