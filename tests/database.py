"""The test database: migrated once, then copied for as long as no migration changes (SQLite only)."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

_ENDINGS = ("", "-wal", "-shm")


def _file() -> Path | None:
    name = settings.DATABASES["default"].get("TEST", {}).get("NAME") if connection.vendor == "sqlite" else None
    return Path(name) if name else None


def _template() -> Path:
    """Where the migrated database of exactly these migrations, roles and libraries is kept."""
    digest = hashlib.sha256(f"{django.get_version()} {sqlite3.sqlite_version}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda each: each.label):
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(f"{config.label} {path.name}".encode() + path.read_bytes())
    models = [
        *Path(settings.BASE_DIR).glob("[!.]*/**/models.py"),
        *Path(settings.BASE_DIR).glob("[!.]*/**/models/*.py"),
    ]
    for path in sorted(models):
        digest.update(path.read_bytes())
    digest.update(Path(settings.BASE_DIR, "accounts", "roles.py").read_bytes())
    return Path(settings.DATA_DIR, f"test-template-{digest.hexdigest()[:20]}.sqlite3")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Drop what a killed run left, SQLite would replay its journal; then begin from the copy, where there is one."""
    name = _file()
    if name is None:
        return
    for ending in _ENDINGS:
        Path(f"{name}{ending}").unlink(missing_ok=True)
    if _template().exists():
        shutil.copyfile(_template(), name)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """A copied database is kept as it is; the migrate command then finds nothing to do."""
    name = _file()
    return bool(request.config.getvalue("reuse_db")) or (name is not None and name.exists())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Keep a copy of the freshly migrated database for the next run."""
    template = _template()
    if _file() is not None and not template.exists():
        fresh = template.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("VACUUM INTO %s", [str(fresh)])
        for old in template.parent.glob("test-template-*.sqlite3"):
            old.unlink(missing_ok=True)
        fresh.replace(template)
    yield
