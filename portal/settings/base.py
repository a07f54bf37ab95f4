"""What every environment shares. Values come from the environment; the defaults need nothing but Python."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("PORTAL_DATA", str(BASE_DIR / "data")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
PUBLIC_URL = env.str("PUBLIC_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "portal",
    "forms.api",
    "forms.apply",
    "forms.build",
    "forms.review",
    "forms.registrations",
    "forms.applications",
    "forms.notifications",
    "forms.definitions",
    "services",
    "home",
    "accounts",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "modelsearch",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "crispy_forms",
    "axes",
    "ninja",
    "huey.contrib.djhuey",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "portal.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.compression.Compression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "forms.build.refusal.SayWhatIsMissing",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.frame",
            ],
        },
    },
]

# --- Database: SQLite beside the code, PostgreSQL when DATABASE_URL says so ---------------------------------------
DATABASES = {"default": dj_database_url.parse(env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    BUSY_DATABASE: dict[str, object] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a receipt that was shown must outlive a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
            "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Short statements along indexes: to compile one or to share it out costs more than it gives (docs/queue.md).
    BUSY_DATABASE = {
        "options": env.str(
            "PG_OPTIONS",
            "-c jit=off -c random_page_cost=1.1 -c work_mem=16MB -c max_parallel_workers_per_gather=0",
        )
    }
DATABASES["default"]["OPTIONS"] = BUSY_DATABASE | (DATABASES["default"].get("OPTIONS") or {})
DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis, where REDIS_URL is set: cache and the worker's queue; otherwise files of this machine ------------------
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES: dict[str, dict[str, object]] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
    HUEY: dict[str, object] = {"huey_class": "huey.RedisHuey", "name": "portal", "url": REDIS_URL}
else:
    CACHES = {
        "default": {
            "BACKEND": "portal.file_cache.FileCache",
            "LOCATION": DATA_DIR / "cache",
        }
    }
    HUEY = {
        "huey_class": "huey.SqliteHuey",
        "name": "portal",
        "filename": str(DATA_DIR / "huey.sqlite3"),
        "timeout": 20,
        "fsync": False,  # a bell lost in a power cut is made good by the round of the next minute
    }
# The outbox table is the truth and huey only the doorbell; never run a task inside a request.
HUEY |= {"immediate": False, "results": False, "utc": True}

# --- People ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "forms.apply.views.csrf.failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
# W019 asks for DENY everywhere: portal/headers.py says DENY on public pages, the admin's preview frames itself.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True  # the other headers: portal/headers.py

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Русский"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "Asia/Irkutsk")
WAGTAIL_USER_TIME_ZONES = [  # what staff may choose for themselves: none that a browser does not know by name
    *("Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk"),
    *("Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka"),
]

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", DATA_DIR / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# What applicants attach: outside of everything the web server may serve by itself.
UPLOADS_DIR = DATA_DIR / "uploads"
UPLOAD_LARGEST_MB = env.int("UPLOAD_LARGEST_MB", 60)  # of any one file of any request; a form may ask for less
FILE_UPLOAD_HANDLERS = [
    "forms.applications.upload_quota.QuotaHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MAX_AGE = 3600  # of the few files without a hash in their name; the others are immutable
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Mail: files in data/mail until EMAIL_URL names a server --------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@localhost")
if env.str("EMAIL_URL", ""):
    _mail = env.dj_email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 20
OUTBOX_LATE_S = env.int("OUTBOX_LATE_S", 900)  # /readyz complains when a letter has waited longer

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = _("Портал поддержки")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ru", "Русский")]
WAGTAILADMIN_USER_LOGIN_FORM = "accounts.sign_in.LoginForm"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses are dictated on the phone and pasted into messages: Latin letters only
# What is indexed and asked are stems already (home/stems.py): PostgreSQL takes them as they are.
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}}

CRISPY_ALLOWED_TEMPLATE_PACKS = "portal"
CRISPY_TEMPLATE_PACK = "portal"

# --- Sign-in throttle -----------------------------------------------------------------------------------------------
AXES_FAILURE_LIMIT = env.int("AXES_FAILURE_LIMIT", 8)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_ip"
PROXY_COUNT = env.int("PROXY_COUNT", 0)  # trusted proxies in front, each of which appends to X-Forwarded-For
NINJA_NUM_PROXIES = PROXY_COUNT  # unset, ninja would believe whatever a client writes into the header

# A lawyer confirms these; every period is a setting and not a constant (59-FZ art. 12: 30 days from registration).
ANSWER_PERIOD_DAYS = env.int("ANSWER_PERIOD_DAYS", 30)
DEADLINE_MOVES_BACK_FROM_DAYS_OFF = env.bool("DEADLINE_MOVES_BACK_FROM_DAYS_OFF", True)
ANSWER_WANTED_DAYS = env.int("ANSWER_WANTED_DAYS", 7)  # how long an applicant is given to answer a question
EXTENSION_DAYS = env.int("EXTENSION_DAYS", 30)  # the one extension of the promised date; the law allows 30 at most
FORWARDING_DAYS = env.int("FORWARDING_DAYS", 7)  # by when an appeal has to be forwarded to the body that answers it
# How far ahead staff may promise to be in touch where the promised date is past.
CONTACT_WITHIN_DAYS = env.int("CONTACT_WITHIN_DAYS", 7)
# Letters to staff about their work, on working days by the clock of TIME_ZONE: from this hour, none after the other.
STAFF_LETTERS_HOUR = env.int("STAFF_LETTERS_HOUR", 8)
STAFF_LETTERS_UNTIL = env.int("STAFF_LETTERS_UNTIL", 18)
REMIND_DAYS_BEFORE = env.int("REMIND_DAYS_BEFORE", 3)  # days before a promised date its holder hears of it
# What staff read to somebody who calls; %(consent)s is the short text of the form's own consent. A lawyer confirms it.
SPOKEN_CONSENT = env(
    "SPOKEN_CONSENT",
    "Чтобы записать просьбу, нужно ваше согласие: «%(consent)s». Полный текст есть на сайте, прочитаю его, "
    "если хотите. Вы согласны?",
)
# How long a step of staff can be undone before anything of it leaves; 0: it is taken at once.
UNDO_SECONDS = env.int("UNDO_SECONDS", 15)
# Applications from one address in 15 minutes before the next one needs a proof of work; 0: never.
PROOF_AFTER_SENT = env.int("PROOF_AFTER_SENT", 60)
# Milliseconds for a list of the queue: to count conditions or look for a name, for a short walk, for the first plan,
# and for the other one after it. The longest way (three counts, first, other) stays below a second with its page.
QUEUE_PATIENCE_MS = (80, 20, 150, 500)
# 152-FZ art. 21 part 5: within thirty days after the consent was withdrawn.
ERASURE_DAYS = env.int("ERASURE_DAYS", 30)

# How many months applications are kept where the editor of a form says nothing else.
FORM_RETENTION_MONTHS = env.int("FORM_RETENTION_MONTHS", 36)

# --- Applications: how long what is not needed any more is kept, and how letters leave -------------------------------
DRAFT_DAYS = env.int("DRAFT_DAYS", 30)
UNSENT_FILE_DAYS = env.int("UNSENT_FILE_DAYS", 7)
SENT_DRAFT_DAYS = env.int("SENT_DRAFT_DAYS", 2)
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", 120)
OUTBOX_ATTEMPTS = env.int("OUTBOX_ATTEMPTS", 8)
OUTBOX_FIRST_RETRY_SECONDS = env.int("OUTBOX_FIRST_RETRY_SECONDS", 60)
OUTBOX_LAST_RETRY_SECONDS = env.int("OUTBOX_LAST_RETRY_SECONDS", 6 * 3600)
OUTBOX_KEEP_DAYS = env.int("OUTBOX_KEEP_DAYS", 30)

# --- What the worker does for staff: exports and batches --------------------------------------------------------------
EXPORTS_DIR = DATA_DIR / "exports"
EXPORT_HOURS = env.int("EXPORT_HOURS", 24)  # how long a finished file can be fetched
EXPORT_KEEP_DAYS = env.int("EXPORT_KEEP_DAYS", 30)  # how long the line about it stays in its owner's list
EXPORT_FILES_MOST_MB = env.int("EXPORT_FILES_MOST_MB", 2000)
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 60)
BATCH_KEEP_DAYS = env.int("BATCH_KEEP_DAYS", 30)
JOB_ATTEMPTS = env.int("JOB_ATTEMPTS", 3)
