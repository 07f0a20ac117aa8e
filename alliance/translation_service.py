"""The settings of a machine's translation, read from the environment: a part of alliance/settings.py.

Without TRANSLATION_SERVICE nothing is sent anywhere.
"""

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
ADDRESSES = {
    "deepl": "https://api.deepl.com/v2/translate",
    "etranslation": "https://language-tools.ec.europa.eu/etranslation/api/askTranslate",
}
TRANSLATION_SERVICE = env.str("TRANSLATION_SERVICE", default="")
# DeepL: the key. eTranslation: the name of the application and its password, as NAME:PASSWORD.
TRANSLATION_KEY = env.str("TRANSLATION_KEY", default="")
TRANSLATION_URL = env.str("TRANSLATION_URL", default=ADDRESSES.get(TRANSLATION_SERVICE, ""))


def check(service: str, key: str, url: str) -> None:
    """Raise ImproperlyConfigured for a service that cannot work, or that would get texts without encryption."""
    if not service:
        return
    if service not in ADDRESSES:
        raise ImproperlyConfigured(f"Set TRANSLATION_SERVICE to one of these, or leave it out: {', '.join(ADDRESSES)}.")
    if not key or (service == "etranslation" and ":" not in key):
        raise ImproperlyConfigured("Set TRANSLATION_KEY: the key of DeepL, or NAME:PASSWORD of eTranslation.")
    if urlsplit(url).scheme != "https" and urlsplit(url).hostname not in ("127.0.0.1", "localhost"):
        raise ImproperlyConfigured("TRANSLATION_URL must begin with https://: texts of countries are sent there.")


check(TRANSLATION_SERVICE, TRANSLATION_KEY, TRANSLATION_URL)
