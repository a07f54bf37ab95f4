"""Published versions: numbered, idempotent, immutable, compiled once."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.query import QuerySet

from forms.definitions import versions
from forms.definitions.models import Form, FormVersion, Immutable
from tests.factories.definitions import help_definition, help_json, published_form

pytestmark = pytest.mark.django_db


def test_publishing_the_same_definition_again_writes_nothing() -> None:
    first = published_form()
    assert versions.publish(first.form, help_definition()).pk == first.pk
    assert FormVersion.objects.count() == 1


def test_a_change_is_the_next_version_and_the_old_one_stays() -> None:
    first = published_form()
    second = versions.publish(first.form, help_definition(minutes=9))
    assert (first.number, second.number) == (1, 2)
    assert versions.definition_of(first.pk).minutes == 7
    version, definition = versions.current("help") or (None, None)
    assert version == second
    assert definition is not None
    assert definition.minutes == 9


def test_the_consent_grows_with_its_words_only() -> None:
    first = published_form()
    other = help_json()["consent"] | {"text": "Другие слова", "version": 77, "dated": ""}
    second = versions.publish(first.form, help_definition(consent=other))
    third = versions.publish(first.form, help_definition(consent=other, minutes=3))
    assert [v.document["consent"]["version"] for v in (first, second, third)] == [1, 2, 2]
    assert second.document["consent"]["dated"] == third.document["consent"]["dated"] != ""


def test_no_form_and_no_version_is_none() -> None:
    assert versions.current("help") is None
    Form.objects.create(slug="help", title="Пусто")
    assert versions.current("help") is None


def test_a_known_version_costs_one_query_and_its_definition_none(django_assert_num_queries) -> None:
    version = published_form()
    versions.current("help")
    with django_assert_num_queries(1):
        found, _definition = versions.current("help")  # type: ignore[misc]
        assert found.form.title == "Попросить о помощи"
    with django_assert_num_queries(0):
        assert versions.definition_of(version.pk) is versions.definition_of(version.pk)


def test_a_reused_id_after_a_rollback_is_not_the_old_definition() -> None:
    try:
        with transaction.atomic():
            versions.current("help") or published_form(minutes=1)
            assert versions.current("help")[1].minutes == 1  # type: ignore[index]
            raise RuntimeError
    except RuntimeError:
        pass
    published_form(minutes=2)
    assert versions.current("help")[1].minutes == 2  # type: ignore[index]


def test_what_another_process_changed_is_seen_at_once_and_nothing_is_shared() -> None:
    version = published_form()
    found = versions.latest("help")
    assert found is not None
    found.form.title, found.digest = "Испорчено", "испорчено"
    assert versions.latest("help").digest == version.digest  # type: ignore[union-attr]
    assert versions.latest("help").form.title == "Попросить о помощи"  # type: ignore[union-attr]
    Form.objects.update(is_open=False, closed_message="Откроем завтра")
    assert versions.latest("help").form.is_open is False  # type: ignore[union-attr]
    Form.objects.update(slug="other")
    assert versions.latest("help") is None
    assert versions.latest("other").form.closed_message == "Откроем завтра"  # type: ignore[union-attr]


def test_the_manager_and_the_row_refuse_changes() -> None:
    version = published_form()
    for change in (
        lambda: FormVersion.objects.update(number=5),
        lambda: FormVersion.objects.all().delete(),
        lambda: FormVersion.objects.bulk_update([version], ["number"]),
        lambda: FormVersion.objects.bulk_create([version]),
        version.save,
        version.delete,
    ):
        with pytest.raises(Immutable):
            change()


@pytest.mark.parametrize(
    "sql", ["UPDATE form_definitions_formversion SET number = 5", "DELETE FROM form_definitions_formversion"]
)
def test_the_database_refuses_changes_past_the_manager(sql: str) -> None:
    version = published_form()
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert FormVersion.objects.get(pk=version.pk).number == 1


def test_the_manager_of_django_itself_is_refused_by_the_database() -> None:
    version = published_form()
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        QuerySet(FormVersion).filter(pk=version.pk).update(number=9)
