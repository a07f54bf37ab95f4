"""Names say what is inside."""

import re

from tests.rules.code import ROOMS, ROOT, has_russian, modules, name

_VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "services", "managers", "signals"}
_ALLOWED = {"portal/settings/base.py", "home/models/base.py", "tests/factories/services.py"}


def test_no_vague_module() -> None:
    vague = [name(file) for file in modules(*ROOMS, "bench", "tests") if file.stem in _VAGUE]
    assert set(vague) <= _ALLOWED


def test_no_vague_folder() -> None:
    folders = {file.parent for file in modules(*ROOMS)}
    assert not [name(folder) for folder in folders if folder != ROOT / "services" and folder.name in _VAGUE]


def test_migrations_say_what_they_do() -> None:
    for file in ROOT.glob("*/migrations/[0-9]*.py"), ROOT.glob("forms/*/migrations/[0-9]*.py"):
        for migration in file:
            assert not re.search(r"_auto_|_alter_\w+_and_more|_and_more", migration.stem), name(migration)


def test_code_and_documents_name_no_machine() -> None:
    """No path of one machine in what everybody gets."""
    machine = re.compile(r"/(?:work|root|home/[a-z]+)/[a-z]|/tmp/[a-z]+-[a-z]+/")
    texts = [*modules(*ROOMS, "bench"), *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "Procfile"]
    found = [name(file) for file in texts if file.exists() and machine.search(file.read_text(encoding="utf-8"))]
    assert not found


def test_the_word_lists_of_this_test_work() -> None:
    assert has_russian("Имя")
    assert not has_russian("name")
