"""The night's look at the sizes of tables, by which SQLite plans its lists."""

import pytest
from django.db import connection

from forms.applications import sizes, tasks
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


def _known() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'form_applications_application'")
        return {index: int(stat.split()[0]) for index, stat in cursor.fetchall()}


def test_sqlite_learns_how_many_rows_each_index_has(django_assert_num_queries) -> None:
    if connection.vendor != "sqlite":
        with django_assert_num_queries(0):
            assert not sizes.learn()
        return
    make.team()
    for _number in range(3):
        make.new()
    tasks.learn_sizes.call_local()
    assert _known()["app_open_team"] == 3
    assert "app_closed_at" not in _known()
