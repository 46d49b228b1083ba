"""One settings file. Everything that differs between machines comes from the environment through `env`."""

from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from jinguo.config import env
from jinguo.config.keys import ensure_ring, signing_secret
from jinguo.lib import limits

BASE_DIR = Path(__file__).resolve().parents[2]
DATA = env.folder("JINGUO_DATA", BASE_DIR / "var")
FILES = DATA / "files"
FONTS = env.file("JINGUO_FONTS", DATA / "fonts")
DATABASES = {"default": env.database("JINGUO_DATABASE", f"sqlite:{quote(str(DATA))}/jinguo.sqlite3")}
KEYRING = env.file("JINGUO_KEYRING", DATA / "keys" / "keyring.json")
ensure_ring(KEYRING, FILES, DATABASES["default"])
SECRET_KEY = env.text("JINGUO_SECRET_KEY") or signing_secret(KEYRING.parent)
DEBUG = env.flag("JINGUO_DEBUG", False)
URL = env.address("JINGUO_URL", "http://127.0.0.1:8000")
HTTPS = env.flag("JINGUO_HTTPS", False)
ALLOWED_HOSTS = env.words("JINGUO_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [URL] if URL.startswith("https://") else []
PROXIES = env.networks("JINGUO_PROXIES")
# "smtp" sends through each office's own mail server; "folder" writes .eml files under the data folder instead
# (demonstration and training: nothing leaves the machine).
MAIL = env.choice("JINGUO_MAIL", "folder", ("smtp", "folder"))
# Seconds every process's clock is moved; read by lib.clock itself, looked at here so that a wrong value stops the start.
CLOCK_SHIFT = env.number("JINGUO_CLOCK_SHIFT", 0)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

HOUSE = [
    "ui",
    "journal",
    "search",
    "federation",
    "workdays",
    "people",
    "files",
    "papers",
    "messages",
    "questions",
    "notices",
    "campaigns",
    "activities",
    "stations",
    "reports",
    "mails",
    "workspace",
    "portal",
    "ops",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    # not "django.contrib.messages": its label is our outbox's; its middleware works without being listed
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    *[f"jinguo.{name}.apps.Room" for name in HOUSE],
]
MIDDLEWARE = [
    "jinguo.config.proxies.Proxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jinguo.ui.guard.Guard",
    "jinguo.activities.pagecache.AtTheDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jinguo.federation.gate.Gate",
]
ROOT_URLCONF = "jinguo.config.urls"
WSGI_APPLICATION = "jinguo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jinguo.workspace.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "jinguo.ui.forms.Renderer"

AUTH_USER_MODEL = "federation.User"
PASSWORD_HASHERS = ["jinguo.federation.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "federation:sign_in"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-jinguo" if HTTPS else "jinguo"
CSRF_COOKIE_NAME = "__Host-jinguo-csrf" if HTTPS else "jinguo-csrf"
CSRF_FAILURE_VIEW = "jinguo.config.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"  # links carry secrets; "no-referrer" would make Chromium post with Origin: null
X_FRAME_OPTIONS = "DENY"
# Sent by ui.guard with every page: only what comes from here, no script or style inside a page.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
# config and lib are no apps; the rooms' own catalogues are found by themselves.
LOCALE_PATHS = [BASE_DIR / "jinguo" / "config" / "locale", BASE_DIR / "jinguo" / "lib" / "locale"]
LANGUAGE_COOKIE_NAME = "jinguo-language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FILES)}},
    "staticfiles": {"BACKEND": "jinguo.ui.storage.HashedStatic"},
}
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = limits.REQUEST_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = limits.MIB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]  # set by JINGUO_HTTPS
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}
