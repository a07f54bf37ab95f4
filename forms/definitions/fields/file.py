"""Files, or papers of which each is attached now, brought later or known to the office already."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.words import plural

from .choices import read_choices
from .contract import FieldType, unanswered

if TYPE_CHECKING:
    from forms.definitions.document import Field

MB = 1024 * 1024
DEFAULT_MB, MOST_MB = 10, 50
DEFAULT_FILES, MOST_FILES = 5, 20
MOST_PAPERS = 20
NOW, LATER, HAVE = "now", "later", "have"
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What an editor may allow, in words; what these names mean by content stands in forms/applications/contents.py.
TYPES: dict[str, str | Promise] = {
    "image": gettext_lazy("фотографии"),
    "pdf": gettext_lazy("PDF"),
    "word": gettext_lazy("документы Word и ODT"),
    "zip": gettext_lazy("архивы ZIP"),
}
ACCEPT = {"image": "image/*", "pdf": ".pdf,application/pdf", "word": ".docx,.odt", "zip": ".zip"}
HOW: dict[str, str | Promise] = {
    NOW: gettext_lazy("приложу сейчас"),
    LATER: gettext_lazy("принесу"),
    HAVE: gettext_lazy("уже есть у вас"),
}
SAID = {LATER: gettext_lazy("принесут"), HAVE: gettext_lazy("уже есть")}


class File(FieldType):
    """`{"files": [upload id]}`, or `{"papers": {paper: {"how": "now|later|have", "files": [upload id]}}}`.

    Options `types` (names of `TYPES`), `max_mb` of one file, `max_files` (of one paper, where there are papers),
    `papers`: list of `{"key", "label"}`. Whose the uploads are is decided where they are kept.
    """

    name = "file"
    verbose_name = gettext_lazy("Файлы")
    icon = "upload"
    option_names = frozenset({"types", "max_mb", "max_files", "papers"})
    ask = gettext_lazy("Приложите файл")

    def types(self, field: "Field") -> list[str]:
        """Names of what may be attached."""
        given = field.options.get("types")
        known = [name for name in TYPES if isinstance(given, list | tuple) and name in given]
        return known or ["image", "pdf"]

    def max_bytes(self, field: "Field") -> int:
        """The largest file."""
        return _count(field.options.get("max_mb"), DEFAULT_MB, MOST_MB) * MB

    def max_files(self, field: "Field") -> int:
        """How many files, for each paper where there are papers."""
        return _count(field.options.get("max_files"), DEFAULT_FILES, MOST_FILES)

    def papers(self, field: "Field") -> list[tuple[str, str]]:
        """(key, words) of the papers; empty where any files may come."""
        return read_choices(field.options.get("papers"))

    def limits_in_words(self, field: "Field") -> str:
        """«Подойдут фотографии, PDF: до 5 файлов, каждый до 10 МБ.»"""
        kinds = ", ".join(str(TYPES[name]) for name in self.types(field))
        count = self.max_files(field)
        files, size = plural(count, _("файла"), _("файлов"), _("файлов")), self.max_bytes(field) // MB
        words = {"kinds": kinds, "n": count, "files": files, "mb": size}
        return _("Подойдут %(kinds)s: до %(n)d %(files)s, каждый до %(mb)d МБ.") % words

    def parse(self, field: "Field", raw: Any) -> dict[str, Any] | None:
        if not isinstance(raw, dict):
            raise ValidationError(str(self.ask), code="files")
        papers = self.papers(field)
        if not papers:
            files = self._files(field, raw.get("files"))
            if not files and field.required:
                raise ValidationError(self.ask_for(field), code="required")
            return {"files": files} if files else None
        given = raw.get("papers")
        given = given if isinstance(given, dict) else {}
        answers = {key: self._paper(field, label, given.get(key)) for key, label in papers}
        kept = {key: answer for key, answer in answers.items() if answer}
        return {"papers": kept} if kept else None

    def _paper(self, field: "Field", label: str, raw: Any) -> dict[str, Any] | None:
        raw = raw if isinstance(raw, dict) else {}
        how, files = raw.get("how"), self._files(field, raw.get("files"))
        if how in (None, "") and files:
            how = NOW
        if how in (None, "") and not field.required:
            return None
        if not isinstance(how, str) or how not in HOW:
            sentence = _("%s: выберите, приложите ли вы её сейчас, принесёте или она у нас уже есть")
            raise ValidationError(sentence % label, code="how")
        if how != NOW:
            return {"how": how}
        if not files:
            raise ValidationError(_("%s: приложите файл или выберите другой ответ") % label, code="files")
        return {"how": how, "files": files}

    def _files(self, field: "Field", raw: Any) -> list[str]:
        ids = [] if raw is None else raw
        if not isinstance(ids, list | tuple) or not all(isinstance(one, str) and ID.fullmatch(one) for one in ids):
            raise ValidationError(_("Приложите файлы заново"), code="files")
        if len(ids) > self.max_files(field):
            raise ValidationError(too_many(self.max_files(field)), code="many")
        return list(dict.fromkeys(ids))

    def widget(self, field: "Field") -> forms.Widget:
        accept = ",".join(ACCEPT[name] for name in self.types(field))
        many = {"multiple": True} if self.max_files(field) > 1 else {}
        return FileWidget(self.papers(field), {"accept": accept, "data-max": self.max_bytes(field)} | many)

    def display(self, field: "Field", value: Any) -> str:
        return _("не указано") if unanswered(value) else "; ".join(self.display_list(field, value))

    def display_list(self, field: "Field", value: Any) -> list[str]:
        papers = value.get("papers") if isinstance(value, dict) else None
        if not papers:
            return [_files_in_words(uploads_in(value))] if uploads_in(value) else [_("не указано")]
        labels = dict(self.papers(field))
        return [f"{labels.get(key, key)}: {_paper_in_words(paper)}" for key, paper in papers.items()]

    def export(self, field: "Field", value: Any) -> list[tuple[str, str]]:
        papers = value.get("papers", {}) if isinstance(value, dict) else {}
        if not self.papers(field):
            return [(field.label, str(len(uploads_in(value))) if uploads_in(value) else "")]
        return [
            (f"{field.label}: {label}", _paper_in_words(papers[key]) if key in papers else "")
            for key, label in self.papers(field)
        ]

    def export_keys(self, field: "Field") -> list[str]:
        return [key for key, _label in self.papers(field)] or [""]

    def json_schema(self, field: "Field") -> dict[str, Any]:
        files = {"type": "array", "items": {"type": "string", "format": "uuid"}, "maxItems": self.max_files(field)}
        papers = self.papers(field)
        if not papers:
            properties: dict[str, Any] = {"files": files}
        else:
            paper = {"type": "object", "properties": {"how": {"enum": list(HOW)}, "files": files}, "required": ["how"]}
            properties = {"papers": {"type": "object", "properties": {key: paper for key, _label in papers}}}
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def config_errors(self, field: "Field") -> list[str]:
        options, wrong = field.options, super().config_errors(field)
        types, papers = options.get("types"), options.get("papers") or []
        if not isinstance(types, list) or not types or not all(isinstance(t, str) and t in TYPES for t in types):
            wrong.append(_("Выберите, какие файлы подойдут"))
        for name, most, words in (("max_mb", MOST_MB, _("Размер файла, МБ")), ("max_files", MOST_FILES, _("Файлов"))):
            if _count(options.get(name), 0, most) == 0:
                wrong.append(_("%(words)s: целое число от 1 до %(most)d") % {"words": words, "most": most})
        if not isinstance(papers, list) or len(read_choices(papers)) != len(papers) or len(papers) > MOST_PAPERS:
            wrong.append(_("Документы записаны неверно: нужны названия, не больше %d") % MOST_PAPERS)
        elif not all(label.strip() for _key, label in read_choices(papers)):
            wrong.append(_("Назовите каждый документ"))
        elif len({key for key, _label in read_choices(papers)}) < len(papers):
            wrong.append(_("Ключи документов повторяются"))
        return wrong


def uploads_in(value: Any) -> list[str]:
    """Every upload id of a stored answer."""
    if not isinstance(value, dict):
        return []
    papers = value.get("papers")
    parts = papers.values() if isinstance(papers, dict) else [value]
    return [one for part in parts if isinstance(part, dict) for one in part.get("files") or ()]


def too_many(most: int) -> str:
    """What to say when there are more files than may be."""
    words = plural(most, _("файл"), _("файла"), _("файлов"))
    return _("Можно приложить не больше: %(n)d %(words)s. Уберите лишние") % {"n": most, "words": words}


def _count(value: Any, default: int, most: int) -> int:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most
    return value if good else default


def _files_in_words(files: list[str]) -> str:
    return f"{len(files)} {plural(len(files), _('файл'), _('файла'), _('файлов'))}"


def _paper_in_words(paper: Any) -> str:
    how = paper.get("how") if isinstance(paper, dict) else ""
    return str(SAID[how]) if how in SAID else _files_in_words(uploads_in(paper))


class FileWidget(forms.FileInput):
    """A file input, or one for each paper with three radios: names `<name>`, `<name>_<paper>`, `<name>_<paper>_how`.

    The files themselves are taken by the page that shows it; here only the radios are read.
    """

    allow_multiple_selected = True
    needs_multipart_form = True

    def __init__(self, papers: list[tuple[str, str]], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.papers = papers

    def input_names(self, name: str) -> list[str]:
        """Names of the inputs this answer is made of."""
        return [f"{name}_{key}{end}" for key, _label in self.papers for end in ("_how", "")] or [name]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if not self.papers:
            return {}
        return {"papers": {key: {"how": data.get(f"{name}_{key}_how") or ""} for key, _label in self.papers}}
