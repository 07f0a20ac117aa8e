"""The settings of single sign-on, read from the environment: a part of alliance/settings.py."""

import re
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
# Single sign-on for the people of a ministry that has it (signing_in/single_sign_on.py). The provider speaks only for
# the people of OIDC_FOR: codes of countries, and "secretariat".
OIDC_URL = env.str("OIDC_URL", default="").rstrip("/")
OIDC_FOR = env.list("OIDC_FOR", default=[])
if OIDC_URL and not OIDC_FOR:
    raise ImproperlyConfigured("Set OIDC_FOR to those whom the provider of OIDC_URL may sign in, like BE,secretariat.")
# Chromium applies form-action to redirects too: the button leads to the provider through the portal.
OIDC_ORIGINS = (
    env.list("OIDC_ORIGINS", default=["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))]) if OIDC_URL else []
)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            # Part of each connected account's key: another issuer's ids are other people.
            "provider_id": re.sub(r"[^a-z0-9]+", "-", OIDC_URL.partition("://")[2].lower()),
            "name": env.str("OIDC_NAME", default=urlsplit(OIDC_URL).hostname),
            "client_id": env.str("OIDC_CLIENT_ID"),
            "secret": env.str("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_URL},
        }
    ]
