"""The settings of the portal. Values that differ between installations come from the environment (README)."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from alliance import log_format, public_host, single_sign_on, translation_service

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent


def secret_key() -> str:
    """Return SECRET_KEY of the environment, or else the random key that set-up wrote into this folder."""
    file = BASE_DIR / ".secret-key"
    key = env.str("SECRET_KEY", default="") or (file.read_text().strip() if file.exists() else "")
    if not key:
        raise ImproperlyConfigured("Set SECRET_KEY in the environment, or run `make setup`, which writes one.")
    return key


SECRET_KEY = secret_key()
DEBUG = env.bool("DEBUG", default=False)
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS)
# Plain HTTP is allowed only on the computer that runs the portal. Everywhere else cookies need HTTPS.
HTTPS = not set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS)
if HTTPS:
    public_host.check(
        ALLOWED_HOSTS,
        site_url=env.str("SITE_URL", default=""),
        debug=DEBUG,
        email_url=env.str("EMAIL_URL", default=""),
    )

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "reports",
    "crispy_forms",
    "crispy_bootstrap5",
    "js_lib_bootstrap5",
    "django_prose_editor",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "reports.middleware.request_id",  # first, so that whatever is logged of a request names its id
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages only; ADR 29 says why an attacker learns nothing from lengths
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # These need to know who is signed in.
    "reports.signing_in.sessions.end_old_session",
    "reports.middleware.limit_size",
    "reports.accounts.renew_session",
    "reports.browsers.known_browser",
    "reports.middleware.user_language",
    "reports.middleware.no_store",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "reports.signing_in.second_factor.DemandSecondFactor",  # its pages show messages
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "alliance.urls"
WSGI_APPLICATION = "alliance.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.context.portal",
            ],
            "builtins": ["reports.templatetags.dates"],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that reads before it writes would fail with "database is locked" under load, whatever the
    # timeout. It also does the work of SELECT … FOR UPDATE, which SQLite does not have (ADR 10). FULL: a save that was
    # confirmed survives a power failure.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a restart of the server costs no request an error
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)  # opening a connection takes half of a short request
# ATOMIC_REQUESTS stays off: on SQLite every page that only reads would take the write lock.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# allauth counts codes of a second factor here, and remembers those that were used. A cache in memory would do that for
# each worker separately; one that drops rows when it is full could be emptied by a stranger.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

AUTH_USER_MODEL = "reports.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "reports.accounts.MinimumLength",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Sign-in by django-allauth, with an e-mail address, for accounts that the secretariat created (ADR 11).
LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "reports.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "reports.forms.accounts.SignInForm",
    "reset_password": "reports.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "reports.forms.accounts.SetPasswordByLinkForm",
    "change_password": "reports.forms.accounts.ChangePasswordForm",
    "reauthenticate": "reports.forms.second_factor.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # passwords are chosen through a link to the address, which proves it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True  # the page for forgotten passwords does not tell who has an account
ACCOUNT_SESSION_REMEMBER = True
# reports/rules/attempts.py counts passwords, codes and e-mails, in a table of its own: a cache can be flushed.
ACCOUNT_RATE_LIMITS = {"login": None, "reset_password": None, "login_failed": None}
# allauth's own generator keeps a second list of addresses, in which a former address would still get a valid link.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
PASSWORD_RESET_TIMEOUT = 24 * 3600
# Behind a proxy, the rate limits must count the client's address, not the proxy's. Without one, X-Forwarded-For must
# not be believed: anybody can send it.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0

# Second factors (ADR 25): passkeys, codes of an app, and recovery codes. Without SECOND_FACTOR in the environment they
# are demanded of focal points and the secretariat wherever the portal is not on this computer alone.
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=HTTPS)
SECOND_FACTOR_KEY = env.str("SECOND_FACTOR_KEY", default="")  # encrypts the secrets of apps; "": from SECRET_KEY
MFA_ADAPTER = "reports.signing_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "reports.forms.second_factor.CodeForm",
    "reauthenticate": "reports.forms.second_factor.CodeAgainForm",
    "activate_totp": "reports.forms.second_factor.AddAppForm",
    "add_webauthn": "reports.forms.second_factor.AddPasskeyForm",
    "edit_webauthn": "reports.forms.second_factor.RenamePasskeyForm",
}
# People, roles, publication and factors are touched only within this time after signing in (signing_in/recently.py).
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.int("SIGN_IN_AGAIN_AFTER", default=15) * 60

OIDC_FOR, OIDC_ORIGINS = single_sign_on.OIDC_FOR, single_sign_on.OIDC_ORIGINS
SOCIALACCOUNT_PROVIDERS = single_sign_on.SOCIALACCOUNT_PROVIDERS
SOCIALACCOUNT_ADAPTER = "reports.signing_in.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nl", _("Dutch")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
FORMAT_MODULE_PATH = ["alliance.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static-collected"
STATICFILES_DIRS = [BASE_DIR / "static"]
# "made": the files that the set-up has made in STATIC_ROOT (alliance/static_files.py), whose names change with their
# content, so that a browser keeps them for years. "plain": the files where they lie, to work on them.
STATIC_FILES = env.str("STATIC_FILES", default="plain" if DEBUG else "made")
MADE, PLAIN = "alliance.static_files.BundledStorage", "django.contrib.staticfiles.storage.StaticFilesStorage"
READABLE = {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755}  # what countries upload is private
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": MADE if STATIC_FILES == "made" else PLAIN, "OPTIONS": READABLE},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_FILES == "plain"
# Fonts for browsers are compressed already, and no browser asks for those of the PDFs.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map", "ttf", "md"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "reports.forms.rendering.Renderer"

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The portal's address, for the links in e-mails.
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")
# Off: the request that causes an e-mail also sends it. On: `manage.py send_reminders --every 60` sends it.
MAILS_BY_WORKER = env.bool("MAILS_BY_WORKER", default=False)
# Who keeps the daily note of the logs away from this machine: a mail address, or a folder of another machine.
NOTES_TO = env.str("NOTES_TO", default="")
# Off: the request for a PDF also makes it. On: `manage.py db_worker` makes it in the background.
TASKS_BY_WORKER = env.bool("TASKS_BY_WORKER", default=False)
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if TASKS_BY_WORKER
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}
# The key that seals published records (PKCS#12), and a time stamping authority (RFC 3161), if there is one.
SEAL_FILE = Path(env.str("SEAL_FILE", default=str(BASE_DIR / ".demo-seal.p12")))
SEAL_PASSWORD = env.str("SEAL_PASSWORD", default="")
SEAL_TIMESTAMP_URL = env.str("SEAL_TIMESTAMP_URL", default="")
# Whose seals count: fingerprints (SHA-256) of certificates, by default that of SEAL_FILE, and a PEM file with roots.
SEAL_SIGNERS = env.list("SEAL_SIGNERS", default=[])
SEAL_ROOTS = env.str("SEAL_ROOTS", default="")
TRANSLATION_SERVICE = translation_service.TRANSLATION_SERVICE  # drafts translations (reports/machine/); "": none
TRANSLATION_KEY, TRANSLATION_URL = translation_service.TRANSLATION_KEY, translation_service.TRANSLATION_URL
SECRETARIAT_EMAIL = env.str("SECRETARIAT_EMAIL", default="secretariat@example.org")

SESSION_COOKIE_AGE = 12 * 3600  # since the last page or save: reports.accounts.renew_session
SESSION_LONGEST = env.int("SESSION_DAYS", default=7) * 24 * 3600  # since signing in, whatever was done meanwhile
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # whatever watches the portal may ask the process itself, by plain HTTP
# Browsers that have been here once never use plain HTTP again, so nobody on the network can read the first request.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Only behind a proxy that sets this header itself: otherwise a client could pretend that its request was encrypted.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"  # links of invitations and new passwords are in addresses: tell them to nobody
X_FRAME_OPTIONS = "DENY"  # with `frame-ancestors` below: no other site can show a page and catch its clicks
CSRF_FAILURE_VIEW = "reports.views.errors.csrf_failure"
# Texts of countries are cleaned when they are saved (document/clean.py). Should markup slip through nevertheless, the
# browser runs no inline script, sends no form elsewhere, and loads nothing from other hosts.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # icons of the pages and of Bootstrap are masks with a data: address
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# A page is posted with all its texts, which are at most a report's (reports/document/lengths.py) and are encoded in up
# to nine bytes a character; a file may have 20 MB. Without signing in there is only a form or two to post, and the text
# of somebody whose session ended.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
LARGEST_REQUEST = 21 * 1024 * 1024
LARGEST_REQUEST_OF_STRANGERS = 1024 * 1024

LOGGING = log_format.LOGGING
