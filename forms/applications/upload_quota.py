"""A limit on how much of one file a request may bring to our disk, whoever sends it."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

DROPPED = "files_dropped"


class QuotaHandler(FileUploadHandler):
    """Drops a file that is larger than UPLOAD_LARGEST_MB as it arrives; `request.files_dropped` counts them."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LARGEST_MB * 1024 * 1024:
            if self.request is not None:
                setattr(self.request, DROPPED, getattr(self.request, DROPPED, 0) + 1)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
