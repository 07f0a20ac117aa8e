"""The language of a passage as Word wants it: with a region, and under the name of its kind of script.

Word has no spelling checker for "nl", but one for "nl-BE". A region never changes which language it is: readers take
the part before the hyphen.
"""

from reports.writers.word.elements import Element, w

# The region whose spelling most people use, for languages without their own country among the reporting ones, too.
REGIONS = {
    "ar": "SA",
    "bs": "Latn-BA",
    "bg": "BG",
    "cs": "CZ",
    "da": "DK",
    "de": "DE",
    "el": "GR",
    "en": "GB",
    "es": "ES",
    "et": "EE",
    "fi": "FI",
    "fr": "FR",
    "ga": "IE",
    "he": "IL",
    "hr": "HR",
    "hu": "HU",
    "hy": "AM",
    "it": "IT",
    "ja": "JP",
    "ka": "GE",
    "km": "KH",
    "ko": "KR",
    "lb": "LU",
    "lt": "LT",
    "lv": "LV",
    "mk": "MK",
    "mt": "MT",
    "nb": "NO",
    "nl": "NL",
    "no": "NO",
    "pl": "PL",
    "pt": "PT",
    "ro": "RO",
    "ru": "RU",
    "sk": "SK",
    "sl": "SI",
    "sq": "AL",
    "sr": "Latn-RS",
    "sv": "SE",
    "th": "TH",
    "tr": "TR",
    "uk": "UA",
    "vi": "VN",
}
# Languages that several reporting countries write, each with a spelling that Word knows.
OWN_SPELLING = {
    "de": {"AT", "BE", "CH", "DE", "LU"},
    "en": {"AU", "CA", "GB", "IE", "NZ", "PH", "US"},
    "es": {"ES", "MX"},
    "fr": {"BE", "CA", "CH", "FR", "LU"},
    "it": {"CH", "IT"},
    "nl": {"BE", "NL"},
    "sv": {"FI", "SE"},
}
EAST_ASIAN = {"ja", "ko", "zh"}
RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"}
COMPLEX = RIGHT_TO_LEFT | {"hi", "km", "th"}  # scripts for which Word has a second set of font and language


def base_of(language: str) -> str:
    return language.split("-")[0]


def is_right_to_left(language: str) -> bool:
    return base_of(language) in RIGHT_TO_LEFT


def with_region(language: str, country: str) -> str:
    """Return the language as Word names it, as the people of that country spell it."""
    if "-" in language:
        return language
    region = country if country in OWN_SPELLING.get(language, ()) else REGIONS.get(language, "")
    return f"{language}-{region}" if region else language


def language_element(language: str, country: str) -> Element:
    """Return the `lang` of a run. A reader that knows only `val` gets the language from it, too."""
    name = with_region(language, country)
    attributes = {"val": name}
    if base_of(language) in EAST_ASIAN:
        attributes["eastAsia"] = name
    if base_of(language) in COMPLEX:
        attributes["bidi"] = name
    return w("lang", **attributes)
