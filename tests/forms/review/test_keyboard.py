"""The table of keys: what the screens show, what the scripts listen to and what the steps are called is one thing."""

import json
import re
from typing import Any

import pytest

from forms.applications.states import BY_ACTION
from forms.review import keyboard
from tests.factories import applications as make
from tests.rules.code import ROOT

SCRIPTS = ("keyboard.js", "card.js", "card-steps.js", "queue-list.js", "queue-pick.js", "queue-moves.js")
STEPS = ("take", "assign", "ask", "put_off", "hand_over", "resolve")


def test_no_key_means_two_things_on_one_screen() -> None:
    assert len(keyboard.BY_NAME) == len(keyboard.KEYS)
    for board in keyboard.BOARDS.values():
        codes = [key.code for key in board.keys]
        assert len(set(codes)) == len(codes)
        assert json.loads(board.map) == {key.code: key.name for key in board.keys if key.name not in keyboard.IN_PLACE}
        shown = [tuple(key.caps) for key in board.keys]
        assert len(set(shown)) == len(shown)


def test_every_step_with_a_key_is_a_step() -> None:
    for name in STEPS:
        assert keyboard.of_step(name) is keyboard.BY_NAME[name]
        assert name in BY_ACTION
    assert keyboard.of_step("reassign") is keyboard.of_step("assign")
    assert keyboard.of_step("refuse") is None


def test_scripts_and_templates_name_only_keys_of_the_table() -> None:
    texts = [(ROOT / "portal/static/portal" / name).read_text(encoding="utf-8") for name in SCRIPTS]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates/review").glob("*.html"))]
    named = {name for text in texts for name in re.findall(r'data-key="([^"{$]+)"', text)}
    named |= {name for text in texts for name in re.findall(r"\bkeys\.(\w+)\.cap", text)}
    assert {"note", "letter", "next", "previous", "undo"} <= named
    assert named <= keyboard.BY_NAME.keys()
    # The letters themselves stand in the table alone.
    for name, text in zip(SCRIPTS, texts, strict=False):
        assert not re.findall(r'"(?:Key|Digit)[A-Z]"', text), name


@pytest.mark.django_db
def test_both_screens_are_drawn_from_it(person: Any, signed_in: Any) -> None:
    lead = person("lead")
    make.team("Иркутск", lead)
    application, client = make.in_work(lead), signed_in(lead)
    pages = {keyboard.QUEUE: "/admin/queue/?folder=open", keyboard.CARD: f"/admin/queue/{application.pk}/?folder=mine"}
    for screen, address in pages.items():
        html = client.get(address).content.decode()
        (listed,) = re.findall(r'<dl class="q-keylist">(.+?)</dl>', html, re.S)
        words = re.findall(r"<dd>(.+?)</dd>", listed)
        assert words == [str(key.words) for key in keyboard.BOARDS[screen].keys]
        (told,) = re.findall(r'data-keymap="([^"]+)"', html)
        assert json.loads(told.replace("&quot;", '"')) == json.loads(keyboard.BOARDS[screen].map)
    for name in ("assign", "ask", "put_off", "hand_over", "resolve"):
        (button,) = re.findall(rf'<a [^>]*data-key="{name}">(.+?)</a>', html)
        assert f'<kbd class="q-kbd">{keyboard.BY_NAME[name].cap}</kbd>' in button
