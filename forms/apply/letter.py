"""Writing to staff, with or without papers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.forms.utils import ErrorDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms.applications import answering, papers
from forms.applications.models import Upload
from forms.definitions import fields as field_types

from .stepform import PortalForm

FILES = "files"


def _text(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=answering.TEXT_LENGTH,
        error_messages={"max_length": gettext_lazy("Сократите сообщение до 5000 знаков")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _files(label: Any) -> forms.Field:
    question = replace(papers.LOOSE, label=label, required=False)
    made: Any = field_types.get("file").form_field(question)
    made.after = field_types.get("file").limits_in_words(question)  # type: ignore[attr-defined]
    made.clean = lambda value: value
    return made


class LooseForm(PortalForm):
    """Files that come with an answer, beside those that were asked for."""

    files = _files(gettext_lazy("Приложить бумагу"))  # type: ignore[assignment]

    def __init__(self, waiting: Mapping[str, list[Upload]], errors: Mapping[str, list[str]]) -> None:
        super().__init__()
        self.uploads = waiting
        self._errors = ErrorDict({FILES: self.error_class(errors[FILES])} if FILES in errors else {})

    def drawn(self) -> SafeString:
        """The input with what waits there."""
        return SafeString(as_crispy_field(self[FILES], "portal"))


class LetterForm(PortalForm):
    """Words, and files with them."""

    text = _text(gettext_lazy("Ваше сообщение"), gettext_lazy("Не пишите воинскую часть, место службы и позывной."))
    files = _files(gettext_lazy("Приложить бумагу"))  # type: ignore[assignment]


class PapersForm(PortalForm):
    """Which paper it is, the files, and words if there is something to say."""

    place = forms.ChoiceField(
        label=gettext_lazy("Что это за бумага"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Выберите, что это за бумага"),
            "invalid_choice": gettext_lazy("Выберите бумагу из списка"),
        },
    )
    files = _files(gettext_lazy("Файлы"))  # type: ignore[assignment]
    text = _text(gettext_lazy("Что важно знать об этой бумаге"))

    def __init__(self, places: Iterable[papers.Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.name: place for place in places}
        field: Any = self.fields["place"]
        field.choices = [(name, _words(place)) for name, place in self.places.items()]
        self.fields["files"].required = True
        if len(self.places) == 1:
            del self.fields["place"]

    def chosen(self) -> papers.Place:
        """The place that was chosen, of a form that is valid; the only one when there is no choice."""
        return self.places[self.cleaned_data.get("place", papers.Place(papers.LOOSE, "", "", promised=False).name)]


def _words(place: papers.Place) -> str:
    return _("%s: вы обещали принести") % place.label if place.promised else place.label
