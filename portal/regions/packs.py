"""Reading a region's pack from its YAML files, with a place for every complaint."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PackError(Exception):
    """The pack is wrong; the sentence names the file and the place in it."""


@dataclass(frozen=True)
class Pack:
    """A region's folder of files; a file that is absent reads as empty."""

    name: str
    folder: Path

    def mapping(self, file: str) -> dict[str, Any]:
        """The file as a mapping."""
        return _of(dict, self._read(file), file)

    def rows(self, file: str) -> list[dict[str, Any]]:
        """The file as a list of mappings."""
        return rows_of(self._read(file), file)

    def document(self, file: str) -> dict[str, Any]:
        """A JSON document beside the YAML files."""
        try:
            return _of(dict, json.loads((self.folder / file).read_text("utf-8")), file)
        except (OSError, ValueError) as error:
            raise PackError(f"{file}: не читается: {error}") from error

    def _read(self, file: str) -> Any:
        path = self.folder / file
        if not path.exists():
            return None
        try:
            return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - safe loaders, both of them
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise PackError(f"{file}: не читается: {error}") from error


def known() -> list[str]:
    """Names of the packs there are."""
    return sorted(path.parent.name for path in FOLDER.glob("*/settings.yaml"))


def pack(name: str) -> Pack:
    """The pack of this name; PackError that lists the known ones."""
    if name not in known():
        raise PackError(f"Нет такого региона: «{name}». Есть: {', '.join(known()) or 'ни одного'}.")
    return Pack(name, FOLDER / name)


def rows_of(value: Any, place: str) -> list[dict[str, Any]]:
    """A list of mappings, or nothing."""
    rows = _of(list, value, place)
    return [_of(dict, row, f"{place}[{number}]") for number, row in enumerate(rows)]


def only(keys: set[str], row: dict[str, Any], place: str, required: tuple[str, ...] = ()) -> None:
    """Refuse keys that mean nothing and rows that lack what they need."""
    for key in row:
        if key not in keys:
            raise PackError(f"{place}: неизвестный ключ «{key}». Бывают: {', '.join(sorted(keys))}.")
    for key in required:
        if not row.get(key):
            raise PackError(f"{place}: нужен ключ «{key}».")


def _of(kind: type, value: Any, place: str) -> Any:
    if value is None:
        return kind()
    if not isinstance(value, kind):
        expected = "список" if kind is list else "ключи со значениями"
        raise PackError(f"{place}: здесь ожидается {expected}.")
    return value
