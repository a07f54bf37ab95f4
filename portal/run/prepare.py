"""From an empty data folder to a filled database; skipped while neither the code nor the wishes have changed."""

import os
import subprocess
import sys
import time
from pathlib import Path

from .places import ROOT, fingerprint, python
from .problem import Problem

_SOURCES = ("accounts", "forms", "home", "portal", "services", "templates", "requirements.txt")


def data_ready(data: Path, environment: dict[str, str], region: str) -> None:
    """Migrate, collect static files, load the region's pack. Every step may be repeated and then changes nothing.

    A stamp saves the repetition; with an outside database there is none, as somebody else may have changed it.
    """
    stamp = data / "prepared"
    password = environment["PORTAL_DEMO_PASSWORD"]
    wanted = fingerprint([ROOT / name for name in _SOURCES], region, password, environment.get("STATIC_ROOT", ""))
    embedded = not environment.get("DATABASE_URL")
    if embedded and stamp.exists() and stamp.read_text() == wanted and (data / "portal.sqlite3").exists():
        return
    static = _Step("Стили, шрифты и значки", ["collectstatic", "--noinput"], environment)  # beside the other two
    _Step("База данных", ["migrate", "--noinput"], environment).finish()
    title = "Пустой сайт" if region == "none" else f"Сведения региона «{region}»"
    _Step(title, ["load_region", region], environment).finish()
    static.finish()
    stamp.write_text(wanted)


class _Step:
    """A management command under way."""

    def __init__(self, title: str, command: list[str], environment: dict[str, str]) -> None:
        self.title, self.begun = title, time.monotonic()
        print(f"• {title}…", flush=True)
        self.process = subprocess.Popen(
            [str(python()), str(ROOT / "manage.py"), *command],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def finish(self) -> None:
        """Wait for it; Problem, after what it said, where it failed."""
        said, _nothing = self.process.communicate()
        if self.process.returncode:
            sys.stderr.write(said[-6000:])
            raise Problem(
                f"Шаг «{self.title}» завершился с ошибкой (она выше).",
                "если вы меняли код или базу, верните прежние; начать с пустой базы можно в другой папке: --data ПАПКА",
            )
        print(f"  {self.title}: {time.monotonic() - self.begun:.0f} с", flush=True)


def base_environment(data: Path, key: str, password: str) -> dict[str, str]:
    """What every process of the portal is told; what the caller's environment says already stays."""
    return {
        "PORTAL_HTTPS": "0",
        **os.environ,
        "PORTAL_DATA": str(data),
        "SECRET_KEY": key,
        "PORTAL_DEMO_PASSWORD": password,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PYTHONUNBUFFERED": "1",
    }
