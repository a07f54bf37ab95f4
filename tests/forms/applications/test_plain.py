"""A row by plain SQL is the row that a queryset reads, on both engines."""

import pytest
from django.db import transaction
from django.db.models import Model

from forms.applications import actions, plain
from forms.applications.models import Application, Draft, Team
from tests.factories import applications as make

pytestmark = pytest.mark.django_db


def _values(row: Model | None) -> dict[str, object]:
    assert row is not None
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("model", [Draft, Application, Team])
def test_every_value_is_the_same(model: type[Model]) -> None:
    make.team()
    draft = make.draft()
    actions.submit(make.draft(), 1)
    Draft.objects.filter(pk=draft.pk).update(typed={"s_you": {"q_phone": ["8"]}}, news=["Новый вопрос"])
    for kept in model._default_manager.all():
        assert _values(plain.row(model, "WHERE id = %s", [kept.pk])) == _values(kept)


def test_none_where_nothing_fits_and_saved_like_any_other() -> None:
    assert plain.row(Draft, "WHERE id = %s", [0]) is None
    draft = make.draft()
    with transaction.atomic():
        found = plain.row(Draft, "WHERE id = %s", [draft.pk], lock=True)
        assert found is not None
        found.step_key = "s_help"
        found.save(update_fields=["step_key"])
    draft.refresh_from_db()
    assert draft.step_key == "s_help"
