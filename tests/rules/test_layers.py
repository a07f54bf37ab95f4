"""Lower rooms do not know the upper ones: not by import, not by relation, not inside a function."""

import ast
import subprocess
import sys
import tomllib

import pytest
from django.apps import apps
from django.db import models

from tests.rules.code import ROOMS, ROOT, modules, name, tree

_LAYERS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
][0]["layers"]
_FLOOR = {room.strip(): len(_LAYERS) - height for height, layer in enumerate(_LAYERS) for room in layer.split("|")}


def _room(module: str) -> str | None:
    fitting = [room for room in _FLOOR if module == room or module.startswith(room + ".")]
    return max(fitting, key=len) if fitting else None


def test_the_contract_of_import_linter() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if _room(model.__module__)]


@pytest.mark.parametrize("model", _own_models(), ids=lambda model: model._meta.label)
def test_relations_point_downwards(model: type[models.Model]) -> None:
    own = _room(model.__module__)
    assert own
    for field in model._meta.get_fields():
        other = field.related_model if field.is_relation and not field.auto_created else None
        target = _room(other.__module__) if isinstance(other, type) else None
        if target and target != own:
            assert _FLOOR[target] < _FLOOR[own], f"{model._meta.label}.{field.name} points up to {target}"


def test_no_import_of_another_room_hides_inside_a_function() -> None:
    hidden = []
    for file in modules(*ROOMS):
        own = _room(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for function in ast.walk(tree(file)):
            # AppConfig.ready() is where Django wants imports of models: the registry is not filled before.
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name != "ready":
                hidden += [f"{name(file)}:{line}" for line, room in _imports(function) if room != own]
    assert not hidden


def _imports(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(function):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        found += [(node.lineno, room) for each in names if (room := _room(each))]  # type: ignore[attr-defined]
    return found
