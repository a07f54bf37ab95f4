"""Whatever an editor or a clerk reads of a model is Russian."""

import pytest
from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalKey

from tests.rules.code import ROOMS, has_russian


def _own(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in ROOMS


def _own_models() -> list[type[models.Model]]:
    # The tables that join two models have no words of their own.
    return [model for model in apps.get_models() if _own(model.__module__)]


@pytest.mark.parametrize("model", _own_models(), ids=lambda model: model._meta.label)
def test_a_model(model: type[models.Model]) -> None:
    meta = model._meta
    assert has_russian(meta.verbose_name), "verbose_name"
    assert has_russian(meta.verbose_name_plural), "verbose_name_plural"
    for codename, title in meta.permissions:
        assert has_russian(title), codename


@pytest.mark.parametrize("model", _own_models(), ids=lambda model: model._meta.label)
def test_its_fields(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        # A ParentalKey is drawn by its parent's panel and has no label anywhere.
        if not isinstance(field, models.Field) or field.auto_created or isinstance(field, ParentalKey):
            continue
        if _inherited(model, field.name) or getattr(field.remote_field, "parent_link", False):
            continue
        assert has_russian(field.verbose_name), field.name
        if field.help_text:
            assert has_russian(field.help_text), f"{field.name}: help text"
        for key, title in field.choices or ():
            assert has_russian(title) or key == "" or str(title).isdigit(), f"{field.name}: {key}"


def _inherited(model: type[models.Model], field_name: str) -> bool:
    """A field that a foreign base class wrote: it has a translation of its own."""
    for base in model.__mro__[1:]:
        meta = getattr(base, "_meta", None)
        if meta is not None and not _own(base.__module__) and field_name in {field.name for field in meta.get_fields()}:
            return True
    return False


def test_every_app_has_a_russian_name() -> None:
    for config in apps.get_app_configs():
        if _own(config.name):
            assert has_russian(config.verbose_name), config.name
