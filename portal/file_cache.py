"""The cache in files that the processes of one machine share, read again only when a file has changed.

Every request asks the cache a few times, mostly for the same few small values. A process remembers what it has read
with the file's number and time; asking again costs one look at the file's entry in its folder.
"""

import os
import pickle
import secrets
import time
import zlib
from dataclasses import dataclass
from typing import IO, Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

REMEMBERED = 500
_SPAN = 2**60
# Nobody can change these by accident, so all may be handed the same object; others are made anew each time.
_PLAIN = (str, int, float, bool, bytes, type(None))


@dataclass(frozen=True, slots=True)
class _Read:
    """What a file held: `sign` tells this writing of it from every other, `expiry` is Unix time, None for never."""

    sign: tuple[int, int]
    expiry: float | None
    plain: Any
    pickled: bytes | None

    def value(self) -> Any:
        return self.plain if self.pickled is None else pickle.loads(self.pickled)  # noqa: S301 - our own file


class FileCache(FileBasedCache):
    """As Django's own, whose files it reads and writes, with a memory of what was read."""

    def __init__(self, folder: str, params: dict[str, Any]) -> None:
        super().__init__(folder, params)
        self._read: dict[str, _Read] = {}

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` where there is none or it ran out."""
        path: str = self._key_to_file(key, version)  # type: ignore[attr-defined]
        try:
            found = os.stat(path)
            read = self._read.get(path)
            if read is None or read.sign != (found.st_ino, found.st_mtime_ns):
                read = self._look(path)
        except FileNotFoundError:
            return default
        if read.expiry is not None and read.expiry < time.time():
            self._delete(path)  # type: ignore[attr-defined]
            return default
        return read.value()

    def _look(self, path: str) -> _Read:
        with open(path, "rb") as file:
            entry = os.fstat(file.fileno())
            expiry = pickle.load(file)  # noqa: S301 - our own file
            pickled = zlib.decompress(file.read())
        value = pickle.loads(pickled)  # noqa: S301
        plain = isinstance(value, _PLAIN)
        read = _Read((entry.st_ino, entry.st_mtime_ns), expiry, value if plain else None, None if plain else pickled)
        if len(self._read) >= REMEMBERED:
            self._read.clear()
        self._read[path] = read
        return read

    def _write_content(self, file: IO[bytes], timeout: Any = DEFAULT_TIMEOUT, value: Any = None) -> None:
        super()._write_content(file, timeout, value)  # type: ignore[misc]
        file.flush()
        # The clock of a file system ticks every few milliseconds and numbers of files are used again, so two writings
        # could look alike. A time by lot cannot.
        os.utime(file.fileno(), ns=(time.time_ns(), secrets.randbelow(_SPAN)))
