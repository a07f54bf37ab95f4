"""`python3 -m portal run` with its real processes: up, secrets kept, restarted, stopped, gone with the parent."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent.parent
# The suite's own environment stands in for .venv, which is what `run` would have made.
_START = """
import sys
from pathlib import Path
from portal.run import environment, places
places.VENV = Path(sys.prefix)
environment.ready = lambda *names: None
from portal.run.commands import execute
sys.exit(execute(sys.argv[1:]))
"""


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Running:
    """The command as a process, with its screen in a file."""

    def __init__(self, data: Path, screen: Path, **more: str) -> None:
        self.port, self.screen, self.data = _free_port(), screen, data
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
            environment.pop(name, None)
        environment |= more
        options = ["--region", "none", "--workers", "1", "--port", str(self.port), "--data", str(data)]
        self.begun = time.monotonic()
        with screen.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _START, "run", *options], cwd=_ROOT, env=environment, stdout=out, stderr=out
            )

    def said(self) -> str:
        return self.screen.read_text()

    def until(self, true: Callable[[], object], seconds: float = 400) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, self.said()
            assert self.process.poll() is None or true(), self.said()
            time.sleep(0.05)

    def up(self) -> float:
        """Wait for the final screen; seconds it took."""
        self.until(lambda: "Остановить: Ctrl-C" in self.said())
        return time.monotonic() - self.begun

    def children(self) -> dict[str, int]:
        """Process ids by what they are, found by the parent's id."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = re.search(r"^PPid:\s+(\d+)", (entry / "status").read_text(), re.MULTILINE)
                command = (entry / "cmdline").read_text()
            except OSError:
                continue
            if parent and int(parent[1]) == self.process.pid:
                found["worker" if "run_huey" in command else "web"] = int(entry.name)
        return found

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status

    def python(self, code: str) -> str:
        """What a piece of code prints, run on the data of this run."""
        environment = os.environ | {"PORTAL_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
        for name in ("DATABASE_URL", "REDIS_URL"):
            environment.pop(name, None)
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        return subprocess.run(
            command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(120)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "data"


@pytest.fixture
def running(data: Path, tmp_path: Path) -> Iterator[Running]:
    one = Running(data, tmp_path / "screen.txt")
    yield one
    if one.process.poll() is None:
        one.process.kill()
        one.process.wait(10)


def _alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def test_first_run_from_nothing_to_a_clean_stop(running: Running, data: Path) -> None:
    running.up()
    assert f"http://localhost:{running.port}/" in running.said()
    assert running.get("/healthz") == 200
    assert running.get("/readyz") == 200
    for name in ("secret-key", "demo-password"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600
    children = running.children()
    assert set(children) == {"web", "worker"}
    assert running.stop() == 0
    assert "Остановлено." in running.said()
    assert not any(_alive(pid) for pid in children.values())


def test_second_run_is_quick_changes_no_data_and_mends_what_dies(running: Running, data: Path) -> None:
    before = (data / "secret-key").read_text()
    running.up()
    assert "База данных" not in running.said(), "nothing had to be prepared again"
    assert (data / "secret-key").read_text() == before
    worker = running.children()["worker"]
    os.kill(worker, signal.SIGKILL)
    running.until(lambda: running.children().get("worker") not in {None, worker})
    assert "Обработчик заданий: процесс остановился" in running.said()
    assert running.stop(signal.SIGINT) == 0


class SlowMailServer:
    """Takes one letter by SMTP and accepts it only when told to."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(120)
        self.url = f"smtp://127.0.0.1:{self.socket.getsockname()[1]}"
        self.holding, self.accept = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _address = self.socket.accept()
        connection.settimeout(120)
        with connection, connection.makefile("rwb", buffering=0) as talk:
            talk.write(b"220 slow\r\n")
            while line := talk.readline():
                word = line.split()[0].upper()
                if word == b"DATA":
                    talk.write(b"354 go on\r\n")
                    while talk.readline() != b".\r\n":
                        pass
                    self.holding.set()
                    self.accept.wait(120)
                talk.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")


_PUT = """
from forms.notifications import outbox
outbox.put(key="slow", recipient="anna@example.ru", subject="Тема", body="Текст")
"""
_SEEN = """
from forms.notifications.models import Outbox
print(*Outbox.objects.values_list("state", "attempts").get(key="slow"))
"""


def test_sigterm_lets_the_worker_finish_the_letter_it_is_sending(data: Path, tmp_path: Path) -> None:
    mail = SlowMailServer()
    running = Running(data, tmp_path / "screen.txt", EMAIL_URL=mail.url)
    try:
        running.up()
        running.python(_PUT)
        assert mail.holding.wait(120), running.said()
        running.process.send_signal(signal.SIGTERM)
        running.until(lambda: "обработчик доделывает задание" in running.said())
        assert "worker" in running.children(), "it waits for the mail server"
        mail.accept.set()
        assert running.process.wait(120) == 0
    finally:
        mail.accept.set()
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait(10)
    assert running.python(_SEEN) == "sent 1"


def test_children_do_not_outlive_a_killed_parent(running: Running) -> None:
    running.up()
    children = running.children()
    assert set(children) == {"web", "worker"}
    running.process.kill()
    running.process.wait(10)
    deadline = time.monotonic() + 30
    while any(_alive(pid) for pid in children.values()):
        assert time.monotonic() < deadline, "the web server or the worker is still there"
        time.sleep(0.1)
