"""The settings of a translation service: none by default, and none that would send texts without encryption."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from alliance.translation_service import ADDRESSES, check
from reports import machine


def test_no_service_is_configured_by_default():
    assert settings.TRANSLATION_SERVICE == settings.TRANSLATION_URL == ""
    assert machine.configured() is None


@pytest.mark.parametrize(
    ("service", "key", "url"),
    [
        ("another", "key", "https://example.org/"),
        ("deepl", "", ADDRESSES["deepl"]),
        ("etranslation", "only-a-name", ADDRESSES["etranslation"]),
        ("deepl", "key", "http://api.example.org/"),
        ("deepl", "key", ""),
    ],
)
def test_a_service_that_cannot_work_stops_the_portal(service, key, url):
    with pytest.raises(ImproperlyConfigured, match="TRANSLATION_"):
        check(service, key, url)


@pytest.mark.parametrize(("service", "key"), [("deepl", "key"), ("etranslation", "portal:password")])
def test_a_service_is_taken(service, key):
    check(service, key, ADDRESSES[service])
