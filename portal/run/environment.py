"""The virtual environment: made once, filled from the pinned requirements, left alone while they have not changed."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .places import ROOT, VENV, fingerprint, python, writable
from .problem import Problem

_NETWORK = re.compile(
    r"connection|connect|network|timed out|resolve|unreachable|No matching distribution|Could not find a version|dns",
    re.IGNORECASE,
)


def ready(*requirements: str) -> None:
    """Make `.venv` hold these requirement files; does nothing when a stamp says that it does."""
    files = [ROOT / name for name in requirements]
    stamp = VENV / f"installed-{'-'.join(Path(name).stem for name in requirements)}"
    wanted = fingerprint(files, sys.version)
    if python().exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    writable(ROOT, "папку проекта")
    begun = time.monotonic()
    _create()
    _install(files)
    stamp.write_text(wanted)
    print(f"  библиотеки установлены за {time.monotonic() - begun:.0f} с", flush=True)


def _uv() -> str | None:
    return shutil.which("uv")


def _create() -> None:
    if python().exists() and subprocess.run([python(), "-c", ""], check=False, capture_output=True).returncode == 0:
        return
    print("• Создаём виртуальное окружение .venv", flush=True)
    if uv := _uv():
        command = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
    elif all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    else:
        raise venv_missing()
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        if "ensurepip" in done.stdout + done.stderr:
            raise venv_missing()
        raise Problem(
            "Не удалось создать виртуальное окружение .venv:\n" + _tail(done.stdout + done.stderr),
            "удалите папку .venv и повторите команду",
        )


def venv_missing() -> Problem:
    """Debian ships Python without its venv module."""
    version = "{}.{}".format(*sys.version_info[:2])
    return Problem(
        "В этом Python нет модуля venv: виртуальное окружение создать нечем.",
        f"установите его (Debian: apt install python{version}-venv) или программу uv, затем повторите команду",
    )


def _install(files: list[Path]) -> None:
    total = sum(_count(file) for file in files)
    print(f"• Устанавливаем библиотеки ({total}); в первый раз это занимает около минуты", flush=True)
    wanted = [part for file in files for part in ("-r", str(file))]
    output = ""
    if uv := _uv():
        environment = dict(os.environ)
        if "PIP_INDEX_URL" in environment:
            environment.setdefault("UV_DEFAULT_INDEX", environment["PIP_INDEX_URL"])
        code, output = _follow([uv, "pip", "install", "--python", str(python()), *wanted], environment, total)
        if code == 0:
            return
        print("  uv не справился, пробуем pip", flush=True)
        subprocess.run([python(), "-m", "ensurepip"], check=False, capture_output=True)
    pip = [str(python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    code, said = _follow([*pip, "--progress-bar", "off", *wanted], dict(os.environ), total)
    if code:
        raise _install_problem(output + said)


def _install_problem(output: str) -> Problem:
    if _NETWORK.search(output):
        return Problem(
            "Нет связи с каталогом пакетов Python, а библиотеки ещё не установлены:\n" + _tail(output),
            "проверьте сеть; если пакеты берутся с внутреннего сервера, укажите его: PIP_INDEX_URL=https://…/simple",
        )
    return Problem(
        "Библиотеки установить не удалось:\n" + _tail(output),
        "исправьте причину, названную выше, и повторите команду; если не поможет, удалите папку .venv",
    )


def _follow(command: list[str], environment: dict[str, str], total: int) -> tuple[int, str]:
    """Run it, counting the packages that it names; its exit code and output."""
    said: list[str] = []
    seen = 0
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=ROOT
    )
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if re.match(r"\s*(Collecting|Requirement already| \+ )", line):
            seen += 1
            if seen % 10 == 0:
                print(f"  {min(seen, total)} из {total}", flush=True)
    return process.wait(), "".join(said)


def _count(file: Path) -> int:
    return sum(1 for line in file.read_text().splitlines() if re.match(r"[A-Za-z]", line))


def _tail(text: str, lines: int = 4) -> str:
    kept = [line for line in text.splitlines() if line.strip()][-lines:]
    return "\n".join("  " + line.strip()[:200] for line in kept)
