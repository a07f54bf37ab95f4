"""A StreamField whose block types never reach a migration."""

from typing import Any

from wagtail.fields import StreamField


class DefinitionField(StreamField):
    """The steps or the rules of a form. Migrations see the JSON column that it is.

    A new kind of question then needs no migration, and a data migration cannot empty forms: a historical StreamField
    with an empty list of block types reads `[]` and would save it.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "django.db.models.JSONField", [], {**kwargs, "default": list}

    def clone(self) -> "DefinitionField":
        return self.__class__(self.block_types_arg, blank=self.blank, verbose_name=self.verbose_name)
