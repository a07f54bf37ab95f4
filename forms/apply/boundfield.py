"""What the template pack «portal» needs to know about one field, worked out once in Python."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from forms.apply.inputs import Option, Part
from forms.apply.paperwork import Paper, papers
from forms.definitions.fields.choice import OTHER, OTHER_LENGTH, OtherInput
from forms.definitions.fields.file import FileWidget
from forms.definitions.fields.widgets import PartsWidget
from forms.definitions.fields.yes_no import PairSelect

# Widgets are told apart by class, most special first: a list of ticks is also a list of radios in Django.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (PartsWidget, "parts"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "tick"),
    (FileWidget, "files"),
)


def unbroken(text: str) -> str:
    """Keep an example such as 8 900 000-00-00 on one line: no-break spaces, a word joiner after each hyphen."""
    return re.sub(r"(?<=\d)-(?=\d)", "-\u2060", re.sub(r"(?<=\d) (?=\d)", "\u00a0", text))


class PortalBoundField(BoundField):
    """A bound field that answers every question field.html asks, so that the template holds no logic."""

    @cached_property
    def kind(self) -> str:
        """Which way of drawing it: text, textarea, select, radios, checks, tick or parts."""
        return next((name for widget, name in KINDS if isinstance(self.field.widget, widget)), "text")

    @cached_property
    def grouped(self) -> bool:
        """Whether several inputs share one name and need a fieldset with a legend."""
        return self.kind in ("radios", "checks", "parts", "files")

    @cached_property
    def wrong(self) -> list[str]:
        """What to do about this answer; empty if nothing is wrong."""
        return [unbroken(str(message)) for message in self.errors]

    @property
    def optional(self) -> bool:
        """Whether the question may be left without an answer."""
        return not self.field.required

    @cached_property
    def papers(self) -> list[Paper]:
        """The inputs of a question that is answered with files."""
        return papers(self, getattr(self.form, "uploads", {}).get(self.name, []))

    @property
    def file_attrs(self) -> SafeString:
        """What every one of them carries."""
        own = {"aria-describedby": self.describedby} if self.describedby else {}
        return flatatt(self.field.widget.attrs | own | self._invalid(bool(self.wrong)))

    @property
    def hint_id(self) -> str:
        """The id of the hint beside the label."""
        return f"{self.auto_id}_hint"

    @property
    def error_id(self) -> str:
        """The id of the message at the field."""
        return f"{self.auto_id}_error"

    @property
    def after_id(self) -> str:
        """The id of the words below the input."""
        return f"{self.auto_id}_after"

    @cached_property
    def after(self) -> str:
        """Words below the input: how long a text may be and what must not stand in it."""
        return str(getattr(self.field, "after", ""))

    @cached_property
    def first_id(self) -> str:
        """The input that the error summary leads to: the first wrong one."""
        if self.other and OTHER in self.faults:
            return self.other_id
        if self.kind in ("radios", "checks"):
            return f"{self.auto_id}_0"
        if self.kind == "files":
            return self.papers[0].id
        if self.kind == "parts":
            names = list(self.field.widget.parts)
            return self._part_ids[min((names.index(name) for name in self._wrong_parts), default=0)]
        return str(self.auto_id)

    @cached_property
    def describedby(self) -> str:
        """The ids of everything that explains the input, in reading order."""
        ids = [(self.help_text, self.hint_id), (self.wrong, self.error_id), (self.after, self.after_id)]
        return " ".join(id_ for present, id_ in ids if present)

    @property
    def group_attrs(self) -> SafeString:
        """Attributes of the fieldset."""
        attrs: dict[str, str] = {"aria-describedby": self.describedby} if self.describedby else {}
        own = {} if self.kind == "files" else self.field.widget.attrs
        attrs |= {name: str(value) for name, value in own.items() if name.startswith("data-")}
        if self.kind == "radios":
            attrs["role"] = "radiogroup"
            if self.wrong:
                attrs["aria-invalid"] = "true"
        return flatatt(attrs)

    @property
    def attrs(self) -> SafeString:
        """Attributes of the one input of a simple question."""
        css = "bad" if self.wrong else ""
        widget = self.field.widget
        own: dict[str, Any] = {"id": self.auto_id, "name": self.html_name, **self._invalid(bool(self.wrong))}
        if self.describedby:
            own["aria-describedby"] = self.describedby
        if self.kind == "text":
            own |= {"type": getattr(widget, "input_type", "text"), "value": self._text(self.value())}
        return self._flat(widget, own, css)

    @property
    def text(self) -> str:
        """The present text of a textarea."""
        return self._text(self.value())

    @property
    def ticked(self) -> bool:
        """Whether a single tick box is set."""
        return bool(self.value())

    @cached_property
    def other(self) -> SafeString:
        """The line of text beside «другое»; blank for a list without it."""
        widget = self.field.widget
        if not isinstance(widget, OtherInput):
            return SafeString("")
        value = self.value()
        words = value.get(OTHER) if isinstance(value, dict) else ""
        own = {"id": self.other_id, "name": widget.other_name(self.html_name), "maxlength": OTHER_LENGTH}
        wrong = bool(self.wrong) and OTHER in self.faults
        own |= {"type": "text", "value": self._text(words), **self._invalid(wrong)}
        return self._flat(forms.TextInput(), own, "bad" if wrong else "")

    @property
    def other_id(self) -> str:
        """The id of the line beside «другое»."""
        return f"{self.auto_id}_{OTHER}"

    @property
    def group_class(self) -> str:
        """Classes of the fieldset."""
        return " ".join(filter(None, ("field", "wrong" if self.wrong else "", "ask" if self.other else "")))

    @property
    def in_pair(self) -> bool:
        """Whether two short answers stand side by side."""
        return isinstance(self.field.widget, PairSelect)

    @property
    def tick_value(self) -> str:
        """What a single tick box sends."""
        return str(self.field.widget.format_value(True) or "on")

    @property
    def tick_attrs(self) -> SafeString:
        """What a single tick box carries besides its name and value."""
        attrs = self._invalid(bool(self.wrong))
        return flatatt(attrs | ({"aria-describedby": self.describedby} if self.describedby else {}))

    @property
    def parts_class(self) -> str:
        """Short inputs stand side by side, words under one another."""
        short = all(each.attrs.get("class") in ("w2", "w4") for each in self.field.widget.widgets)
        return "parts" if short else "parts tall"

    @property
    def option_attrs(self) -> SafeString:
        """What every tick of a wrong group carries."""
        return flatatt(self._invalid(bool(self.wrong) and self.kind == "checks"))

    def options(self) -> Iterator[Option]:
        """The choices with the present one marked."""
        widget = self.field.widget
        chosen = set(widget.format_value(self.value()))
        for index, (key, label) in enumerate(widget.choices):
            yield Option(f"{self.auto_id}_{index}", str(key), str(label), str(key) in chosen, key == OTHER)

    def parts(self) -> Iterator[Part]:
        """The inputs of a question in parts, each with its own label and value."""
        widget = self.field.widget
        values = widget.decompress(self.value())
        for index, (name, each, value) in enumerate(zip(widget.parts, widget.widgets, values, strict=True)):
            wrong = bool(self.wrong) and (not self._wrong_parts or name in self._wrong_parts)
            own: dict[str, Any] = {
                "id": self._part_ids[index],
                "name": f"{self.html_name}_{name}",
                "type": getattr(each, "input_type", "text"),
                **self._invalid(wrong),
            }
            tick = own["type"] == "checkbox"
            own |= {"checked": bool(value)} if tick else {"value": self._text(value)}
            attrs = self._flat(each, own, "bad" if wrong else "", base="" if tick else "in")
            yield Part(own["id"], str(widget.parts[name][0]), tick, attrs)

    @cached_property
    def _part_ids(self) -> list[str]:
        return [f"{self.auto_id}_{name}" for name in self.field.widget.parts]

    @cached_property
    def faults(self) -> set[str]:
        """What the type's own check named as the wrong part of the answer."""
        return set(getattr(self.form, "wrong_parts", {}).get(self.name, ()))

    @cached_property
    def _wrong_parts(self) -> set[str]:
        """The parts at fault where that is known; empty means all of them."""
        return self.faults & set(getattr(self.field.widget, "parts", ()))

    @staticmethod
    def _invalid(wrong: bool) -> dict[str, str]:
        return {"aria-invalid": "true"} if wrong else {}

    @staticmethod
    def _text(value: Any) -> str:
        return "" if value is None else str(value)

    @staticmethod
    def _flat(widget: forms.Widget, own: dict[str, Any], css: str, base: str = "in") -> SafeString:
        names = (base, str(widget.attrs.get("class", "")), css)
        merged = {"type": own.pop("type", None), **widget.attrs, **own, "class": " ".join(filter(None, names)) or None}
        return flatatt({name: value for name, value in merged.items() if value is not None})
