"""What the worker does with exports: one at a time, under a lease, anew when a worker was killed."""

import hashlib
import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forms.applications import office
from forms.review import jobs
from forms.review.models import Export
from forms.review.queue import Look

from . import rows
from .access import may_export, scope
from .layout import Layout
from .writing import Writer

logger = logging.getLogger(__name__)
FRESH = 20
"""After so many pages the rights of the owner are read anew."""


def drain() -> int:
    """Do what waits; how many were done. Safe in any number of workers at once."""
    count = 0
    while (export := jobs.claim(Export.objects.all(), one_at_a_time=True)) is not None:
        _do(export)
        count += 1
    return count


def _do(export: Export) -> None:
    hold = jobs.Hold(export)
    try:
        if export.attempts > settings.JOB_ATTEMPTS:
            raise jobs.Failed(
                _("Выгрузка несколько раз обрывалась. Добавьте условие отбора или позовите администратора.")
            )
        with _folder(export) as folder:
            _make(export, hold, folder)
    except jobs.Lost:
        logger.warning("export %s: another worker has it", export.pk)
    except jobs.Stopped:
        _end(export, hold, Export.State.STOPPED)
    except jobs.Failed as failed:
        _end(export, hold, Export.State.FAILED, problem=str(failed.sentence))
    except OSError as error:
        logger.exception("export %s", export.pk)
        _end(
            export,
            hold,
            Export.State.FAILED,
            problem=_("Не удалось записать файл: %s.") % (error.strerror or error.errno),
        )
    except Exception:
        logger.exception("export %s", export.pk)
        _end(
            export,
            hold,
            Export.State.FAILED,
            problem=_("Что-то сломалось. Администратор увидит ошибку в журнале сервера."),
        )


def _make(export: Export, hold: jobs.Hold, folder: Path) -> None:
    user = _owner(export)
    seen = scope(user)
    look = Look(user, QueryDict(export.query))
    found = rows.Numbers()
    for found in rows.numbers(look):
        hold.say(total=len(found.ids))
    hold.say(now=True, total=len(found.ids), done=0)
    layout = Layout(found.forms, beside=(len(rows.HEADINGS), 2))
    writer = Writer(folder, export.format, layout, with_files=export.with_files)
    reader, written = rows.Reader(), 0
    for number, start in enumerate(range(0, len(found.ids), rows.PAGE), start=1):
        if number % FRESH == 0:
            user = _owner(export)
        page = reader.read(user, found.ids[start : start + rows.PAGE].tolist())
        writer.write(page)
        written += len(page)
        hold.say(done=start + len(page))
    _keep(export, hold, writer.finish(), {"scope": seen, "total": written, "done": written})


def _keep(export: Export, hold: jobs.Hold, made: Path, values: dict[str, Any]) -> None:
    """Move the file to where it is fetched from, under a name that cannot be guessed."""
    name = f"{secrets.token_hex(16)}{made.suffix}"
    with made.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    target = Path(settings.EXPORTS_DIR, name)
    os.replace(made, target)
    target.chmod(0o600)
    hours = timedelta(hours=settings.EXPORT_HOURS)
    values |= {"file": name, "size": target.stat().st_size, "expires_at": timezone.now() + hours, "problem": ""}
    if not hold.end(Export.State.DONE, **values):
        target.unlink(missing_ok=True)
        raise jobs.Lost
    facts = {"export": str(export.pk), "rows": values["total"], "format": export.format, "sha256": digest}
    office.write(export.owner, "export_made", facts | {"with_files": export.with_files})


def _end(export: Export, hold: jobs.Hold, state: str, problem: str = "") -> None:
    if hold.end(state, problem=problem[:300]):
        office.write(export.owner, "export_ended", {"export": str(export.pk), "state": str(state)})


def _owner(export: Export) -> User:
    """The owner as the database knows them now; raises Failed when the right is gone."""
    user = User.objects.get(pk=export.owner_id)
    if not may_export(user):
        raise jobs.Failed(_("Права выгружать обращения больше нет."))
    return user


@contextmanager
def _folder(export: Export) -> Iterator[Path]:
    """A folder for this try, gone afterwards; what a killed worker left is swept away by `keeping`."""
    folder = Path(settings.EXPORTS_DIR, f"work-{export.lease_token}")
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)
