"""A gzip answer put together from parts, so that what never changes is compressed once and not for every visitor.

Every part is a run of whole deflate blocks that refer to nothing before them. A secret in a part of its own therefore
shares no dictionary with words that somebody else can choose (the BREACH attack); beside that the length of the answer
is blurred as by Django's GZipMiddleware.
"""

import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_RAW = -15  # zlib's word for deflate without a header, with the largest window
_NAME = 0x08
_HEADER = b"\x1f\x8b\x08" + bytes([_NAME]) + b"\0\0\0\0\0\xff"  # no time, no system
_END = b"\x03\x00"  # an empty last block
_SHORT = 300  # not worth compressing
_MOST_STORED = 65_535
_MOST_BLUR = 100


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page as it is and as it travels."""

    plain: bytes
    packed: bytes


def constant(text: str) -> Part:
    """A part that is sent many times."""
    return _deflated(text.encode(), 9)


def fresh(text: str) -> Part:
    """A part that is sent once."""
    plain = text.encode()
    if len(plain) > _SHORT:
        return _deflated(plain, 3)
    size = len(plain)
    stored = b"\0" + size.to_bytes(2, "little") + (size ^ _MOST_STORED).to_bytes(2, "little") + plain
    return Part(plain, stored if plain else b"")


def _deflated(plain: bytes, level: int) -> Part:
    machine = zlib.compressobj(level, zlib.DEFLATED, _RAW)
    return Part(plain, machine.compress(plain) + machine.flush(zlib.Z_FULL_FLUSH))


def plain(parts: Iterable[Part]) -> bytes:
    """The page as it is."""
    return b"".join([part.plain for part in parts])


def packed(parts: Iterable[Part]) -> bytes:
    """The page as a gzip file (RFC 1952)."""
    kept = tuple(parts)
    said = plain(kept)
    blur = b"a" * secrets.randbelow(_MOST_BLUR) + b"\0"
    tail = zlib.crc32(said).to_bytes(4, "little") + (len(said) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join([_HEADER, blur, *(part.packed for part in kept), _END, tail])
