"""The test suite: fast hashing, mail in memory, a cache of its own process, a database file of its own."""

import os

from .base import *  # noqa: F403
from .base import DATA_DIR, DATABASES, REDIS_URL, STORAGES

SECRET_KEY = "the test suite only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if REDIS_URL:
    # A numbered database for each process of the suite, as clearing a cache empties the whole of it.
    _number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    _redis = f"{REDIS_URL.rsplit('/', 1)[0]}/{_number}"
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
HUEY = {"huey_class": "huey.MemoryHuey", "name": "test", "immediate": False, "results": False, "utc": True}
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
MEDIA_ROOT = DATA_DIR / "test-media"
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file and not memory: the browser's requests come in parallel, each thread with a connection of its own.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
DATABASES["default"]["CONN_MAX_AGE"] = 0
# What takes long on a busy machine says nothing about the code.
QUEUE_PATIENCE_MS = (20_000, 20_000, 20_000, 60_000)
# Steps of staff are taken at once; the tests of undo hold them.
UNDO_SECONDS = 0
