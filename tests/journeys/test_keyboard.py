"""Each key that the lists of keys name does what they say, on the queue and on the card."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from forms.applications.models import Application
from forms.review import keyboard
from tests.factories import applications as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Гордеева", "Рябова", "Тарасенко")
STEPS = {
    "assign": "Сменить исполнителя",
    "ask": "Спросить заявителя",
    "put_off": "Отложить",
    "hand_over": "Передать другой команде",
    "resolve": "Закрыть: решено",
}


@pytest.fixture
def lead(person: Callable[..., Any], settings: Any) -> Any:
    settings.UNDO_SECONDS = 600
    user = person("lead", last_name="Павлова", first_name="Ирина")
    make.team("Иркутск", user)
    make.team("Братск", codes=("bratsk",))
    return user


@pytest.fixture
def rows(lead: Any) -> list[Application]:
    named = [{"q_name": {"last": name, "first": "Анна", "middle": ""}} for name in NAMES]
    return [make.in_work(lead, **named[0]), make.in_work(lead, **named[1]), make.new(**named[2])]


def _press(page: Any, name: str) -> None:
    for code in keyboard.BY_NAME[name].code.split():
        page.keyboard.press(code)


def _dialog(page: Any, name: str) -> Any:
    return page.get_by_role("dialog", name=name)


class Screen:
    """The checks of one screen: how each key is prepared for, and what shows that it acted."""

    def __init__(self, page: Any, rows: list[Application]) -> None:
        self.page, self.rows = page, rows

    def begin(self) -> None:
        """Where every check begins."""
        raise NotImplementedError

    def before(self) -> dict[str, Callable[[], Any]]:
        """What some keys need first."""
        raise NotImplementedError

    def after(self) -> dict[str, Callable[[], Any]]:
        """What each key has done."""
        raise NotImplementedError

    def check(self, name: str) -> None:
        """Begin, press, look."""
        self.begin()
        self.before().get(name, lambda: None)()
        _press(self.page, name)
        self.after()[name]()

    def at(self, wanted: str) -> Callable[[], Any]:
        """The page has gone there."""
        return lambda: self.page.wait_for_url(wanted)

    def folders(self) -> dict[str, Callable[[], Any]]:
        """The keys of folders, the same on both screens."""
        names = [key.name for key in keyboard.KEYS if key.name.startswith("folder=")]
        return {name: self.at(f"**/admin/queue/?{name}") for name in names}

    def steps(self) -> dict[str, Callable[[], Any]]:
        """Each step opens in a dialog."""
        return {
            name: lambda title=title: expect(_dialog(self.page, title)).to_be_visible() for name, title in STEPS.items()
        }


class Queue(Screen):
    """The list, with the hand on its first row."""

    def begin(self) -> None:
        self.page.goto("/admin/queue/?folder=open&sort=received")
        expect(self.page.locator("[data-keys-hint]")).to_be_visible()
        self.who(0).focus()

    def who(self, number: int) -> Any:
        return self.page.get_by_role("link", name=f"{NAMES[number]} А.")

    def state(self, words: str) -> Callable[[], Any]:
        row = self.page.get_by_role("row", name=self.rows[2].public_number)
        return lambda: expect(row.get_by_text(words)).to_be_visible()

    def marked(self, count: int, hand: int) -> None:
        expect(self.page.locator("[data-pick]:checked")).to_have_count(count)
        expect(self.who(hand)).to_be_focused()

    def taken(self) -> None:
        self.who(2).focus()
        _press(self.page, "take")
        expect(self.page.locator("[data-undo]")).to_be_visible()

    def typed(self) -> None:
        _press(self.page, "resolve")
        _dialog(self.page, STEPS["resolve"]).get_by_label("Объяснение простыми словами").fill("Дрова привезут.")

    def before(self) -> dict[str, Callable[[], Any]]:
        second = self.who(1).focus
        return {"up": second, "mark_up": second, "take": self.who(2).focus, "undo": self.taken, "send": self.typed}

    def after(self) -> dict[str, Callable[[], Any]]:
        page = self.page
        return {
            "down": lambda: expect(self.who(1)).to_be_focused(),
            "up": lambda: expect(self.who(0)).to_be_focused(),
            "mark": lambda: self.marked(1, 0),
            "mark_down": lambda: self.marked(2, 1),
            "mark_up": lambda: self.marked(2, 0),
            "open": self.at(f"**/admin/queue/{self.rows[0].pk}/?folder=open**"),
            "take": self.state("в работе"),
            "undo": self.state("новое"),
            "send": lambda: expect(page.locator("[data-undo]")).to_contain_text("Уходит: Закрыть: решено"),
            "search": lambda: expect(page.get_by_role("textbox", name="Поиск обращений")).to_be_focused(),
            "filters": lambda: expect(page.locator("[data-filters][open]")).to_be_visible(),
            "list": lambda: expect(_dialog(page, "Клавиши очереди")).to_be_visible(),
            **self.steps(),
            **self.folders(),
        }


class Card(Screen):
    """The card of the first of three in the list."""

    def begin(self) -> None:
        self.go(0)
        expect(self.page.get_by_role("link", name="Следующее обращение")).to_be_visible()

    def go(self, number: int) -> None:
        self.page.goto(f"/admin/queue/{self.rows[number].pk}/?folder=open&sort=received")

    def taken(self) -> None:
        self.go(2)
        _press(self.page, "take")
        expect(self.page.locator("[data-taken]")).to_be_visible()

    def before(self) -> dict[str, Callable[[], Any]]:
        typed = self.page.get_by_label("Увидят только сотрудники")
        return {
            "previous": lambda: self.go(1),
            "take": lambda: self.go(2),
            "undo": self.taken,
            "send": lambda: typed.fill("Позвонить вечером"),
        }

    def after(self) -> dict[str, Callable[[], Any]]:
        page = self.page
        notes = page.get_by_role("complementary", name="События").get_by_role("listitem")
        return {
            "next": self.at(f"**/queue/{self.rows[1].pk}/**"),
            "previous": self.at(f"**/queue/{self.rows[0].pk}/**"),
            "take": lambda: expect(page.locator("[data-taken]").get_by_text("Взято в работу")).to_be_visible(),
            "undo": lambda: expect(page.get_by_text("Отменено, всё как было.")).to_be_visible(),
            "note": lambda: expect(page.get_by_label("Увидят только сотрудники")).to_be_focused(),
            "letter": lambda: expect(page.get_by_role("textbox", name="Письмо заявителю")).to_be_focused(),
            "send": lambda: expect(notes.filter(has_text="Позвонить вечером")).to_be_visible(),
            "back": self.at("**/admin/queue/?folder=open&sort=received"),
            "search": self.at("**/queue/#search"),
            "list": lambda: expect(_dialog(page, "Клавиши карточки")).to_be_visible(),
            **self.steps(),
            **self.folders(),
        }


@pytest.mark.parametrize(("screen", "checks"), [(keyboard.QUEUE, Queue), (keyboard.CARD, Card)])
def test_every_key_does_what_the_list_says(
    page: Any, rows: list[Application], lead: Any, sign_in_browser: Any, screen: str, checks: Any
) -> None:
    sign_in_browser(page, lead)
    does = checks(page, rows)
    # What changes the rows goes last.
    order = ("take", "send")
    for key in sorted(
        keyboard.BOARDS[screen].keys, key=lambda each: order.index(each.name) if each.name in order else -1
    ):
        does.check(key.name)
