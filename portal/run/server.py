"""`python3 -m portal run`: everything from a bare checkout to a portal that answers."""

import argparse
import json
import os
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import environment, keys, places, prepare, screen
from .children import Child, Supervisor
from .problem import Problem

_BOOT = 60.0  # seconds within which the processes must answer


def run(options: argparse.Namespace) -> int:
    """Prepare, start, wait until stopped; exit code 0, or 1 when a process could not be kept alive."""
    data = Path(options.data).resolve()
    check_region(options.region)
    check_port(options.host, options.port)
    places.writable(data, "папку данных")
    environment.ready("requirements.txt")
    key, password = keys.secret_key(data), keys.demo_password(data)
    settings = prepare.base_environment(data, key, password) | _addresses(options)
    prepare.data_ready(data, settings, options.region)
    supervisor = Supervisor(processes(settings, options.host, options.port, options.workers))
    supervisor.start()
    shown = False
    patience = time.monotonic() + _BOOT
    while supervisor.tend():
        if not shown and answers(options.host, options.port):
            shown = True
            print(screen.started(url(options.host, options.port), password, data, options.region), flush=True)
        if not shown and time.monotonic() > patience:
            print("Портал не ответил за минуту; причина в сообщениях выше.", flush=True)
            break
        time.sleep(0.1 if not shown else 0.5)
    supervisor.stop()
    return 0 if supervisor.asked else 1


def check_region(name: str) -> None:
    """Raise Problem, naming the packs at hand, for a region that has none."""
    known = [*places.regions(), "none"]
    if name not in known:
        raise Problem(
            f"Региона «{name}» здесь нет.",
            f"выберите один из известных: --region {' | '.join(known)} (none: пустой сайт)",
        )


def check_port(host: str, port: int) -> None:
    """Raise Problem where the port cannot be had, naming the next free one."""
    try:
        _bind(host, port)
    except PermissionError as error:
        raise Problem(f"Порт {port} открыт только администратору.", "укажите порт от 1024: --port 8000") from error
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == 99:  # EADDRNOTAVAIL
            raise Problem(f"Адреса {host} на этой машине нет.", "укажите другой: --host 127.0.0.1") from error
        raise Problem(
            f"Порт {port} уже занят другой программой.",
            f"остановите её или укажите другой порт: --port {_free_after(host, port)}",
        ) from error


def _bind(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        trial.listen(1)


def _free_after(host: str, port: int) -> int:
    for candidate in range(port + 1, port + 100):
        try:
            _bind(host, candidate)
        except OSError:
            continue
        return candidate
    return 0


def url(host: str, port: int) -> str:
    """The address that a browser on this machine opens."""
    shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _addresses(options: argparse.Namespace) -> dict[str, str]:
    """The names under which the site answers: this machine's only, or any when it listens to the network."""
    local = options.host in {"127.0.0.1", "localhost", "::1"}
    return {
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if local else "*"),
        "PUBLIC_URL": os.environ.get("PUBLIC_URL", url(options.host, options.port)),
        "WEB_CONCURRENCY": str(options.workers),
    }


def processes(settings: dict[str, str], host: str, port: int, workers: int) -> list[Child]:
    """The web server and the worker, with the options of the Procfile."""
    python, directory = str(places.python()), str(places.ROOT)
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = [python, "-m", "gunicorn", "portal.wsgi:application", "--config", "python:portal.gunicorn"]
    worker = [python, "manage.py", "run_huey", "-k", "thread", "-w", "2", "-g", "TERM", "-f", "-q", "-m", "1"]
    return [
        Child("Веб-сервер", [*web, "--bind", bind, "--workers", str(workers)], settings, directory),
        Child("Обработчик заданий", worker, settings, directory),
    ]


def answers(host: str, port: int) -> bool:
    """Whether /readyz says yes."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    address = f"[{local}]" if ":" in local else local
    request = urllib.request.Request(f"http://{address}:{port}/readyz", headers={"Host": "localhost"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as answer:
            return bool(json.load(answer)["ready"])
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        return False
