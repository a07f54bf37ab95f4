"""What can go wrong before anything is installed: a plain message with its remedy and exit code 2."""

import ast
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import __main__ as entry
from portal.run import environment, places
from portal.run.problem import Problem

_ROOT = Path(__file__).resolve().parent.parent.parent


def _run(*arguments: str, cwd: Path = _ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "PORTAL_"))}
    return subprocess.run(
        [sys.executable, "-m", "portal", *arguments],
        cwd=cwd,
        env=keep | more,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen(1)
        yield holder.getsockname()[1]


def test_port_taken(taken_port: int, tmp_path: Path) -> None:
    done = _run("run", "--region", "none", "--port", str(taken_port), "--data", str(tmp_path / "data"))
    assert done.returncode == 2
    assert f"Порт {taken_port} уже занят" in done.stderr
    assert "--port" in done.stderr.split("Что сделать:")[1]
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_unknown_region_lists_the_known_ones() -> None:
    done = _run("run", "--region", "atlantis")
    assert done.returncode == 2
    assert "Региона «atlantis» здесь нет" in done.stderr
    for name in [*places.regions(), "none"]:
        assert name in done.stderr


def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in its place")
    done = _run("run", "--region", "none", "--port", "18997", "--data", str(tmp_path / "data"))
    assert done.returncode == 2
    assert "Нельзя писать в папку данных" in done.stderr
    assert "--data" in done.stderr.split("Что сделать:")[1]


def test_no_such_address_on_this_machine() -> None:
    done = _run("run", "--region", "none", "--host", "192.0.2.1")
    assert done.returncode == 2
    assert "Адреса 192.0.2.1 на этой машине нет" in done.stderr


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--port", "x"], ["--workers", "0"], ["--nonsense"]])
def test_mistyped_options_end_with_2_and_no_trace(arguments: list[str]) -> None:
    done = _run("run", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_no_network_and_nothing_installed(tmp_path: Path) -> None:
    copy = tmp_path / "portal-copy"
    for part in ("portal/__init__.py", "portal/__main__.py"):
        (copy / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_ROOT / part, copy / part)
    shutil.copytree(_ROOT / "portal" / "run", copy / "portal" / "run")
    (copy / "requirements.txt").write_text("Django==5.2.19\n")
    closed = "http://127.0.0.1:9/simple"
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if not (Path(part) / "uv").exists())
    done = _run(
        "run",
        *("--region", "none", "--port", "18998"),
        cwd=copy,
        PATH=path,
        PIP_INDEX_URL=closed,
        PIP_CONFIG_FILE=os.devnull,
        PIP_DEFAULT_TIMEOUT="2",
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Нет связи с каталогом пакетов" in done.stderr
    assert "PIP_INDEX_URL" in done.stderr.split("Что сделать:")[1]
    assert "Traceback" not in done.stderr


def test_python_too_old(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert entry.main(["run"]) == 2
    said = capsys.readouterr().err
    assert "Нужен Python 3.11 или новее, а это Python 3.9" in said
    assert "Что сделать:" in said


def test_an_old_python_can_read_the_way_in() -> None:
    for name in ("__init__.py", "__main__.py"):
        ast.parse((_ROOT / "portal" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_venv_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "python", lambda: tmp_path / ".venv/bin/python")
    monkeypatch.setattr(environment, "_uv", lambda: None)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Problem) as raised:
        environment._create()
    assert "нет модуля venv" in raised.value.what
    assert "-venv" in raised.value.remedy
    assert raised.value.report() == 2


def test_only_the_standard_library_before_the_environment_stands() -> None:
    """Every import of portal/__main__.py and portal/run is Python's own or a sibling."""
    for file in [_ROOT / "portal" / "__main__.py", *(_ROOT / "portal" / "run").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("portal.run"), (file, name)
