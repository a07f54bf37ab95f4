"""Processes that begin as copies of one that has Django loaded: eight real ones for the start-up of one."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

# Between the parent and each copy stands one that waits for it: whoever is not its parent cannot learn how it ended.
_PARENT = """
import json, os, socket, sys, traceback
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
orders = socket.socket(fileno=int(sys.argv[1]))
while True:
    order, handles, _flags, _address = socket.recv_fds(orders, 1 << 20, 3)
    if not order:
        break
    if (waiting := os.fork()) == 0:
        orders.close()
        speaks, hears, ends = handles
        if (own := os.fork()) == 0:
            os.close(ends)
            for source, target in ((speaks, 0), (hears, 1), (hears, 2)):
                os.dup2(source, target)
            os.close(speaks), os.close(hears)
            asked = json.loads(order)
            sys.argv = ["-c", *asked["arguments"]]
            code = 1
            try:
                exec(compile(asked["code"], "<started>", "exec"), {"__name__": "__main__"})
                code = 0
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else int(left.code is not None)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        os.close(speaks), os.close(hears)
        os.write(ends, b"%d\\n" % own)
        code = os.waitstatus_to_exitcode(os.waitpid(own, 0)[1])
        os.write(ends, b"%d\\n" % code)
        os._exit(0)
    for handle in handles:
        os.close(handle)
"""


class Child:
    """A process made by a `Nursery`, with what tests need of `subprocess.Popen`."""

    def __init__(self, stdin: int, stdout: int, ends: int) -> None:
        self.stdin = os.fdopen(stdin, "w", encoding="utf-8")
        self.stdout = os.fdopen(stdout, encoding="utf-8")
        self._ends = os.fdopen(ends, encoding="utf-8")
        told = self._ends.readline()
        assert told, "the process that should have made this one has ended: see its last words above"
        self.pid = int(told)
        self.returncode: int | None = None

    def send_signal(self, number: int) -> None:
        """Nothing when it has ended."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """-9."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Its code, as `Popen` gives it: minus the signal. Raises AssertionError after `timeout` seconds."""
        if self.returncode is None:
            ended = select.select([self._ends], [], [], timeout)[0]
            assert ended, f"the process goes on after {timeout} s"
            self.returncode = int(self._ends.readline())
        return self.returncode

    def communicate(self, text: str | None = None, timeout: float | None = None) -> tuple[str, None]:
        """Write, close, read to the end, wait. The second of the pair is there as with `Popen`."""
        if not self.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self.stdin.write(text or "")
                self.stdin.close()
        said = self.stdout.read()
        self.wait(timeout)
        return said, None


class Nursery:
    """One process with Django loaded by these settings, and the copies it makes of itself."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.env = env
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self._orders = ours
        with theirs:
            command = [sys.executable, "-c", _PARENT, str(theirs.fileno())]
            self._parent = subprocess.Popen(
                command, cwd=folder, env=env, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )

    def start(self, code: str, *arguments: str) -> Child:
        """A new process that runs this code."""
        reads, stdin = os.pipe()
        stdout, writes = os.pipe()
        ends, tells = os.pipe()
        order = json.dumps({"code": code, "arguments": arguments}).encode()
        socket.send_fds(self._orders, [order], [reads, writes, tells])
        for handle in (reads, writes, tells):
            os.close(handle)
        return Child(stdin, stdout, ends)

    def close(self) -> None:
        """No more copies; those that run go on."""
        self._orders.close()
        self._parent.wait()
