"""Measures and centres as answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from forms.definitions import fields
from services.models import Centre, Measure

from .asking import asking, clean, display, refused

pytestmark = pytest.mark.django_db


def page(model: Any, title: str, **more: Any) -> Any:
    if model is Measure:
        more = {"amount": "сумма", "checked_on": timezone.localdate()} | more
    root = Page.objects.get(depth=1)
    return root.add_child(
        instance=model(title=title, slug=f"{model.__name__.lower()}-{title.lower()[:3]}-{len(title)}", **more)
    )


def test_a_measure_in_force_can_be_chosen_and_keeps_its_name() -> None:
    today = timezone.localdate()
    measure = page(Measure, "Выплата при ранении", level="federal", category="money")
    over = page(Measure, "Дрова", level="regional", category="money", valid_to=today - timedelta(days=1))
    draft = page(Measure, "Черновик", level="regional", category="money", live=False)
    never = page(Measure, "Непроверенная", level="regional", category="money", checked_on=None)
    question = asking("measure")
    assert clean(question, str(measure.pk)) == str(measure.pk)
    for raw in (str(over.pk), str(draft.pk), str(never.pk), "0", measure.pk, [str(measure.pk)]):
        refused(question, raw)
    assert display(question, str(over.pk)) == "Дрова"
    assert display(question, "999999") == "нет в списке"
    measure.title = "Выплата за ранение"
    measure.save()
    assert display(question, str(measure.pk)) == "Выплата за ранение"


def test_a_centre_that_moved_cannot_be_chosen() -> None:
    centre = page(Centre, "Центр сопровождения", short_name="Центр")
    moved = page(Centre, "Прежний", state=Centre.State.MOVED)
    assert clean(asking("centre"), str(centre.pk)) == str(centre.pk)
    refused(asking("centre"), str(moved.pk))
    assert display(asking("centre"), str(centre.pk)) == "Центр"
    assert display(asking("centre"), str(moved.pk)) == "Прежний"
    centre.delete()
    assert dict(fields.get("centre").choices(asking("centre"))) == {}


def test_warm_choices_cost_no_query(django_assert_num_queries: Any) -> None:
    page(Centre, "Центр")
    page(Measure, "Мера", level="federal", category="money")
    for name in ("centre", "measure"):
        assert len(fields.get(name).choices(asking(name))) == 1
        with django_assert_num_queries(0):
            question = asking(name)
            key = fields.get(name).choices(question)[0][0]
            assert display(question, clean(question, key))
