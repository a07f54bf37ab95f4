"""Tables written row by row: an Excel book, or texts with semicolons; neither keeps what it wrote in memory."""

import csv
import datetime
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from .cells import Cell, as_text, safe

MOST_ROWS = 1_048_575
"""Rows of one sheet below its heading; more go on to another sheet."""
TITLE_LENGTH = 31
ZERO = datetime.date(1899, 12, 30)
"""From which spreadsheets count the days."""
WIDTH = 18
# What a text of a cell needs more than its signs for: XML, the library's own escapes, blanks at its ends.
_MARKED = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$")


class Table(Protocol):
    """One table of a file."""

    def row(self, cells: Iterable[tuple[int, Cell]]) -> None:
        """Add a row: (place, cell), the rest is blank."""


class Book(Protocol):
    """A file of one or more tables."""

    def table(self, title: str, headings: Sequence[str]) -> Table:
        """Begin a table."""

    def close(self) -> list[Path]:
        """Finish; the files that came of it, the first table's first."""


class ExcelBook:
    """XLSX with a sheet a table. Texts are texts and nothing is reckoned."""

    def __init__(self, folder: Path, name: str) -> None:
        # Four megabytes, in the processes that ever write a book and in no other.
        from xlsxwriter import Workbook

        self.path = folder / f"{name}.xlsx"
        # A row is dropped from memory when the next begins; what it cost waits in `folder` for the end.
        self.book = Workbook(str(self.path), {"constant_memory": True, "tmpdir": str(folder)})
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.day = self.book.add_format({"num_format": "dd.mm.yyyy"})
        self.names: set[str] = set()

    def table(self, title: str, headings: Sequence[str]) -> Table:
        return _Sheets(self, title, headings)

    def sheet(self, title: str) -> Any:
        """A sheet of a name that is allowed and free."""
        bare = re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '") or _("Лист")
        name, number = bare[:TITLE_LENGTH], 1
        while name.lower() in self.names:
            number += 1
            name = f"{bare[: TITLE_LENGTH - len(str(number)) - 1]} {number}"
        self.names.add(name.lower())
        return self.book.add_worksheet(name)

    def close(self) -> list[Path]:
        self.book.close()
        return [self.path]


class _Sheets:
    """A table in a book, over as many sheets as its rows need."""

    def __init__(self, book: ExcelBook, title: str, headings: Sequence[str]) -> None:
        from xlsxwriter.utility import xl_col_to_name

        self.book, self.title, self.headings = book, title, headings
        self.letters = [xl_col_to_name(place) for place in range(len(headings))]
        self.day = book.day._get_xf_index()
        self._begin()

    def _begin(self) -> None:
        self.sheet, self.number = self.book.sheet(self.title), 0
        self.sheet.freeze_panes(1, 1)
        self.sheet.set_column(0, max(0, len(self.headings) - 1), WIDTH)
        for place, heading in enumerate(self.headings):
            self.sheet.write_string(0, place, safe(heading), self.book.bold)

    def row(self, cells: Iterable[tuple[int, Cell]]) -> None:
        if self.number == MOST_ROWS:
            self._begin()
        self.number += 1
        if self.number == 1:
            # The heading out of the library's hands: what follows is put behind it.
            self.sheet._write_single_row(1)
        # Past the library, which looks at the kind, address and format of every cell several times: two thirds of the
        # time of an export. What it would write is written here, and a test holds the two equal.
        found = {place: cell for place, cell in cells if cell is not None and cell != ""}
        places = sorted(found)
        line = "".join([self._cell(place, found[place]) for place in places])
        if line:
            self.sheet._check_dimensions(self.number, places[-1])
            self.sheet.fh.write(f'<row r="{self.number + 1}">{line}</row>')

    def _cell(self, place: int, cell: Cell) -> str:
        address = f'<c r="{self.letters[place]}{self.number + 1}"'
        if isinstance(cell, str):
            text = safe(cell)
            if not text:
                return ""
            if _MARKED.search(text):
                text = self.sheet._escape_control_characters(text)
                space = ' xml:space="preserve"' if text != text.strip() else ""
                return f'{address} t="inlineStr"><is><t{space}>{self.sheet._escape_data(text)}</t></is></c>'
            return f'{address} t="inlineStr"><is><t>{text}</t></is></c>'
        if isinstance(cell, datetime.date):
            return f'{address} s="{self.day}"><v>{(cell - ZERO).days}</v></c>'
        return f"{address}><v>{cell:.16G}</v></c>"


class TextBook:
    """CSV as Russian Excel opens it by a double click: UTF-8 with its mark, semicolons; a file a table."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.tables: list[_Text] = []

    def table(self, title: str, headings: Sequence[str]) -> Table:
        number = len(self.tables) + 1
        made = _Text(self.folder / (f"{self.name}.csv" if number == 1 else f"{self.name}-{number}.csv"), headings)
        self.tables.append(made)
        return made

    def close(self) -> list[Path]:
        for each in self.tables:
            each.file.close()
        return [each.path for each in self.tables]


class _Text:
    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self.path, self.width = path, len(headings)
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file, delimiter=";")
        self.writer.writerow([safe(heading) for heading in headings])

    def row(self, cells: Iterable[tuple[int, Cell]]) -> None:
        line = [""] * self.width
        for place, cell in cells:
            line[place] = as_text(cell)
        self.writer.writerow(line)


BOOKS: dict[str, Any] = {"xlsx": ExcelBook, "csv": TextBook}
