"""Loading many rows past the ORM: indexes and triggers away, rows in by the engine's fastest way, indexes after."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from forms.applications import sizes

APP = "form_applications_"
Row = tuple[Any, ...]


class Table:
    """The columns of a model, with what stands in them when a row says nothing; rows wait here to be written."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.name = model._meta.db_table
        self.columns = [field.column for field in fields]
        self._usual = {field.column: plain(field.get_default()) for field in fields}
        self.rows: list[Row] = []

    def add(self, **values: Any) -> None:
        """One row; values are already as `plain` makes them."""
        self.rows.append((*(self._usual | values).values(),))


def plain(value: Any) -> Any:
    """A default as both engines read it: numbers, texts, NULL."""
    value = value() if callable(value) else value
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, int | float):
        return value
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def write(tables: Iterable[Table]) -> None:
    """Write what waits."""
    for table in tables:
        if table.rows:
            (_execute if connection.vendor == "sqlite" else _copy)(table)
            table.rows.clear()


def _execute(table: Table) -> None:
    places = ", ".join("?" * len(table.columns))
    names = ", ".join(f'"{column}"' for column in table.columns)
    connection.connection.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', table.rows)


def _copy(table: Table) -> None:
    names = ", ".join(f'"{column}"' for column in table.columns)
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy,
    ):
        for start in range(0, len(table.rows), 5000):
            copy.write("".join(_line(row) for row in table.rows[start : start + 5000]))


def _line(row: Row) -> str:
    return "\t".join("\\N" if value is None else _escaped(value) for value in row) + "\n"


def _escaped(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text.replace("\\", "\\\\") if "\\" in text else text


@contextmanager
def bare_tables() -> Iterator[None]:
    """The tables of applications without their indexes and triggers, which come back at the end."""
    with _sqlite() if connection.vendor == "sqlite" else _postgresql():
        yield


@contextmanager
def _sqlite() -> Iterator[None]:
    with connection.cursor() as cursor:
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-1000000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
            f" AND tbl_name LIKE '{APP}%'"
        )
        parts = cursor.fetchall()
        cursor.execute("BEGIN IMMEDIATE")
        for kind, name, _sql in parts:
            cursor.execute(f'DROP {kind} "{name}"')
        yield
        for kind in ("index", "trigger"):
            for sql in (sql for of_kind, _name, sql in parts if of_kind == kind):
                cursor.execute(sql)
        cursor.execute(f"INSERT INTO {APP}searchfts ({APP}searchfts) VALUES ('rebuild')")
        cursor.execute("COMMIT")
        # As the product does it every night, so that lists are planned as they are there.
        sizes.learn()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _postgresql() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        # Neither triggers nor foreign keys are looked at row by row: needs the right of the server's owner.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE %s AND indexname NOT IN"
            " (SELECT conname FROM pg_constraint)",
            [f"{APP}%"],
        )
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE %s", [f"{APP}%"])
        tables = [name for (name,) in cursor.fetchall()]
        for name in tables:
            cursor.execute(f'ALTER TABLE "{name}" SET (autovacuum_enabled = false)')
        yield
        for _name, sql in indexes:
            cursor.execute(sql)
        cursor.execute("SET session_replication_role = origin")
        for name in tables:
            cursor.execute(f'ALTER TABLE "{name}" RESET (autovacuum_enabled)')
        _count_on(cursor)
        cursor.execute("VACUUM ANALYZE")


def _count_on(cursor: Any) -> None:
    """The next number of each table comes after those that were laid."""
    cursor.execute(
        "SELECT table_name FROM information_schema.columns"
        " WHERE column_name = 'id' AND data_type = 'bigint' AND table_name LIKE %s",
        [f"{APP}%"],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), GREATEST((SELECT MAX(id) FROM \"{name}\"), 1))"
            f" WHERE pg_get_serial_sequence('{name}', 'id') IS NOT NULL"
        )
