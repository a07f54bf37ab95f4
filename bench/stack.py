"""The processes of the Procfile on a free port, with data of their own in a folder that goes away."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from portal.run import keys, places, prepare, server
from portal.run.children import Child

_BOOT = 90.0


@dataclass
class Stack:
    """What runs: address, process ids of the parents by name, the demo password; figures of the engine.

    `rows` counts what was stored of what people sent.
    """

    host: str
    port: int
    parents: dict[str, int]
    people: dict[str, str]
    rows: Callable[[], int]
    engine: list[dict[str, Any]] = field(default_factory=list)

    @property
    def web(self) -> int:
        """The web server's process, the first that was started."""
        return next(iter(self.parents.values()))


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def portal(region: str, workers: int, web: list[str] | None = None) -> Iterator[Stack]:
    """The portal with a region's data; `web`: another command for the web server, "{port}" standing for the port."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        data, port = Path(folder), _free_port()
        settings = prepare.base_environment(data, keys.secret_key(data), keys.demo_password(data))
        # All visitors of a benchmark come from one address.
        settings["PROOF_AFTER_SENT"] = "0"
        settings |= {"ALLOWED_HOSTS": "*", "PORTAL_BENCH": "1", "WEB_CONCURRENCY": str(workers)}
        prepare.data_ready(data, settings, region)
        engine = _engine(settings)
        children = server.processes(settings, "127.0.0.1", port, workers)
        if web:
            children[0].command = [part.format(port=port) for part in web]
        with _running(children):
            wait_until_up(port, "/readyz")
            people = {"password": settings["PORTAL_DEMO_PASSWORD"]}
            rows = partial(_rows, settings, "forms.applications.models", "Application")
            yield Stack("127.0.0.1", port, _ids(children), people, rows, engine)


def _rows(settings: dict[str, str], module: str, model: str) -> int:
    code = f"import django; django.setup(); from {module} import {model}; print({model}.objects.count())"
    command = [sys.executable, "-c", code]
    return int(subprocess.run(command, env=settings, cwd=places.ROOT, check=True, stdout=subprocess.PIPE).stdout)


def _engine(settings: dict[str, str]) -> list[dict[str, Any]]:
    """Publish the benchmark's forms before the server starts, and the figures taken on the way."""
    print("• engine, publishing, drafts…", flush=True)
    command = [sys.executable, "-m", "bench.engine"]
    said = subprocess.run(command, env=settings, cwd=places.ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: list[dict[str, Any]] = json.loads(said.splitlines()[-1])
    return found


@contextmanager
def plain(workers: int) -> Iterator[Stack]:
    """A plain Wagtail site with a form page of wagtail.contrib.forms, served the same way."""
    with tempfile.TemporaryDirectory(prefix="plain-bench-") as folder:
        port = _free_port()
        settings = dict(os.environ) | {"PLAIN_DATA": folder, "DJANGO_SETTINGS_MODULE": "bench.plain.settings"}
        for command in (["migrate", "-v0"], ["fill_plain"]):
            subprocess.run([sys.executable, "manage.py", *command], env=settings, cwd=places.ROOT, check=True)
        child = _server("plain", "bench.plain.wsgi:application", port, workers, settings)
        with _running([child]):
            wait_until_up(port, "/")
            rows = partial(_rows, settings, "wagtail.contrib.forms.models", "FormSubmission")
            yield Stack("127.0.0.1", port, _ids([child]), {}, rows)


@contextmanager
def nothing(workers: int) -> Iterator[Stack]:
    """An application that does nothing, served the same way."""
    port = _free_port()
    child = _server("nothing", "bench.nothing:application", port, workers, dict(os.environ))
    with _running([child]):
        wait_until_up(port, "/")
        yield Stack("127.0.0.1", port, _ids([child]), {}, lambda: 0)


def _server(title: str, application: str, port: int, workers: int, settings: dict[str, str]) -> Child:
    serve = [sys.executable, "-m", "gunicorn", application, "--config", "python:portal.gunicorn"]
    bind = ["--bind", f"127.0.0.1:{port}", "-w", str(workers)]
    return Child(title, [*serve, *bind], settings, str(places.ROOT))


@contextmanager
def _running(children: list[Child]) -> Iterator[None]:
    for child in children:
        child.start()
    try:
        yield
    finally:
        for child in children:
            child.tell(15)
        for child in children:
            if child.process:
                child.process.wait(60)


def _ids(children: list[Child]) -> dict[str, int]:
    return {child.title: child.process.pid for child in children if child.process}


def wait_until_up(port: int, path: str) -> None:
    """Wait for the first 200; TimeoutError otherwise."""
    until = time.monotonic() + _BOOT
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": "localhost"})
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at {path}")
