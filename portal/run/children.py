"""The web server and the worker as children of one parent, which restarts what dies and stops both together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

_RESTARTS, _WINDOW = 5, 60.0  # a child that dies more often than this within so many seconds is beyond help
_PATIENCE = 60.0  # seconds that the worker may take to finish its task
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class Child:
    """One process: what it is called on the screen, how it starts, how often it has died."""

    title: str
    command: list[str]
    environment: dict[str, str]
    directory: str
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the parent, which stops it in order."""
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def running(self) -> bool:
        """Whether it lives."""
        return self.process is not None and self.process.poll() is None

    def tell(self, number: int) -> None:
        """Send a signal: SIGKILL to its whole group, others to the process, which passes them on."""
        if self.process is None or not self.running():
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)
        except ProcessLookupError:
            pass


def _die_with_parent() -> None:
    """Linux sends SIGTERM to this child when its parent is gone, even by kill -9."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1: PR_SET_PDEATHSIG


class Supervisor:
    """Holds the children; `asked` counts the signals that asked to stop."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.asked = 0

    def start(self) -> None:
        """Take the signals, start the children."""
        for number in _SIGNALS:
            signal.signal(number, self._hear)
        for child in self.children:
            child.start()

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1

    def tend(self) -> bool:
        """Restart what died; False when it is time to stop, because somebody asked or a child dies again and again."""
        for child in self.children:
            if self.asked or child.running():
                continue
            now = time.monotonic()
            child.deaths = [when for when in child.deaths if now - when < _WINDOW] + [now]
            code = child.process.returncode if child.process else None
            if len(child.deaths) > _RESTARTS:
                print(f"{child.title}: остановился {len(child.deaths)} раз за минуту (код {code}).", file=sys.stderr)
                return False
            print(f"{child.title}: процесс остановился (код {code}), запускаем снова.", file=sys.stderr, flush=True)
            child.start()
        return not self.asked

    def stop(self) -> None:
        """Ask all to finish and wait; a second signal, or no patience left, kills."""
        asked = self.asked
        print("\nОстанавливаем: сервер завершает ответы, обработчик доделывает задание…", flush=True)
        for child in self.children:
            child.tell(signal.SIGTERM)
        until = time.monotonic() + _PATIENCE
        while any(child.running() for child in self.children):
            if self.asked > max(asked, 1) or time.monotonic() > until:
                print("Останавливаем принудительно.", flush=True)
                for child in self.children:
                    child.tell(signal.SIGKILL)
                until = float("inf")
                asked = self.asked
            time.sleep(0.05)
        print("Остановлено.", flush=True)
