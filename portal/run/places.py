"""Where things lie on this machine: the project, its virtual environment, the data folder."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from .problem import Problem

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"


def python() -> Path:
    """The interpreter of the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def writable(folder: Path, what: str) -> Path:
    """The folder, made if needed and tried by writing; `what` names it in the message."""
    trial = folder / f".write-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.write_text("")
        trial.unlink()
    except OSError as error:
        raise Problem(
            f"Нельзя писать в {what}: {folder} ({error.strerror or error}).",
            "дайте право на запись этому пользователю или укажите другую папку: --data ПАПКА",
        ) from error
    return folder


def regions() -> list[str]:
    """Names of the region packs at hand, in order."""
    packs = (ROOT / "portal" / "regions").glob("*/*.yaml")
    return sorted({pack.parent.name for pack in packs})


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """A digest of these files' (and folders' files') names and contents, and of the words given with them."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
