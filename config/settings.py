"""Every setting, read from the environment. `.env.example` says what each variable is for.

The defaults let a fresh clone start as a demonstration. In production DEMONSTRATION is off, and then
SECRET_KEY, ALLOWED_HOSTS and SITE_URL must be set, and TOOLBOX_TODAY must not.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

DEMONSTRATION = env.bool("DEMONSTRATION", True)
#: Django's own error pages, with settings and traces, instead of ours. Off even in a demonstration: whoever
#: tries the site with a wrong address must meet the page everybody else meets.
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "only-for-a-demonstration-on-this-machine" if DEMONSTRATION else "")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]", "testserver"] if DEMONSTRATION else []
)
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")

#: How many proxies of our own stand before the server. What they add to X-Forwarded-For is believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

#: The one door to the clock may be held on a date for tests and demonstrations, never in production.
TOOLBOX_TODAY = env.date("TOOLBOX_TODAY", None)
if TOOLBOX_TODAY and not DEMONSTRATION:
    raise ImproperlyConfigured("TOOLBOX_TODAY holds the clock still. Unset it in production.")
if not DEMONSTRATION and not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is empty. Set it to a long random text before you turn DEMONSTRATION off."
    )
#: Keys the audit log. Give it the old SECRET_KEY when that is changed, or the log no longer proves anything.
AUDIT_KEY = env.str("AUDIT_KEY", "") or SECRET_KEY

# Who runs this installation: shown in footer, about and privacy pages. Unset means demonstration.
OPERATOR = {
    "name": env.str("OPERATOR_NAME", ""),
    "org_number": env.str("OPERATOR_ORG_NUMBER", ""),
    "email": env.str("OPERATOR_EMAIL", ""),
    "phone": env.str("OPERATOR_PHONE", ""),
    "address": env.str("OPERATOR_ADDRESS", ""),
    "url": env.str("OPERATOR_URL", ""),
}

VERSION = "0.1"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    # Accounts: Django's sessions, and of allauth its OIDC client and passkeys. Its pages are not declared.
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "toolbox.ui",
    "toolbox.places",
    "toolbox.outbox",
    "toolbox.access",
    "toolbox.publishing",
    "toolbox.directory",
    "toolbox.mapping",
    "toolbox.tools",
    "toolbox.catalogue",
    "toolbox.guide",
    "toolbox.api",
    "toolbox.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "toolbox.ui.compression.Compression",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "toolbox.ui.language.LanguageFromAddress",
    "django.middleware.common.CommonMiddleware",
    # Both wait until somebody asks: a public page reads neither session nor account.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.route_guard.RouteGuard",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                ("toolbox.ui.template_loader.Loader", ["django.template.loaders.app_directories.Loader"])
            ],
            "context_processors": ["django.template.context_processors.request", "toolbox.ui.frame.frame"],
        },
    }
]

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'toolbox.sqlite3'}",
        conn_max_age=60,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Write-ahead log and immediate transactions: readers never wait, writers queue instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Whole pages, in this process: the key carries date and content revision, so nothing has to be evicted.
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
        "TIMEOUT": 24 * 60 * 60,
    },
    # Counts that must hold across web nodes.
    "limits": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "limits"},
}

# Sign-in. Nobody has a password, so there is nothing to check one with.
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["toolbox.access.sessions.SignedIn"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "toolbox.access.passkeys.Passkeys"
#: Editors, programme owners and operators make a passkey before they open what their role opens.
STAFF_NEED_PASSKEY = env.bool("STAFF_NEED_PASSKEY", not DEMONSTRATION)
#: Identity providers, as toolbox/access/identity.py describes them.
OIDC_PROVIDERS = env.json("OIDC_PROVIDERS", [])
SESSION_COOKIE_NAME = "sesjon" if DEMONSTRATION else "__Host-sesjon"
SESSION_COOKIE_SECURE = not DEMONSTRATION
SESSION_COOKIE_AGE = 12 * 60 * 60  # of the row; toolbox/access/sessions.py ends the session
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # the way back from an identity provider starts at another site

# Where the rate book comes from: the files, and what editors have changed and approved.
RATE_BOOK = "toolbox.publishing.rate_book.current"

#: Whether Enhetsregisteret is asked about organisation numbers. Without it, names are written by hand.
COMPANY_REGISTER = env.bool("COMPANY_REGISTER", True)

# Mail that leaves. A demonstration without a mail server puts each message in a file instead.
EMAIL_HOST = env.str("EMAIL_HOST", "" if DEMONSTRATION else "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
#: `starttls` (587), `tls` from the first byte (465), or `none` for a server on this machine (25).
EMAIL_SECURITY = env.str("EMAIL_SECURITY", "none", validate=validate.OneOf(("none", "starttls", "tls")))
#: Seconds to wait for each answer. A slow server may use a minute; nobody waits for it but the outbox.
EMAIL_TIMEOUT = env.float("EMAIL_TIMEOUT", 120)
EMAIL_FROM = env.str("EMAIL_FROM", OPERATOR["email"] or "inkluderingsverktoykassen@localhost")
MAIL_FOLDER = Path(env.str("MAIL_FOLDER", str(VAR_DIR / "mail")))

USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "sprak"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEMONSTRATION
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEMONSTRATION
# Where a name does not change with what the file holds, a new version is seen within a minute.
WHITENOISE_MAX_AGE = 60 if DEMONSTRATION else 60 * 60

# One strict policy. No inline script or style anywhere, so nothing has to be excused.
# Without form-action: browsers hold it against the redirect to an identity provider, too.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        # Every browser we test in still knows this one; report-to needs a header more on every page.
        "report-uri": ["/regelbrudd/"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# No other site learns where a visitor came from. Not no-referrer: with that a browser posts a form from
# origin «null», which Django rightly refuses. The reading page of a saved result has no form, and sends none.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "toolbox.ui.errors.form_expired"
if not DEMONSTRATION:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "toolbox.ui.errors.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A form with something to correct is an answer, not an event.
    "loggers": {"django.request": {"level": "ERROR"}},
}
