"""The languages in which a passage may be written."""

import unicodedata

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from reports.rules.languages import OTHERS, OWN

# Languages that Django does not name, or not as the printed form does.
OWN_NAMES = {
    "bs": _("Bosnian"),
    "fi": _("Finnish"),
    "mt": _("Maltese"),
    "nb": _("Norwegian Bokmål"),
    "no": _("Norwegian"),
    "sk": _("Slovak"),
    "sq": _("Albanian"),
    "tl": _("Filipino"),
}


def language_name(code: str) -> str:
    """A language's name in the interface's language; the bare code for one the portal does not know."""
    base = code.split("-")[0]
    if base in OWN_NAMES:
        return str(OWN_NAMES[base])
    info = LANG_INFO.get(code) or LANG_INFO.get(base)
    return gettext(info["name"]).capitalize() if info and "name" in info else code


def language_within(code: str) -> str:
    """A language's name within a sentence or after a colon: French then begins it with a small letter."""
    name = language_name(code)
    return name[:1].lower() + name[1:] if get_language() == "fr" else name


def sort_key(name: str) -> str:
    """For sorting names as people do: é beside e, capitals beside small letters."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower() or name


def passage_languages(*, also: str = "") -> list[tuple[str, str]]:
    """Choices for a passage's language. `also` is the one it has; without one, "from the text" finds it out."""
    portal = [(code, language_name(code)) for code in OWN]
    others = {code: language_name(code) for code in OTHERS}
    if also and also not in dict(portal):
        others[also] = language_name(also)
    first = [] if also else [("", gettext("from the text"))]
    return first + portal + sorted(others.items(), key=lambda choice: sort_key(choice[1]))
