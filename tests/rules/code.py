"""The project's own files, as the rules read them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("accounts", "forms", "home", "portal", "services")


def modules(*folders: str) -> list[Path]:
    """Every Python file of these top folders, migrations aside."""
    found = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [file for file in found if not {"migrations", "__pycache__"} & set(file.parts)]


@cache
def tree(file: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def name(file: Path) -> str:
    """The path as a person writes it."""
    return file.relative_to(ROOT).as_posix()


def has_russian(text: object) -> bool:
    """Whether there is a Cyrillic letter in it."""
    return any("а" <= letter <= "я" or letter == "ё" for letter in str(text).lower())
