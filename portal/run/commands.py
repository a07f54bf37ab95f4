"""What was typed: the three commands and their options."""

import argparse
import os

from . import places, server, suite
from .problem import Problem

_ABOUT = "Портал поддержки: запуск, проверка и измерение одной командой."


def parser() -> argparse.ArgumentParser:
    """The options of `run`; `test` and `bench` pass theirs on."""
    top = argparse.ArgumentParser(prog="python3 -m portal", description=_ABOUT)
    commands = top.add_subparsers(dest="command", required=True, metavar="КОМАНДА")
    run = commands.add_parser("run", help="установить всё нужное и запустить портал")
    run.add_argument("--host", default="127.0.0.1", help="адрес, который слушать (127.0.0.1; вся сеть: 0.0.0.0)")
    run.add_argument("--port", type=_port, default=8000, help="порт (8000)")
    run.add_argument("--data", metavar="ПАПКА", default=_data(), help="папка данных (data)")
    run.add_argument("--region", metavar="РЕГИОН", default="irkutsk", help="набор сведений (irkutsk; пустой: none)")
    run.add_argument("--workers", type=_workers, default=_cores(), help="процессов веб-сервера (по числу ядер, до 4)")
    commands.add_parser("test", help="запустить все проверки (остальное передаётся pytest)")
    commands.add_parser("bench", help="измерить скорость (--help расскажет больше)")
    return top


def _data() -> str:
    return os.environ.get("PORTAL_DATA", str(places.ROOT / "data"))


def _cores() -> int:
    return max(1, min(4, os.cpu_count() or 1))


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("порт: число от 1 до 65535")
    return int(text)


def _workers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError("число процессов: от 1 до 64")
    return int(text)


def execute(arguments: list[str]) -> int:
    """Run what was typed; a Problem becomes its message and exit code 2."""
    try:
        if arguments[:1] == ["test"]:
            return suite.test(arguments[1:])
        if arguments[:1] == ["bench"]:
            return suite.bench(arguments[1:])
        return server.run(parser().parse_args(arguments))
    except Problem as problem:
        return problem.report()
    except KeyboardInterrupt:
        print("\nОстановлено.")
        return 130
