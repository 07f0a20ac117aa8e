"""Detect the language of a passage.

The detector knows all languages, not only those of the portal: with three of them, German would be taken for Dutch.
What it finds is weighed by where the report comes from.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lingua import LanguageDetector, LanguageDetectorBuilder

from reports.readers.country_languages import EVERY_LANGUAGE, languages_of

SURE_FROM = 0.9  # the weighed confidence
UNSURE = "en"  # the official language of the form

_OF_THE_PORTAL = ("en", "nl", "fr")
_ELSEWHERE = 0.1  # the weight of a language that is another country's
_NOWHERE = 0.02  # of one that is no country's: Esperanto, Latin, or Afrikaans, which is much like Dutch
_ONE_LANGUAGE = ("bs", "hr", "sr")  # the detector knows Serbian in Cyrillic only, and Latin texts are as one
_FEWEST_WORDS = 4
_FEWEST_LETTERS = 20
_FEWEST_LETTERS_WITHOUT_SPACES = 10
_MOST_CHARACTERS = 2_000  # of one passage: more only cost time
_WORD = re.compile(r"[^\W\d_]+")
_WITHOUT_SPACES = re.compile("[\u0e00-\u0e7f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # between words
_LETTER = re.compile(r"[^\W\d_]")
# Languages that the detector does not know, by letters that no other language of their countries has.
_TOLD_BY_LETTERS = {"km": re.compile("[\u1780-\u17b3]"), "mt": re.compile("[ħġċżĦĠĊŻ]")}
# Others, by letters that are frequent in them, and rare in the languages for which the detector takes them.
_NOT_DETECTED = {"gl": re.compile("[ñxáéíóú]"), "lb": re.compile("[äëé]")}
_ONE_LETTER_IN = 70
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


def likely_in(country: str) -> frozenset[str]:
    """Return the languages in which a country's report may well be written; those of all countries for "" """
    own = languages_of(country)
    return frozenset([*own, *_OF_THE_PORTAL]) if own else EVERY_LANGUAGE


def detect(text: str, country: str = "") -> Detected:
    """Detect the language of plain text of a country. The language of a short or mixed text is not guessed."""
    if _is_short(_without_addresses(text)):
        return Detected(UNSURE, False)
    shares = weigh(text, country)
    best = max(shares, key=lambda code: shares[code], default=UNSURE)
    if shares.get(best, 0.0) < SURE_FROM or best not in EVERY_LANGUAGE or _may_be_mistaken(text, best, country):
        return Detected(UNSURE, False)
    return Detected(best, True)


def weigh(text: str, country: str = "") -> dict[str, float]:
    """Return by language how likely a text of a country is to be written in it; the shares add up to 1.

    Return none for a text without letters, or of which the detector does not know the script.
    """
    for code, own in _TOLD_BY_LETTERS.items():
        if code in languages_of(country) and _has_many(own, text):
            return {code: 1.0}
    values = _detector().compute_language_confidence_values(_without_addresses(text))
    found = {value.language.iso_code_639_1.name.lower(): value.value for value in values}
    _join(found, languages_of(country))
    likely = likely_in(country)
    for code in found:
        if code not in likely:
            found[code] *= _ELSEWHERE if code in EVERY_LANGUAGE else _NOWHERE
    total = sum(found.values())
    if not total:
        return {}
    return {code: share / total for code, share in found.items()}


def _join(found: dict[str, float], languages: Sequence[str]) -> None:
    """Give the shares of languages that are hardly different to the one that the country has."""
    here = [code for code in _ONE_LANGUAGE if code in languages]
    if here:
        best = max(here, key=lambda code: found.get(code, 0.0))
        found[best] = sum(found.pop(code, 0.0) for code in _ONE_LANGUAGE)


def _may_be_mistaken(text: str, code: str, country: str) -> bool:
    """Return whether a language that is not the country's may be one of its own that the detector does not know."""
    own = languages_of(country)
    return code not in own and any(
        language in own and _has_many(letters, text) for language, letters in _NOT_DETECTED.items()
    )


def _has_many(letters: re.Pattern[str], text: str) -> bool:
    return len(letters.findall(text)) * _ONE_LETTER_IN >= len(_LETTER.findall(text)) > 0


def _is_short(text: str) -> bool:
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if _WITHOUT_SPACES.search(text):
        return letters < _FEWEST_LETTERS_WITHOUT_SPACES
    return len(words) < _FEWEST_WORDS or letters < _FEWEST_LETTERS


def _without_addresses(text: str) -> str:
    return " ".join(_ADDRESS.sub(" ", word) for word in text[:_MOST_CHARACTERS].split())
