"""The languages in which a passage may be written, as BCP 47 codes, and their names."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

# The languages of the portal itself, which are the alliance's own.
PORTAL_LANGUAGES = ["en", "nl", "fr"]
OTHER_LANGUAGES = [
    "ar",
    "bg",
    "bs",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "et",
    "fi",
    "ga",
    "he",
    "hr",
    "hu",
    "hy",
    "it",
    "ja",
    "ka",
    "km",
    "ko",
    "lt",
    "lv",
    "mk",
    "mt",
    "nb",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "th",
    "tr",
    "uk",
    "vi",
]

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
    """Return a language's name in the interface language, or the code itself if the portal does not know it."""
    base = code.split("-")[0]
    if base in OWN_NAMES:
        return str(OWN_NAMES[base])
    info = LANG_INFO.get(code) or LANG_INFO.get(base)
    return gettext(info["name"]).capitalize() if info and "name" in info else code


def language_within(code: str) -> str:
    """Return a language's name as used within a sentence: in French with a small first letter."""
    name = language_name(code)
    return name[:1].lower() + name[1:] if get_language() == "fr" else name
