"""Rows by plain SQL, for the few statements that every request of a journey runs: a quarter of a queryset's time."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def row(model: type[M], condition: str, values: Sequence[Any], *, lock: bool = False) -> M | None:
    """The row of a model that fits, if any. `condition`: what follows FROM and the table, written by ourselves.

    `lock` as `select_for_update`: SQLite has locked the whole file already.
    """
    names, converters, sql = _reading(model)
    end = " FOR UPDATE" if lock and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {condition}{end}", values)
        found = cursor.fetchone()
    if found is None:
        return None
    read = list(found)
    for place, (convert, expression) in converters:
        for each in convert:
            read[place] = each(read[place], expression, connection)
    return model.from_db(connection.alias, names, read)


@lru_cache
def _reading(model: type[models.Model]) -> tuple[list[str], list[tuple[int, Any]], str]:
    fields, table = model._meta.concrete_fields, model._meta.db_table
    columns = [field.get_col(table) for field in fields]
    compiler = model._base_manager.all().query.get_compiler(connection=connection)
    converters = list(compiler.get_converters(columns).items())
    asked = ", ".join(f"{table}.{field.column}" for field in fields)
    return [field.attname for field in fields], converters, f"SELECT {asked} FROM {table}"  # noqa: S608
