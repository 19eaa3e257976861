"""Wiring. Every variable of the environment is declared here, once, through `langso.kernel.env`."""

import secrets
from pathlib import Path

from langso.kernel import env
from langso.kernel.backup.sealing import passphrase
from langso.site.database import database

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def _kept_role() -> str:
    """What `langso up --role` last said in this folder, for the commands that run beside it."""
    try:
        return "hub" if (DATA / "role").read_text(encoding="utf-8").strip() == "hub" else "commune"
    except OSError:
        return "commune"


DATA = Path(env.text("LANGSO_DATA", str(REPOSITORY / "var"), "Folder of everything this node keeps."))
ROLE = env.choice(
    "LANGSO_ROLE",
    _kept_role(),
    ("commune", "hub"),
    "A commune's box, or a province's hub; as last started, when not given.",
)
COMMUNE = env.text("LANGSO_COMMUNE", "03390", "Code of the commune whose box this is; a hub's default commune.")
DEMO = (
    env.flag("LANGSO_DEMO", False, "Demo mode: log-ins and SMS codes are shown. A folder made with `--demo` stays one.")
    or (DATA / "demo").exists()
)
DEBUG = env.flag("LANGSO_DEBUG", False, "Show programming errors in the browser. Never on a real node.")
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    *env.words("LANGSO_HOSTS", "", "Host names this node answers to, with commas."),
]
PUBLIC_URL = env.text("LANGSO_PUBLIC_URL", "http://127.0.0.1:8000", "Address that is printed in QR codes.").rstrip("/")
HTTPS = env.flag("LANGSO_HTTPS", False, "A proxy in front speaks HTTPS: secure cookies, HSTS.")
SERVICE_WORKER = env.flag(
    "LANGSO_SERVICE_WORKER", True, "Pages open on phones without a link. No: the part that does so removes itself."
)
DATABASE_URL = env.text("DATABASE_URL", "", "postgres://user:password@host:port/name; empty means SQLite.", secret=True)
SMS_GATEWAY = env.choice(
    "LANGSO_SMS", "fake" if DEMO else "none", ("none", "fake"), "Which SMS gateway sends one-time codes; fake: a table."
)
BACKUP_TO = env.text("LANGSO_BACKUP_TO", "", "Folder on another disk: a backup goes there every night at 2 o'clock.")
BACKUP_PASSPHRASE = passphrase()

CHECKPOINT_SECONDS = env.number(
    "LANGSO_CHECKPOINT_SECONDS", 5 if DEMO else 600, "The logs of what became public are signed at most this late."
)

LINK_HTTP = env.flag(
    "LANGSO_LINK_HTTP", False, "A hub may be joined by http:// too: only inside a network of your own. Loopback always."
)
ALARM_SILENT_HOURS = env.number(
    "LANGSO_ALARM_SILENT_HOURS", 24, "At a hub: hours after which a box that was not heard of is an alarm."
)
ALARM_LAG_ENTRIES = env.number(
    "LANGSO_ALARM_LAG_ENTRIES", 1000, "At a hub: entries that a box has written and that have not arrived."
)
ALARM_LAG_HOURS = env.number(
    "LANGSO_ALARM_LAG_HOURS", 24, "At a hub: hours without any entry of a box that has written some."
)
ALARM_CLOCK_SECONDS = env.number("LANGSO_ALARM_CLOCK_SECONDS", 300, "At a hub: seconds by which a box's clock is off.")
ALARM_DISK_PERCENT = env.number(
    "LANGSO_ALARM_DISK_PERCENT", 10, "At a hub: percent of a box's disk below which too little is free."
)
ALARM_BACKUP_HOURS = env.number("LANGSO_ALARM_BACKUP_HOURS", 48, "At a hub: age of a box's last backup in hours.")
LINK_CA = env.text("LANGSO_LINK_CA", "", "File of certificates that vouch for the hub; empty: those of the system.")
LINK_PATIENCE = env.number(
    "LANGSO_LINK_PATIENCE", 45, "Seconds after which a hub's answer is given up and the link begun anew.", least=5
)


def _secret_key() -> str:
    given = env.text("LANGSO_SECRET_KEY", "", "Key that signs sessions; made on first start when empty.", secret=True)
    file = DATA / "secret.key"
    if given:
        return given
    if not file.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()


SECRET_KEY = _secret_key()

DOMAINS = [
    "langso.site",
    "langso.kernel.access",
    "langso.kernel.journal",
    "langso.kernel.ui",
    "langso.kernel.search",
    "langso.kernel.files",
    "langso.kernel.backup",
    "langso.kernel.imports",
    "langso.kernel.accounts",
    "langso.kernel.link",
    "langso.kernel.moving",
    "langso.kernel.offline",
    "langso.kernel.transparency",
    "langso.gateways.sms",
    "langso.community.places",
    "langso.community.people",
    "langso.community.surveys",
    "langso.community.organisations",
    "langso.communication.announcements",
    "langso.farm.plots",
    "langso.farm.diary",
    "langso.trade.products",
    "langso.trade.trace",
    "langso.insight.console",
    "langso.pages",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    *DOMAINS,
    "demo",
]

MIDDLEWARE = [
    "langso.kernel.ui.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "langso.kernel.accounts.middleware.ActorMiddleware",
    "langso.kernel.offline.middleware.OfflineMiddleware",
    "langso.kernel.ui.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "langso.site.urls"
ASGI_APPLICATION = "langso.site.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "langso.kernel.ui.context.ui",
            ],
        },
    },
]

FORM_RENDERER = "langso.kernel.ui.rendering.QuickSelects"

DATABASES = {"default": database(DATABASE_URL, DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA / "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "langso.kernel.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
ACCOUNT_RATE_LIMITS = False
"""Ours (`accounts.services.tries`) live in the database, count exactly, and say when they end."""

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [REPOSITORY / "langso" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
NUMBER_GROUPING = 3

STATIC_URL = "/static/"
STATIC_ROOT = REPOSITORY / "build" / "collected"
STATICFILES_DIRS = [REPOSITORY / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "langso.kernel.files.storage.WholeFileStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "langso.kernel.ui.static.HashedFiles"},
}

SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "langso.kernel.ui.refusals.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
}
