"""Everywhere that people use: set SECRET_KEY, ALLOWED_HOSTS and PUBLIC_URL; HTTPS unless PORTAL_HTTPS says no."""

from portal.logs import configuration

from .base import *  # noqa: F403
from .base import MIDDLEWARE, env

SECRET_KEY = env.str("SECRET_KEY")
PORTAL_HTTPS = env.bool("PORTAL_HTTPS", True)
SECURE_SSL_REDIRECT = PORTAL_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PORTAL_HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000) if PORTAL_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PORTAL_HTTPS
SECURE_HSTS_PRELOAD = PORTAL_HTTPS
SESSION_COOKIE_SECURE = PORTAL_HTTPS
CSRF_COOKIE_SECURE = PORTAL_HTTPS

LOGGING = configuration(env.str("LOG_LEVEL", "INFO"))
LOGGING_CONFIG = "logging.config.dictConfig"

if env.bool("PAGE_CACHE", True):
    MIDDLEWARE = ["portal.page_cache.PageCache", *MIDDLEWARE]
if env.bool("PORTAL_BENCH", False):
    MIDDLEWARE = ["portal.counting.QueryCount", *MIDDLEWARE]
