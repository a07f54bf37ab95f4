"""The test suite: fast hashing, mail in memory, a cache of its own process."""

from .base import *  # noqa: F403
from .base import DATA_DIR, STORAGES

SECRET_KEY = "the test suite only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
HUEY = {"huey_class": "huey.MemoryHuey", "name": "test", "immediate": False, "results": False, "utc": True}
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
MEDIA_ROOT = DATA_DIR / "test-media"
WHITENOISE_AUTOREFRESH = True
