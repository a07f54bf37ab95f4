"""The keys of the queue and of the card: one table. From it come both lists of keys, the letters on the buttons and
what the script listens to, so that what is told is what is done."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

QUEUE, CARD = "queue", "card"
BOTH = (QUEUE, CARD)


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it is called, the caps that are shown, what it does in words, on which screens.

    `code` is the place on the keyboard (KeyboardEvent.code), so that the layout does not matter: «Shift+KeyL» together,
    «KeyU KeyV» one after the other. `hint` is the short word below the list; blank for none. `name` is that of the
    step for a step; «folder=…» leads to this view of the queue.
    """

    name: str
    cap: str | Promise
    code: str
    words: str | Promise
    on: tuple[str, ...]
    hint: str | Promise = ""

    @property
    def caps(self) -> list[str]:
        """Each cap by itself."""
        return str(self.cap).split()

    @property
    def between(self) -> str | Promise:
        """What stands between the caps."""
        return _("затем") if " " in self.code else "+"


KEYS: Final[tuple[Key, ...]] = (
    Key("up", "↑", "ArrowUp", _("строка выше"), (QUEUE,), _("строка")),
    Key("down", "↓", "ArrowDown", _("строка ниже"), (QUEUE,), _("строка")),
    Key("open", "Enter", "Enter", _("открыть карточку"), (QUEUE,), _("открыть")),
    Key("mark", _("Пробел"), "Space", _("выбрать строку"), (QUEUE,)),
    Key("mark_up", "Shift ↑", "Shift+ArrowUp", _("выбрать подряд вверх"), (QUEUE,)),
    Key("mark_down", "Shift ↓", "Shift+ArrowDown", _("выбрать подряд вниз"), (QUEUE,)),
    Key("next", "Д", "KeyL", _("следующее обращение"), (CARD,)),
    Key("previous", "Shift Д", "Shift+KeyL", _("предыдущее обращение"), (CARD,)),
    Key("take", "В", "KeyD", _("взять в работу"), BOTH, _("взять")),
    Key("assign", "Н", "KeyY", _("назначить или сменить исполнителя"), BOTH),
    Key("ask", "С", "KeyC", _("спросить заявителя"), BOTH, _("спросить")),
    Key("put_off", "О", "KeyJ", _("отложить"), BOTH),
    Key("hand_over", "П", "KeyG", _("передать другой команде"), BOTH),
    Key("resolve", "З", "KeyP", _("закрыть с ответом"), BOTH, _("закрыть")),
    Key("note", "К", "KeyR", _("заметка для своих"), (CARD,)),
    Key("letter", "Т", "KeyN", _("письмо заявителю"), (CARD,)),
    Key("send", "Ctrl Enter", "Control+Enter", _("сохранить или отправить открытую форму"), BOTH),
    Key("undo", "Я", "KeyZ", _("отменить то, что уходит или взято"), BOTH),
    Key("back", "Esc", "Escape", _("закрыть окно, вернуться к списку"), (CARD,)),
    Key("search", "И", "KeyB", _("искать в очереди"), BOTH, _("искать")),
    Key("filters", "Ф", "KeyA", _("фильтры"), (QUEUE,)),
    Key("folder=today", "Г Г", "KeyU KeyU", _("горит сегодня"), BOTH),
    Key("folder=mine", "Г М", "KeyU KeyV", _("мои"), BOTH),
    Key("folder=unassigned", "Г Н", "KeyU KeyY", _("не назначены"), BOTH),
    Key("list", "?", "?", _("этот список"), BOTH),
)
BY_NAME: Final[dict[str, Key]] = {key.name: key for key in KEYS}
# One key for what is one thing to staff.
SAME = {"reassign": "assign"}
# These act where the focus is, in fields too: the browser, or the script of the form, knows them by their own names.
IN_PLACE = frozenset({"open", "send", "back", "list"})


@dataclass(frozen=True)
class Board:
    """The keys of one screen."""

    title: str | Promise
    keys: tuple[Key, ...]

    @cached_property
    def map(self) -> str:
        """What the script listens to: the name by the code, as JSON."""
        return json.dumps({key.code: key.name for key in self.keys if key.name not in IN_PLACE})

    @property
    def hints(self) -> list[tuple[list[str], str]]:
        """The caps and the short word of those that are told below the list."""
        told = ((str(key.hint), key.cap) for key in self.keys if key.hint)
        return [([str(cap) for _hint, cap in each], hint) for hint, each in groupby(told, key=lambda pair: pair[0])]


BOARDS: Final[Mapping[str, Board]] = {
    QUEUE: Board(_("Клавиши очереди"), tuple(key for key in KEYS if QUEUE in key.on)),
    CARD: Board(_("Клавиши карточки"), tuple(key for key in KEYS if CARD in key.on)),
}


def of_step(action: str) -> Key | None:
    """The key of a step; None for a step without one."""
    return BY_NAME.get(SAME.get(action, action))


def context(screen: str) -> dict[str, Any]:
    """What the templates of a screen draw its keys from."""
    return {"board": BOARDS[screen], "keys": BY_NAME}
