"""What of exports must not stay: files past their time, lines about old ones, and what a killed worker left."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from forms.review.models import Export

LEFT_SECONDS = 3600


def drop_file(export: Export) -> None:
    """Delete the file of an export; the line stays, so that its owner sees what became of it."""
    if export.file:
        export.path.unlink(missing_ok=True)
    Export.objects.filter(pk=export.pk).update(file="", size=0, expires_at=None)


def drop_expired() -> int:
    """Delete what is past its time; how many files went."""
    now, gone = timezone.now(), 0
    for export in Export.objects.exclude(file="").filter(expires_at__lte=now):
        drop_file(export)
        gone += 1
    oldest = now - timedelta(days=settings.EXPORT_KEEP_DAYS)
    Export.objects.filter(file="", finished_at__lt=oldest).delete()
    return gone + _drop_left()


def _drop_left() -> int:
    folder, gone = Path(settings.EXPORTS_DIR), 0
    if not folder.is_dir():
        return 0
    before = time.time() - LEFT_SECONDS
    known = set(Export.objects.exclude(file="").values_list("file", flat=True))
    held = {f"work-{token}" for token in Export.objects.filter(state="running").values_list("lease_token", flat=True)}
    for path in folder.iterdir():
        if path.name in known or path.name in held or path.stat().st_mtime > before:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        gone += 1
    return gone
