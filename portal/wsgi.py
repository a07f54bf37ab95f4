"""The WSGI entry point that the web process of the Procfile serves."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application: Any = get_wsgi_application()
if "portal.page_cache.PageCache" in settings.MIDDLEWARE:
    from portal.page_cache import Front

    application = Front(application)
# Loaded now, before the server forks, so that the processes share it and the first visitor does not wait for it.
_ = get_resolver().url_patterns
