"""From rows to a file: tables, repeating groups on their own, files of applicants beside them in a ZIP."""

import shutil
import zipfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from forms.applications import files
from forms.applications.models import Upload
from forms.review.jobs import Failed

from .layout import Key, Layout
from .rows import HEADINGS, Row
from .tables import BOOKS, Book, Table

NAME = "obrascheniya"
CHUNK = 256 * 1024


class Writer:
    """Writes into `folder`; `finish` gives the one file that came of it."""

    def __init__(self, folder: Path, kind: str, layout: Layout, *, with_files: bool) -> None:
        self.folder, self.layout = folder, layout
        self.book: Book = BOOKS[kind](folder, NAME)
        first = [str(heading) for heading in HEADINGS]
        self.main = self.book.table(_("Обращения"), [*first, *layout.headings])
        self.groups: dict[Key, Table] = {
            key: self.book.table(group.title, [first[0], _("Строка"), *group.headings])
            for key, group in layout.groups.items()
        }
        self.files = _Files(folder) if with_files else None

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows to every table; raises Failed when the files are too many."""
        for row in rows:
            self.main.row(chain(enumerate(row.cells), self.layout.cells(row.version_id, row.answers)))
            if self.groups:
                for key, number, found in self.layout.rows(row.version_id, row.answers):
                    self.groups[key].row([(0, row.number), (1, number), *found])
        if self.files:
            self.files.add(rows)

    def finish(self) -> Path:
        """The file: the table itself where there is one and nothing beside it, else a ZIP."""
        made = self.book.close()
        if self.files is None and len(made) == 1:
            return made[0]
        packed = self.files.path if self.files else self.folder / f"{NAME}.zip"
        if self.files:
            self.files.close()
        with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            for path in made:
                # A book is packed already.
                archive.write(path, path.name, zipfile.ZIP_STORED if path.suffix == ".xlsx" else None)
        return packed


class _Files:
    """The files of applicants, each under the number of its application."""

    def __init__(self, folder: Path) -> None:
        self.path, self.bytes = folder / f"{NAME}.zip", 0
        self.archive = zipfile.ZipFile(self.path, "w")

    def add(self, rows: Sequence[Row]) -> None:
        """Copy what these applicants attached; what the disk lost is passed over."""
        numbers = {row.pk: row.number for row in rows if not row.is_bare}
        uploads = Upload.objects.filter(application__in=list(numbers)).order_by("application", "created_at", "pk")
        place: dict[int, int] = {}
        for upload in uploads:
            owner = upload.application_id or 0
            self.bytes += upload.size
            if self.bytes > settings.EXPORT_FILES_MOST_MB * 1024 * 1024:
                sentence = _("Файлы занимают больше %d МБ. Выгрузите их по частям: добавьте условие отбора.")
                raise Failed(sentence % settings.EXPORT_FILES_MOST_MB)
            place[owner] = place.get(owner, 0) + 1
            name = f"files/{numbers[owner]}/{place[owner]:02d} {upload.name}"
            try:
                content = files.opened(upload)
            except FileNotFoundError:
                continue
            with content, self.archive.open(name, "w", force_zip64=True) as target:
                shutil.copyfileobj(content, target, CHUNK)

    def close(self) -> None:
        self.archive.close()
