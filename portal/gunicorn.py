"""How gunicorn serves the portal; command lines add only the address and the number of workers."""

import gc
import os
import tempfile
from pathlib import Path

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "2"))  # more fight for the interpreter: measured in docs/performance.md
bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
preload_app = True  # loaded once and shared: a third of the memory, and no second loading at a restart
keepalive = 15
timeout = 60
graceful_timeout = 30
accesslog = None  # addresses with search words are personal; the proxy in front counts visits
loglevel = "error"  # its warnings quote the address asked for, search words included
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()


def when_ready(server: object) -> None:
    """Before the first fork: what is loaded stays, and collecting garbage must not copy it into every process."""
    gc.collect()
    gc.freeze()
