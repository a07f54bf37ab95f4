"""Real processes of the portal on the test database, for races and for kill -9."""

import atexit
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from huey import SqliteHuey

from tests.nursery import Child, Nursery

ROOT = Path(settings.BASE_DIR)


def _here() -> Path:
    return Path(settings.DATA_DIR, f"test-processes-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")


def environment(data: Path, **more: str) -> dict[str, str]:
    """A developer's settings on the database of this test run; huey, mail and cache live in `data`.

    By a name that is the same for all tests, so that their processes can be copies of one; letters are files there.
    """
    name = connection.settings_dict["NAME"]
    data.mkdir(parents=True, exist_ok=True)
    _here().unlink(missing_ok=True)
    _here().symlink_to(data, target_is_directory=True)
    SqliteHuey(filename=str(data / "huey.sqlite3")).storage.close()  # its tables are made by whoever loads the settings
    url = f"sqlite:///{name}" if connection.vendor == "sqlite" else _postgresql(connection.settings_dict)
    # The name of the test, which pytest puts there, is all that would differ.
    ours = {key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"}
    return ours | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PORTAL_DATA": str(_here()),
        "DATABASE_URL": url,
        "EMAIL_URL": "",
        # The numbered one of this process of the suite: what is remembered there is of this test's rows alone.
        "REDIS_URL": _redis(),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


_nurseries: list[Nursery] = []


def start(code: str, *arguments: Any, env: dict[str, str]) -> Child:
    """Run Python code after django.setup(), talking over pipes. Processes of one environment share the start-up."""
    if not _nurseries or _nurseries[0].env != env:
        stop()
        _nurseries.append(Nursery(ROOT, dict(env)))
    return _nurseries[0].start(code, *map(str, arguments))


@atexit.register
def stop() -> None:
    """Let go of the process that makes others."""
    while _nurseries:
        _nurseries.pop().close()


def run(*arguments: Any, env: dict[str, str]) -> subprocess.Popen[str]:
    """A Python process in the project's folder."""
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env=env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def line(process: Child, wanted: str = "") -> str:
    """The next line it prints that holds `wanted`; its whole output when it ends or fails before."""
    said = []
    for text in process.stdout:
        said.append(text)
        if text.startswith("Traceback"):
            raise AssertionError("".join([*said, process.communicate(timeout=60)[0]]))
        if wanted in text:
            return text.strip()
    raise AssertionError("".join(said))


def together(processes: list[Child]) -> list[str]:
    """Wait until each says «ready», fire the starting shot, and give what each printed last."""
    try:
        for process in processes:
            line(process, "ready")
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        return [process.communicate(timeout=180)[0].strip().splitlines()[-1] for process in processes]
    finally:
        for process in processes:
            process.kill()


def _postgresql(parts: dict[str, Any]) -> str:
    login = f"{parts['USER']}:{parts['PASSWORD']}" if parts["PASSWORD"] else parts["USER"]
    return f"postgresql://{login}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"


def _redis() -> str:
    return str(settings.CACHES["default"]["LOCATION"]) if settings.REDIS_URL else ""
