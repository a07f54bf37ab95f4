"""The test database: migrated once for as long as nothing in it changes, and copied for each process and each run.

What the migrations laid is given back from the copy, too, after a test that commits. The processes of one run wait for
the one that migrates.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

_ENDINGS = ("", "-wal", "-shm")


def _digest() -> str:
    """Of exactly these migrations, models, roles and libraries."""
    digest = hashlib.sha256(f"{django.get_version()} {sqlite3.sqlite_version}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda each: each.label):
        for path in sorted(Path(config.path, "migrations").glob("*.*")):
            digest.update(f"{config.label} {path.name}".encode() + path.read_bytes())
    ours = Path(settings.BASE_DIR)
    models = [*ours.glob("[!.]*/**/models.py"), *ours.glob("[!.]*/**/models/*.py")]
    for path in [*sorted(models), ours / "accounts" / "roles.py", ours / "accounts" / "tables.py", Path(__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


class Engine(Protocol):
    """How an engine copies databases."""

    def begin(self) -> bool:
        """Make the test database out of the copy that was kept; whether there is one."""

    def keep(self) -> None:
        """Keep a copy of the freshly migrated test database, and none of an earlier state."""

    def give_back(self) -> None:
        """Everything as the migrations left it."""


class File:
    """SQLite."""

    def __init__(self, digest: str) -> None:
        self.name = Path(connection.settings_dict["TEST"]["NAME"])
        self.template = Path(settings.DATA_DIR, f"test-template-{digest}.sqlite3")

    def begin(self) -> bool:
        # What a killed run left goes with its journal, which SQLite would replay.
        for ending in _ENDINGS:
            Path(f"{self.name}{ending}").unlink(missing_ok=True)
        if not self.template.exists():
            return False
        shutil.copyfile(self.template, self.name)
        return True

    def keep(self) -> None:
        fresh = self.template.with_suffix(f".{os.getpid()}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(fresh)])
        for old in self.template.parent.glob("test-template-*.sqlite3"):
            old.unlink(missing_ok=True)
        fresh.replace(self.template)

    def give_back(self) -> None:
        connection.ensure_connection()
        kept = sqlite3.connect(self.template)
        try:
            kept.backup(connection.connection)
        finally:
            kept.close()


class Server:
    """PostgreSQL. The rows that the migrations laid lie once more in a schema that no search path names."""

    def __init__(self, digest: str) -> None:
        self.name = connection.creation._get_test_db_name()
        self.kept = f"test_{connection.settings_dict['NAME']}_kept_"
        self.template = f"{self.kept}{digest[:12]}"

    def begin(self) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if not cursor.fetchone():
                return False
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
            return True

    def keep(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA laid")
            for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
                cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
                if cursor.fetchone():
                    cursor.execute(f'CREATE TABLE laid."{table}" AS TABLE "{table}"')
        connection.close()  # nobody may be in a database that is copied
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.kept])
            for (old,) in cursor.fetchall():
                cursor.execute(f'DROP DATABASE "{old}"')
            cursor.execute(f'CREATE DATABASE "{self.template}" TEMPLATE "{self.name}"')

    def give_back(self) -> None:
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
            cursor.execute(
                "SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns here"
                " WHERE table_schema = 'public' AND is_generated = 'NEVER' AND EXISTS (SELECT 1 FROM"
                " information_schema.tables WHERE table_schema = 'laid' AND table_name = here.table_name)"
                " GROUP BY table_name"
            )
            for table, columns in cursor.fetchall():
                cursor.execute(f'INSERT INTO public."{table}" ({columns}) SELECT {columns} FROM laid."{table}"')


@dataclass
class Start:
    """How this process came to its database."""

    engine: Engine
    is_copied: bool
    lock: IO[str]


@pytest.fixture(scope="session")
def _start(django_db_modify_db_settings: None, django_db_blocker: Any) -> Iterator[Start]:
    """Other processes wait where this one has to migrate."""
    engine: Engine = File(_digest()) if connection.vendor == "sqlite" else Server(_digest())
    with Path(settings.DATA_DIR, "test-template.lock").open("w") as lock, pytest.MonkeyPatch.context() as patch:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with django_db_blocker.unblock():
            is_copied = engine.begin()
        if is_copied:
            fcntl.flock(lock, fcntl.LOCK_UN)
        # What follows a test that commits, in one step; the triggers of SQLite would refuse to delete row by row.
        patch.setattr(type(connection.ops), "execute_sql_flush", lambda *_arguments: engine.give_back())
        patch.setattr(type(connection.creation), "serialize_db_to_string", lambda _creation: "")
        patch.setattr(type(connection.creation), "deserialize_db_from_string", lambda _creation, _data: None)
        yield Start(engine, is_copied, lock)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, _start: Start) -> bool:
    """A copied database is kept as it is; the migrate command then finds nothing to do."""
    return bool(request.config.getvalue("reuse_db")) or _start.is_copied


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, _start: Start, django_db_blocker: Any) -> None:
    """Keep a copy of the freshly migrated database."""
    if not _start.is_copied:
        with django_db_blocker.unblock():
            _start.engine.keep()
        fcntl.flock(_start.lock, fcntl.LOCK_UN)
