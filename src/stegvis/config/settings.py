"""Settings. What an operator sets is an environment variable (docs/howto/operate.md)."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

# All that is made while the apps are loaded stays. Looking through it for what nobody holds, again
# and again as it grows, was a twelfth of every start; config.apps takes up the search again.
gc.disable()

BASE = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("STEGVIS_STATE", BASE / ".stegvis"))

PRODUCTION = os.environ.get("STEGVIS_PRODUCTION") == "1"
DEMO = os.environ.get("STEGVIS_DEMO") == "1" and not PRODUCTION
DEBUG = False


def _secret(name: str) -> str:
    """The operator's secret, or one made once and kept beside the demo's data."""
    if value := os.environ.get(name):
        return value
    if PRODUCTION:
        raise SystemExit(f"{name} must be set: production does not invent its own secrets.")
    kept = STATE / name.lower()
    if not kept.exists():
        STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = kept.with_suffix(f".{os.getpid()}")
        draft.write_text(os.urandom(32).hex())
        draft.chmod(0o600)
        with suppress(FileExistsError):
            os.link(draft, kept)  # the first process to get here decides, all others read it
        draft.unlink()
    return kept.read_text()


SECRET_KEY = _secret("STEGVIS_SECRET_KEY")
SEALING_KEY = _secret("STEGVIS_SEALING_KEY")
ALLOWED_HOSTS = os.environ.get("STEGVIS_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("STEGVIS_ORIGINS", "").split(",") if o]


def _database(url: str) -> dict[str, object]:
    """Django's form of postgresql://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    # A page asks the same some ten questions of walled tables every time, and planning them cost
    # more than answering. PgBouncer pools prepared statements by transaction from 1.22 on.
    prepared = {"server_side_binding": True, "prepare_threshold": 3}
    options: dict[str, object] = {"connect_timeout": 5, **prepared}
    if "sslmode" in query:
        options["sslmode"] = query["sslmode"]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": query.get("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "ATOMIC_REQUESTS": False,  # platform.journal.gate opens the transaction with its context
        "DISABLE_SERVER_SIDE_CURSORS": True,  # so that PgBouncer may pool by transaction
    }


# The app role serves; the owner role only migrates. Neither may bypass row security.
AS_OWNER = os.environ.get("STEGVIS_DB_ROLE") == "owner"
DATABASES = {
    "default": _database(
        os.environ.get("STEGVIS_OWNER_DATABASE_URL" if AS_OWNER else "DATABASE_URL")
        or os.environ.get("DATABASE_URL", "postgresql:///stegvis")
    )
}

INSTALLED_APPS = [
    "stegvis.platform.ui",  # first: its pages stand before those the libraries bring
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",  # its own widgets, which FORM_RENDERER looks up among the templates
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "stegvis.platform.tenancy.triggers.Triggers",
    "procrastinate.contrib.django",
    "stegvis.platform.tenancy",
    "stegvis.platform.accounts",
    "stegvis.platform.access",
    "stegvis.platform.journal",
    "stegvis.platform.drafts",
    "stegvis.platform.documents",
    "stegvis.journey.programmes",
    "stegvis.journey.workplaces",
    "stegvis.journey.employers",
    "stegvis.journey.orders",
    "stegvis.journey.people",
    "stegvis.journey.waivers",
    "stegvis.journey.intake",
    "stegvis.journey.standing",
    "stegvis.journey.screening",
    "stegvis.journey.voices",
    "stegvis.journey.abilities",
    "stegvis.journey.background",
    "stegvis.journey.mapping",
    "stegvis.journey.motivation",
    "stegvis.journey.plans",
    "stegvis.journey.placements",
    "stegvis.journey.agreements",
    "stegvis.journey.hours",
    "stegvis.journey.work",
    "stegvis.journey.certificates",
    "stegvis.journey.week",
    "stegvis.journey.attendance",
    "stegvis.journey.followups",
    "stegvis.journey.mediation",
    "stegvis.journey.days",
    "stegvis.journey.incidents",
    "stegvis.journey.steps",
    "stegvis.journey.reports",
    "stegvis.learning.boards",
    "stegvis.learning.fidelity",
    "stegvis.integrations.imports",
    "stegvis.portals.caseworker",
    "stegvis.portals.administrator",
    "stegvis.portals.reviewer",
    "stegvis.portals.participant",
    "stegvis.portals.referrer",
    "stegvis.portals.employer",
    "stegvis.config.apps.ConfigApp",
]

MIDDLEWARE = [
    "stegvis.config.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stegvis.platform.ui.hostile.RefuseHostileInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stegvis.platform.ui.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stegvis.platform.journal.gate.Gate",
]

ROOT_URLCONF = "stegvis.config.urls"
WSGI_APPLICATION = "stegvis.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "stegvis.platform.ui.context.face",
                *(["stegvis.config.demo.people.sign_in_as"] if DEMO else []),
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "stegvis.platform.accounts.adapter.StaffOnly"
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, not by sign-up
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# A municipality sits behind one address: what is counted there must let everybody in at eight
# o'clock. What is counted per account stays narrow.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "200/m/ip,5/300s/key"}
# How many proxies stand in front; without it all visitors would be one and share these limits.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("STEGVIS_PROXIES", "1" if PRODUCTION else "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Stegvis"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
PARTICIPANT_DOOR = "/my/in/"
# The demo's invented people sign in with one press; anywhere else staff need a second factor.
SECOND_FACTOR_REQUIRED = not DEMO and os.environ.get("STEGVIS_SECOND_FACTOR", "1") == "1"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SHARED_IDLE_SECONDS = 5 * 60  # on a tablet that the next person takes up
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
LARGEST_REQUEST = 48 * 1024 * 1024  # a list of 40 MB, the largest that is read, and what wraps it
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("da", "Dansk"), ("en", "English")]
# Languages whose words are still being reviewed ("ar"): offered to choose, with Swedish words where
# there are none yet, in the language's own direction of writing. Empty for everybody else.
IN_REVIEW = {"ar": "العربية", "fa": "فارسی"}
LANGUAGES += [
    (code, IN_REVIEW[code])
    for code in os.environ.get("STEGVIS_LANGUAGES_IN_REVIEW", "").split()
    if code in IN_REVIEW
]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"  # Copenhagen keeps the same clock

STATIC_URL = "static/"
STATIC_ROOT = STATE / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # An operator collects once; the demo and the tests serve the files where they lie.
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_MANIFEST_STRICT = False

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ.get("STEGVIS_MAIL_HOST", "localhost"),
            "port": int(os.environ.get("STEGVIS_MAIL_PORT", "25")),
            "username": os.environ.get("STEGVIS_MAIL_USER") or None,
            "password": os.environ.get("STEGVIS_MAIL_PASSWORD") or None,
            "use_tls": os.environ.get("STEGVIS_MAIL_TLS") == "1",
            "timeout": 20,  # seconds; a job tries again
        },
    }
}
DEFAULT_FROM_EMAIL = os.environ.get("STEGVIS_MAIL_FROM", "stegvis@localhost")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["stegvis.config.jobs"]

LOGGING_CONFIG = "stegvis.config.log.configure"
LOGGING: dict[str, object] = {"version": 1}  # empty, Django would not call configure at all
SILENCED_SYSTEM_CHECKS: list[str] = []
