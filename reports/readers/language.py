"""Detect the language of a passage.

The detector knows all languages, not only those of the portal: with three of them, German would be taken for Dutch.
"""

import re
from dataclasses import dataclass
from functools import cache

from lingua import LanguageDetector, LanguageDetectorBuilder

SURE_FROM = 0.9  # the detector's confidence
UNSURE = "en"  # the official language of the form

_FEWEST_WORDS = 4
_FEWEST_LETTERS = 20
_MOST_CHARACTERS = 2_000  # of one passage: more only cost time
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+|\S*@\S*", re.IGNORECASE)


@dataclass(frozen=True)
class Detected:
    """A language code; UNSURE where `sure` is False."""

    code: str
    sure: bool


@cache
def _detector() -> LanguageDetector:
    """Load the detector when it is first needed: it takes a second and 58 MB."""
    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()


def detect(text: str) -> Detected:
    """Detect the language of plain text. The language of a short or mixed text is not guessed."""
    text = " ".join(_ADDRESS.sub(" ", word) for word in text[:_MOST_CHARACTERS].split())
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS or sum(map(len, words)) < _FEWEST_LETTERS:
        return Detected(UNSURE, False)
    best = _detector().compute_language_confidence_values(text)[0]
    if best.value < SURE_FROM:
        return Detected(UNSURE, False)
    return Detected(best.language.iso_code_639_1.name.lower(), True)
