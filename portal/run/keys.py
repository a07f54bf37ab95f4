"""The two secrets of the data folder: the signing key and the password of the demo users; both 0600."""

import os
import secrets
from pathlib import Path

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # without the look-alikes: people read it from the screen


def secret_key(data: Path) -> str:
    """SECRET_KEY of the environment, else the one kept in the data folder, made at first."""
    return os.environ.get("SECRET_KEY") or _kept(data / "secret-key", secrets.token_urlsafe(50))


def demo_password(data: Path) -> str:
    """PORTAL_DEMO_PASSWORD of the environment, else the one kept in the data folder, made at first."""
    made = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    return os.environ.get("PORTAL_DEMO_PASSWORD") or _kept(data / "demo-password", made)


def _kept(file: Path, fresh: str) -> str:
    if file.exists() and (kept := file.read_text().strip()):
        return kept
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(fresh)
    file.chmod(0o600)
    return fresh
