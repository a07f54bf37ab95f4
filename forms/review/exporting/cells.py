"""What stands in one cell: nothing, words, a number or a day. Words never begin what a spreadsheet would reckon."""

import datetime
import re

Cell = str | int | float | datetime.date | None
LONGEST = 32_000
"""Signs of one cell; a spreadsheet holds 32 767."""
# A spreadsheet takes what begins so for a formula, wherever the file came from (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def safe(text: str) -> str:
    """The text with an apostrophe before what could be a formula, without signs that no file of tables holds."""
    if not text:
        return ""
    # Nearly every cell: plain words that begin with a letter or a digit.
    if text[0].isalnum() and len(text) <= LONGEST and text.isprintable():
        return text
    kept = _UNSEEN.sub("", text)
    if len(kept) > LONGEST:
        kept = f"{kept[:LONGEST]}…"
    return f"'{kept}" if kept.startswith(_FORMULA) or kept.lstrip().startswith(_FORMULA) else kept


def number(text: str) -> Cell:
    """«12 500,50» as a number; words stay words, and so does what has more digits than a spreadsheet keeps."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".").replace("\u2212", "-")
    found = _NUMBER.fullmatch(plain)
    if not found or len(plain.strip("-").replace(".", "")) > 15:
        return text
    return float(plain) if found[1] else int(plain)


def as_text(cell: Cell) -> str:
    """A cell in a text file, as Russian spreadsheets read it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe(cell)
    if isinstance(cell, datetime.date):
        return f"{cell.day:02}.{cell.month:02}.{cell.year:04}"
    return str(cell).replace(".", ",")
