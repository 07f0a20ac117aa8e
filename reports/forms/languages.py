"""The choices of a passage's language."""

from collections.abc import Iterable

from django.utils.translation import gettext

from reports.languages import OTHER_LANGUAGES, PORTAL_LANGUAGES, language_name
from reports.sorting import sort_key


def passage_languages(*, also: str = "") -> list[tuple[str, str]]:
    """Return the choices for a passage's language, the portal's own languages first.

    `also` is the language that the passage has; without one, the first choice is "from the text", which detects it.
    """
    portal = [(code, language_name(code)) for code in PORTAL_LANGUAGES]
    others = {code: language_name(code) for code in OTHER_LANGUAGES}
    if also and also not in dict(portal):
        others[also] = language_name(also)
    first = [] if also else [("", gettext("from the text"))]
    return first + portal + sorted(others.items(), key=lambda choice: sort_key(choice[1]))


def languages_with(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return the choices for passages that may have languages beside those that the portal knows."""
    known = passage_languages()[1:]
    return known + [(code, language_name(code)) for code in sorted(set(codes) - set(dict(known)))]
