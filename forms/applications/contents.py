"""What a file really is, decided by its content: the few kinds that may be attached, and what is wrong with one."""

import re
import zipfile
from dataclasses import dataclass
from typing import IO

import pillow_heif
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

HEAD = 64
MOST_PIXELS = 120_000_000
MOST_SIDE = 30_000
MOST_ENTRIES = 2000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200
CHUNK = 1024 * 1024
ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


@dataclass(frozen=True)
class Kind:
    """One kind of file; `group` is what an editor allows, `inline` whether a browser may show it to staff."""

    mime: str
    group: str
    endings: tuple[str, ...]
    inline: bool = False


JPEG = Kind("image/jpeg", "image", ("jpg", "jpeg"), inline=True)
PNG = Kind("image/png", "image", ("png",), inline=True)
WEBP = Kind("image/webp", "image", ("webp",), inline=True)
HEIC = Kind("image/heic", "image", ("heic", "heif"))
PDF = Kind("application/pdf", "pdf", ("pdf",), inline=True)
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word", ("docx",))
ODT = Kind("application/vnd.oasis.opendocument.text", "word", ("odt",))
ZIP = Kind("application/zip", "zip", ("zip",))
KINDS = {kind.mime: kind for kind in (JPEG, PNG, WEBP, HEIC, PDF, DOCX, ODT, ZIP)}


class Unfit(Exception):
    """A file that cannot be taken; `sentence` says what to do instead."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


WRONG_TYPE = _("Такой файл не подойдёт. Приложите фотографию или PDF")
LOCKED = _("Файл закрыт паролем. Снимите пароль и приложите его снова")
BROKEN = _("Файл повреждён или загрузился не целиком. Откройте его у себя, сохраните заново и приложите ещё раз")
TOO_LARGE_PICTURE = _("Картинка слишком большая. Уменьшите её или сфотографируйте заново")
TOO_MUCH_INSIDE = _("В архиве слишком много всего. Приложите файлы по одному")


def examine(file: IO[bytes], groups: list[str]) -> Kind:
    """The kind of a file that is whole and fit; raises Unfit. `groups`: names of `fields.file.TYPES`."""
    file.seek(0)
    kind = _sniff(file.read(HEAD))
    if kind is ZIP:
        kind = _look_into_archive(file)
    if kind is None or kind.group not in groups:
        raise Unfit(WRONG_TYPE)
    if kind.group == "image":
        _look_at_picture(file, kind)
    elif kind is PDF:
        _look_at_pdf(file)
    file.seek(0)
    return kind


def _sniff(head: bytes) -> Kind | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return HEIC
    if head.startswith(b"%PDF-"):
        return PDF
    return ZIP if head.startswith(b"PK\x03\x04") else None


def _look_at_picture(file: IO[bytes], kind: Kind) -> None:
    file.seek(0)
    try:
        if kind is HEIC:
            width, height = pillow_heif.open_heif(file).size
        else:
            with Image.open(file, formats=[kind.mime.removeprefix("image/").upper()]) as image:
                width, height = image.size
                _check_size(width, height)
                image.verify()
    except Image.DecompressionBombError as error:
        raise Unfit(TOO_LARGE_PICTURE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError, EOFError) as error:
        raise Unfit(BROKEN) from error
    _check_size(width, height)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Unfit(TOO_LARGE_PICTURE)


def _look_at_pdf(file: IO[bytes]) -> None:
    file.seek(0)
    rest = b""
    while chunk := file.read(CHUNK):
        if ENCRYPTED_PDF.search(rest + chunk):
            raise Unfit(LOCKED)
        rest = chunk[-HEAD:]


def _look_into_archive(file: IO[bytes]) -> Kind:
    """What kind of archive it is; reads the list of its files only, unpacks nothing but two short names of types."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise Unfit(LOCKED)
            unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
            if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1024):
                raise Unfit(TOO_MUCH_INSIDE)
            return _kind_of_archive(archive, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise Unfit(BROKEN) from error


def _kind_of_archive(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        if any(name.endswith("vbaProject.bin") for name in names):
            raise Unfit(_("В документе есть макросы. Сохраните его без макросов или как PDF"))
        return DOCX
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
        with archive.open("mimetype") as entry:
            if entry.read(100).strip() == ODT.mime.encode():
                return ODT
    return ZIP
