"""The database and the table of moves say the same."""

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from forms.registrations.models import Registration
from forms.registrations.states import PAIRS, State
from tests.factories import registrations as make

pytestmark = pytest.mark.django_db


def test_the_trigger_has_the_pairs_of_the_table() -> None:
    guards = import_module("forms.registrations.migrations.0002_guards")
    assert frozenset(guards.PAIRS) == PAIRS


@pytest.mark.parametrize("target", [State.WAITING, State.LAPSED])
def test_the_database_refuses_a_move_that_is_not_in_the_table(target: State) -> None:
    make.register(make.group(), "Анна")
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.update(state=target, place=1)
    Registration.objects.update(state=State.ATTENDED)
