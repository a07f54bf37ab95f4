"""`python3 -m portal test` and `bench`: the same environment, then the tool itself."""

import os
import subprocess
from pathlib import Path

from . import environment, places


def test(arguments: list[str]) -> int:
    """Install what the tests need and run them; `arguments` go on to pytest. Its exit code."""
    environment.ready("requirements.txt", "requirements-dev.txt")
    data = places.writable(Path(os.environ.get("PORTAL_DATA", places.ROOT / "data" / "tests")), "папку данных")
    settings = dict(os.environ) | {"PORTAL_DATA": str(data), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    is_said = any(argument.startswith(("-n", "-p", "--pdb")) for argument in arguments)
    parallel = [] if is_said else ["-n", "auto", "--dist", "worksteal"]
    command = [str(places.python()), "-m", "pytest", *parallel, *arguments]
    return subprocess.run(command, cwd=places.ROOT, env=settings, check=False).returncode


def bench(arguments: list[str]) -> int:
    """Install what the portal needs and measure it; `arguments` go on to bench. Its exit code."""
    environment.ready("requirements.txt")
    command = [str(places.python()), "-m", "bench", *arguments]
    return subprocess.run(command, cwd=places.ROOT, check=False).returncode
