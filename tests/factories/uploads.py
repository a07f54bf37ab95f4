"""Files as phones and strangers send them."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A small real picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, "navy").save(stream, kind)
    return stream.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")


def pdf(*, encrypted: bool = False) -> bytes:
    """A PDF as far as we look."""
    trailer = b"trailer << /Root 1 0 R /Encrypt 5 0 R >>" if encrypted else b"trailer << /Root 1 0 R >>"
    return b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n" + trailer + b"\n%%EOF\n"


def archive(*, encrypted: bool = False, bomb: bool = False, **files: bytes) -> bytes:
    """A ZIP of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (files or {"a.txt": b"a"}).items():
            packed.writestr(name, content)
        if bomb:
            packed.writestr("bomb", b"\x00" * 20_000_000)
    data = stream.getvalue()
    # The first bit of the flags, in the directory that is read.
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01") if encrypted else data


def odt() -> bytes:
    """An OpenDocument text as far as we look."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return stream.getvalue()


def docx(*, macros: bool = False) -> bytes:
    """A Word document as far as we look."""
    files: dict[str, Any] = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
    return archive(**files | ({"word/vbaProject.bin": b"x"} if macros else {}))
