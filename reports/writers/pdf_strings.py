"""The text of the official form that no document has, in each form language."""

from dataclasses import dataclass

OFFICIAL = "en"  # the only official language of the form; a print in another one is a copy


@dataclass(frozen=True)
class Strings:
    target: str  # on a line of its own, above the target's text
    target_run_in: str  # in one line with the target's text
    goal: str
    draft: str
    copy: str
    answers_translated: str
    answers_original: str
    answers_marked: str  # in place of answers_translated, where a translation has marks
    form_translated: str
    original_in: str
    original_coded: str
    not_wanted: str
    older: str
    by_machine: str
    machine_older: str
    by_secretariat: str
    by_country: str
    contents: str
    all_countries: str
    left_blank: str  # before the names of countries
    colon: str  # between a heading and the question


STRINGS = {
    "en": Strings(
        target="Policy Target No. {number}",
        target_run_in="Policy target No. {number}:",
        goal="Operational Goal:",
        draft="Draft",
        copy="Translation",
        answers_translated="Translation: only the answers that carry a note are printed in their original language.",
        answers_original="Translation: the answers are printed in their original language.",
        answers_marked=(
            "Translation: a note says what is printed in its original language, and which translation is for an older"
            " wording, or by a machine or the secretariat."
        ),
        form_translated="The text of the form is the portal’s own translation.",
        original_in="Original text in {language}",
        original_coded="Original text (language: {language})",
        not_wanted="{original}; no translation wanted",
        older="Translation for an older wording",
        by_machine="Machine translation, not read by a person yet",
        machine_older="Machine translation for an older wording, not read by a person yet",
        by_secretariat="Translation by the secretariat",
        by_country="Translation by the country",
        contents="Contents",
        all_countries="All countries, goal by goal",
        left_blank="Left blank by:",
        colon=": ",
    ),
    "nl": Strings(
        target="Beleidsdoelstelling nr. {number}",
        target_run_in="Beleidsdoelstelling nr. {number}:",
        goal="Operationeel doel:",
        draft="Concept",
        copy="Vertaling",
        answers_translated=(
            "Vertaling: alleen de antwoorden met een vermelding zijn in hun oorspronkelijke taal afgedrukt."
        ),
        answers_original="Vertaling: de antwoorden zijn in hun oorspronkelijke taal afgedrukt.",
        answers_marked=(
            "Vertaling: een vermelding zegt wat in de oorspronkelijke taal is afgedrukt, en welke vertaling bij een"
            " oudere tekst hoort of van een machine of het secretariaat komt."
        ),
        form_translated="De tekst van het formulier is een vertaling van het portaal zelf.",
        original_in="Oorspronkelijke tekst in het {language}",
        original_coded="Oorspronkelijke tekst (taal: {language})",
        not_wanted="{original}; geen vertaling gewenst",
        older="Vertaling bij een oudere tekst",
        by_machine="Machinevertaling, nog niet door een persoon gelezen",
        machine_older="Machinevertaling bij een oudere tekst, nog niet door een persoon gelezen",
        by_secretariat="Vertaling van het secretariaat",
        by_country="Vertaling van het land",
        contents="Inhoud",
        all_countries="Alle landen, per doel",
        left_blank="Leeggelaten door:",
        colon=": ",
    ),
    "fr": Strings(
        target="Objectif stratégique n°\u00a0{number}",
        target_run_in="Objectif stratégique n°\u00a0{number}\u00a0:",
        goal="But opérationnel\u00a0:",
        draft="Brouillon",
        copy="Traduction",
        answers_translated=(
            "Traduction\u00a0: seules les réponses qui portent une mention sont imprimées dans leur langue d’origine."
        ),
        answers_original="Traduction\u00a0: les réponses sont imprimées dans leur langue d’origine.",
        answers_marked=(
            "Traduction\u00a0: une mention indique ce qui est imprimé dans la langue d’origine, et quelle traduction"
            " correspond à un texte antérieur ou provient d’une machine ou du secrétariat."
        ),
        form_translated="Le texte du formulaire est une traduction propre au portail.",
        original_in="Texte original en {language}",
        original_coded="Texte original (langue\u00a0: {language})",
        not_wanted="{original}\u202f; aucune traduction souhaitée",
        older="Traduction d’un texte antérieur",
        by_machine="Traduction automatique, pas encore lue par une personne",
        machine_older="Traduction automatique d’un texte antérieur, pas encore lue par une personne",
        by_secretariat="Traduction du secrétariat",
        by_country="Traduction du pays",
        contents="Table des matières",
        all_countries="Tous les pays, but par but",
        left_blank="Laissé vide par\u00a0:",
        colon="\u00a0: ",
    ),
}

# The languages of the alliance's countries, in the form that follows "in", "in het" and "en".
LANGUAGE_NAMES = {
    "bg": ("Bulgarian", "Bulgaars", "bulgare"),
    "bs": ("Bosnian", "Bosnisch", "bosnien"),
    "cs": ("Czech", "Tsjechisch", "tchèque"),
    "da": ("Danish", "Deens", "danois"),
    "de": ("German", "Duits", "allemand"),
    "el": ("Greek", "Grieks", "grec"),
    "en": ("English", "Engels", "anglais"),
    "es": ("Spanish", "Spaans", "espagnol"),
    "et": ("Estonian", "Ests", "estonien"),
    "fi": ("Finnish", "Fins", "finnois"),
    "fr": ("French", "Frans", "français"),
    "ga": ("Irish", "Iers", "irlandais"),
    "hr": ("Croatian", "Kroatisch", "croate"),
    "hu": ("Hungarian", "Hongaars", "hongrois"),
    "it": ("Italian", "Italiaans", "italien"),
    "lb": ("Luxembourgish", "Luxemburgs", "luxembourgeois"),
    "lt": ("Lithuanian", "Litouws", "lituanien"),
    "lv": ("Latvian", "Lets", "letton"),
    "mk": ("Macedonian", "Macedonisch", "macédonien"),
    "mt": ("Maltese", "Maltees", "maltais"),
    "nb": ("Norwegian", "Noors", "norvégien"),
    "nl": ("Dutch", "Nederlands", "néerlandais"),
    "no": ("Norwegian", "Noors", "norvégien"),
    "pl": ("Polish", "Pools", "polonais"),
    "pt": ("Portuguese", "Portugees", "portugais"),
    "ro": ("Romanian", "Roemeens", "roumain"),
    "sk": ("Slovak", "Slowaaks", "slovaque"),
    "sl": ("Slovenian", "Sloveens", "slovène"),
    "sq": ("Albanian", "Albanees", "albanais"),
    "sr": ("Serbian", "Servisch", "serbe"),
    "sv": ("Swedish", "Zweeds", "suédois"),
    "tr": ("Turkish", "Turks", "turc"),
    "uk": ("Ukrainian", "Oekraïens", "ukrainien"),
}


def original_note(language: str, written_in: str) -> str:
    """Return the note above a text that is printed in its original `language`. The note itself is in `written_in`."""
    words = STRINGS[written_in]
    names = LANGUAGE_NAMES.get(language.split("-")[0])
    if names is None:
        return words.original_coded.format(language=language)
    return words.original_in.format(language=names[tuple(STRINGS).index(written_in)])
