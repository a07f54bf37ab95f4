"""An answer of several inputs, such as a name or a date."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise


class PartsWidget(forms.MultiWidget):
    """Inputs named `<name>_<part>`; gives the type one dict `{part: text}` and takes the same back.

    In a template `field.subwidgets.0.data.subwidgets` are the inputs; each has `part` (its name) and `label`.
    """

    use_fieldset = True
    parts: ClassVar[dict[str, tuple[str | Promise, forms.Widget]]] = {}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: widget for part, (_label, widget) in self.parts.items()}, attrs)

    def split(self, value: Any) -> dict[str, Any]:
        """A stored or typed value as `{part: value}`."""
        return value if isinstance(value, dict) else {}

    def decompress(self, value: Any) -> list[Any]:
        """The values of the inputs in order."""
        values = self.split(value)
        return [values.get(part) for part in self.parts]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # MultiWidget takes a list as ready values; ours come as dict or text only.
        context = super().get_context(name, None if isinstance(value, list | tuple) else value, attrs)
        for (part, (label, _widget)), inner in zip(self.parts.items(), context["widget"]["subwidgets"], strict=True):
            inner |= {"part": part, "label": label}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:  # type: ignore[override]
        """What was typed, by part."""
        values = super().value_from_datadict(data, files, name)
        return dict(zip(self.parts, values, strict=True))

    def id_for_label(self, id_: str) -> str:
        """The first input, where a linked error lands."""
        return f"{id_}_0" if id_ else id_
