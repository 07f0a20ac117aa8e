"""Which language a passage is in. Every language counts, or German would be taken for Dutch."""

import re
from dataclasses import dataclass
from functools import cache

from lingua import LanguageDetector, LanguageDetectorBuilder

SURE_FROM = 0.9
UNSURE = "en"  # the form's own language

_FEWEST_WORDS = 4
_FEWEST_LETTERS = 20
_MOST_CHARACTERS = 2_000  # of one passage: more say nothing new
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+|\S*@\S*", re.IGNORECASE)


@dataclass(frozen=True)
class Detected:
    """A language code. Where `sure` is False it is English, the form's language."""

    code: str
    sure: bool


@cache
def _detector() -> LanguageDetector:
    """Loaded when the first file is read: it takes a second and 58 MB."""
    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()


def detect(text: str) -> Detected:
    """The language of plain text; too short or too mixed a text is never guessed."""
    text = " ".join(_ADDRESS.sub(" ", word) for word in text[:_MOST_CHARACTERS].split())
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS or sum(map(len, words)) < _FEWEST_LETTERS:
        return Detected(UNSURE, False)
    best = _detector().compute_language_confidence_values(text)[0]
    if best.value < SURE_FROM:
        return Detected(UNSURE, False)
    return Detected(best.language.iso_code_639_1.name.lower(), True)
