"""The slip as a PDF in large type: number, code, promised date, what happens next, the telephone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from home.words import long_date

from .models import Application

FONTS = Path(__file__).parent / "fonts"
FAMILY = "golos"
# Points; nothing on the sheet is smaller than TEXT.
TEXT, LABEL, FIGURE, HEAD = 18, 18, 38, 26
MARGIN = 18
LINE = 1.35
MM = 0.3528


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on it; `code` is blank on a slip that is printed from the status page."""

    number: str
    code: str
    promise: str
    accepted: str
    brand: str
    region: str
    phone: str
    site: str


def of(application: Application, frame: object, site: str, code: str = "") -> Slip:
    """The slip of an application; nothing of the person is on it."""
    due = _("Ответим до %s") % long_date(application.due_on) if application.is_open else application.result_words
    return Slip(
        number=application.public_number,
        code=code,
        promise=str(due),
        accepted=_("Заявку приняли %s.") % long_date(application.received_at),
        brand=str(getattr(frame, "brand", "")),
        region=str(getattr(frame, "region", "")),
        phone=str(getattr(frame, "phone_shown", "")),
        site=site.removeprefix("https://").removeprefix("http://"),
    )


def file_name(application: Application) -> str:
    """What a browser calls it."""
    return f"pamyatka-{application.public_number}.pdf"


def pdf(slip: Slip) -> bytes:
    """One A4 sheet."""
    # 30 MB and half a second, in the processes that ever make a slip and in no other.
    from fpdf import FPDF

    sheet = FPDF(format="A4")
    sheet.set_margins(MARGIN, MARGIN)
    sheet.set_lang("ru")
    sheet.set_title(_("Памятка: заявка %s") % slip.number)
    sheet.set_creator("")
    sheet.set_producer("")
    sheet.add_font(FAMILY, "", FONTS / "golos-text-regular.ttf")
    sheet.add_font(FAMILY, "B", FONTS / "golos-text-bold.ttf")
    sheet.add_page()
    _write(sheet, ", ".join(filter(None, (slip.brand, slip.region))), TEXT)
    _write(sheet, _("Памятка"), HEAD, bold=True, after=6)
    _figure(sheet, _("Номер заявки"), slip.number)
    if slip.code:
        _figure(sheet, _("Код для проверки"), slip.code)
    _write(sheet, slip.promise, HEAD, bold=True, after=8)
    _write(sheet, f"{slip.accepted} {_next(slip)}", TEXT, after=8)
    if slip.phone:
        _write(sheet, _("Узнать ответ по телефону, назовите номер:"), LABEL)
        _write(sheet, slip.phone, FIGURE, bold=True, after=8)
    _write(sheet, _("На сайте, раздел «Моё обращение»:"), LABEL)
    _write(sheet, slip.site, TEXT, bold=True, after=8)
    if slip.code:
        _write(sheet, _("Код сообщайте только сотруднику портала."), TEXT)
    return bytes(sheet.output())


def _next(slip: Slip) -> str:
    return _("Специалист прочитает её, а если чего-то не хватит, спросит. Рассказывать заново не придётся.")


def _figure(sheet: Any, label: str, figure: str) -> None:
    _write(sheet, label, LABEL)
    _write(sheet, figure, FIGURE, bold=True, after=5)


def _write(sheet: Any, text: str, size: int, *, bold: bool = False, after: float = 2) -> None:
    sheet.set_font(FAMILY, "B" if bold else "", size)
    sheet.multi_cell(0, size * MM * LINE, text, align="L", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(after)
