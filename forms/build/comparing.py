"""Two revisions of a form side by side: conditions are read with the words of the form's own questions."""

from typing import Any

from wagtail.admin.compare import StreamFieldComparison

from forms.definitions.question import Field

from .blocks import sentences
from .compiler import compile_steps
from .keys import Keys


class DefinitionComparison(StreamFieldComparison):
    """As Wagtail's for streams, of steps or of rules."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        # The newer words of a question win; one that was deleted since still has its own.
        self.steps = [*obj_a.steps.get_prep_value(), *obj_b.steps.get_prep_value()]

    def htmldiff(self) -> Any:
        with sentences.about(Keys(self.steps), questions_of(self.steps)):
            return super().htmldiff()


def questions_of(steps: list[dict[str, Any]]) -> dict[str, Field]:
    """Every question of stored steps by key, whether the form could be published or not."""
    asked = [field for step in compile_steps(steps) for outer in step["fields"] for field in _with_inner(outer)]
    known = [Field(field["key"], field["type"], field["label"], options=field["options"]) for field in asked]
    return {field.key: field for field in known if field.type != "computed" or field.options.get("expr")}


def _with_inner(field: dict[str, Any]) -> list[dict[str, Any]]:
    return [field, *field.get("fields", ())]
