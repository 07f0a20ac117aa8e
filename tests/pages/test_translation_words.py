"""What the page of a translation says of what the checks found."""

import pytest
from django.utils import translation

from reports.document.translation.checks import Finding
from reports.pages.translation_words import finding_in_words


@pytest.mark.parametrize(
    ("check", "value", "words"),
    [
        ("number-missing", "12 April 2014", "The date 12 April 2014 is missing."),
        ("number-added", "mei 2014", "The date mei 2014 is not in the original."),
        ("number-missing", "1,5", "The number 1,5 is missing."),
        ("number-added", "2014-04-12", "The number 2014-04-12 is not in the original."),
    ],
)
def test_a_date_in_words_is_called_a_date(check, value, words):
    with translation.override("en"):
        assert finding_in_words(Finding(check, value, "")) == words
