"""The book that is written past the library is the one that the library itself would write."""

import datetime
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.review.exporting.cells import safe
from forms.review.exporting.tables import WIDTH, ZERO, ExcelBook

SHEET = "xl/worksheets/sheet1.xml"
DAY = datetime.date(2026, 11, 28)
HEADINGS = [f"Столбец {number}" for number in range(30)]
CELL = st.one_of(
    st.none(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(datetime.date(1900, 3, 1)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(lambda text: not text.startswith("<r>")),
    st.sampled_from(["a & b < c > d", " края ", "_x0041_", "две\r\nстроки", "=1+1", "\tтаб", "я\u00a0"]),
)
ROWS = st.lists(st.lists(st.tuples(st.integers(0, 29), CELL), max_size=8), min_size=1, max_size=6)


def _ours(folder: Path, rows: list[list[tuple[int, object]]]) -> Path:
    book = ExcelBook(folder, "ours")
    table = book.table("Лист", HEADINGS)
    for row in rows:
        table.row(row)
    return book.close()[0]


def _theirs(folder: Path, rows: list[list[tuple[int, object]]]) -> Path:
    path = folder / "theirs.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(folder)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    # Formats are numbered in the order of their first use.
    day._get_xf_index()
    sheet = book.add_worksheet("Лист")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(HEADINGS) - 1, WIDTH)
    for place, heading in enumerate(HEADINGS):
        sheet.write_string(0, place, heading, bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in row:
            if isinstance(cell, datetime.date):
                sheet.write_number(number, place, (cell - ZERO).days, day)
            elif isinstance(cell, str):
                sheet.write_string(number, place, safe(cell))
            else:
                sheet.write_number(number, place, cell)
    book.close()
    return path


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_the_sheet_is_what_the_library_writes(tmp_path_factory, rows) -> None:
    folder = tmp_path_factory.mktemp("books")
    # One cell a place, and none that is blank: what the library does with the others is not ours.
    kept = [list({place: cell for place, cell in row if cell not in (None, "")}.items()) for row in rows]
    shown = [[(place, cell) for place, cell in row if not isinstance(cell, str) or safe(cell)] for row in kept]
    with zipfile.ZipFile(_ours(folder, kept)) as ours, zipfile.ZipFile(_theirs(folder, shown)) as theirs:
        assert _rows(ours) == _rows(theirs)


def _rows(archive: zipfile.ZipFile) -> str:
    text = archive.read(SHEET).decode()
    return text[text.index("<sheetData>") :].replace("<c", "\n<c")


def test_a_spreadsheet_reads_words_numbers_and_days(tmp_path: Path) -> None:
    path = _ours(
        tmp_path, [[(2, DAY), (0, "слова & <знаки>"), (1, 12.5)], [], [(1, -7), (2, "<r>x</r>"), (29, " края ")]]
    )
    _heading, first, empty, last = openpyxl.load_workbook(path)["Лист"].iter_rows(values_only=True)
    assert first[:3] == ("слова & <знаки>", 12.5, datetime.datetime(2026, 11, 28))
    assert set(empty) == {None}
    # The library takes a text between these marks for markup of its own, and the file would not open.
    assert (last[1], last[2], last[29]) == (-7, "<r>x</r>", " края ")
