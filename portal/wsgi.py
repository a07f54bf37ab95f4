"""The WSGI entry point that the web process of the Procfile serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = get_wsgi_application()
# Loaded now, before the server forks, so that the processes share it and the first visitor does not wait for it.
_ = get_resolver().url_patterns
