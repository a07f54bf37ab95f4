"""Where the rows of a measurement lie: a database of their own, thrown away or kept for the next run."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

LAYOUT = 3
"""Raised whenever the generator lays something else: what was kept from before is then laid anew."""


@contextlib.contextmanager
def database(rows: int, keep: str | None, kind: str = "bench") -> Iterator[None]:
    """Name the database in DATABASE_URL: beside the one that stands there on PostgreSQL, else a file."""
    url = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        os.environ.update(PORTAL_DATA=folder, DJANGO_SETTINGS_MODULE="bench.queue_settings")
        if url.startswith("postgres"):
            with _postgresql(url, f"{kind}_{rows}", keep is not None) as named:
                os.environ["DATABASE_URL"] = named
                yield
            return
        place = Path(keep or folder).resolve()
        place.mkdir(parents=True, exist_ok=True)
        name = "finder" if kind == "finder" else "queue"  # the worker's rows are those of the queue
        os.environ["DATABASE_URL"] = f"sqlite:///{place / f'{name}-{rows}.sqlite3'}"
        yield


@contextlib.contextmanager
def _postgresql(url: str, kind: str, keep: bool) -> Iterator[str]:
    import psycopg

    parts = urlsplit(url)
    name = f"{parts.path.strip('/')}_{kind}"
    own = urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield own
    finally:
        from django.db import connections

        connections.close_all()
        if not keep:
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(f'DROP DATABASE "{name}"'.encode())


def is_laid(rows: int, layout: int = LAYOUT) -> bool:
    """Whether the database holds exactly what this generator would lay. Makes the stamp's table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_stamp (laid_rows integer, layout integer)")
        cursor.execute("SELECT laid_rows, layout FROM bench_stamp")
        found = cursor.fetchall()
    return bool(found == [(rows, layout)])


def stamp(rows: int, layout: int = LAYOUT) -> None:
    """Say that everything is there; last of all, so that a run that was stopped leaves no stamp."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_stamp VALUES (%s, %s)", [rows, layout])
