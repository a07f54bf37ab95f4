"""Reads a page's form and fills it the way a patient person would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_BY_TYPE = {"tel": "+7 914 123-45-67", "email": "anna@example.org", "number": "3", "date": "1990-05-17"}
_BY_AUTOCOMPLETE = {
    "family-name": "Соколова",
    "given-name": "Анна",
    "additional-name": "Петровна",
}
_BY_ENDING = {"day": "17", "month": "5", "year": "2020"}
_TEXT = "Нужна помощь с документами для выплаты."


@dataclass
class Form:
    """A form that posts: where to, the fields that are set already, the fields to fill (name, type, autocomplete)."""

    action: str = ""
    given: list[tuple[str, str]] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def filled(self) -> list[tuple[str, str]]:
        """The fields as they are sent."""
        sent = list(self.given)
        for name, kind, autocomplete in self.asked:
            known = _BY_AUTOCOMPLETE.get(autocomplete) or _BY_ENDING.get(name.rpartition("_")[2])
            sent.append((name, known or _BY_TYPE.get(kind) or _TEXT))
        return sent + [(name, values[0]) for name, values in self.choices.items() if values]


class _Reader(HTMLParser):
    """Gathers the forms of a page that post."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in pairs}
        if tag == "form":
            self.form = Form(action=attributes.get("action", ""))
            if attributes.get("method", "").lower() == "post":
                self.forms.append(self.form)
        elif self.form is not None and tag in {"input", "textarea", "select", "option"}:
            getattr(self, f"_{tag}")(self.form, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None

    def _input(self, form: Form, attributes: dict[str, str]) -> None:
        kind, name = attributes.get("type", "text"), attributes.get("name", "")
        if not name or kind == "file":
            return
        if kind == "hidden":
            form.given.append((name, attributes.get("value", "")))
        elif kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(attributes.get("value", "on"))
        elif kind not in {"submit", "image", "button"}:
            form.asked.append((name, kind, attributes.get("autocomplete", "")))

    def _textarea(self, form: Form, attributes: dict[str, str]) -> None:
        form.asked.append((attributes.get("name", ""), "textarea", ""))

    def _select(self, form: Form, attributes: dict[str, str]) -> None:
        self.select = attributes.get("name", "")
        form.choices.setdefault(self.select, [])

    def _option(self, form: Form, attributes: dict[str, str]) -> None:
        if self.select and attributes.get("value"):
            form.choices[self.select].append(attributes["value"])


def main_form(html: str) -> Form | None:
    """The form inside <main>, which asks for something; None where there is none."""
    reader = _Reader()
    reader.feed(html[html.find("<main") :].split("</main>", maxsplit=1)[0])
    asking = [form for form in reader.forms if form.asked or form.choices or form.given]
    return asking[0] if asking else None
