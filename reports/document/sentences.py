"""Where a sentence ends, and what changes its meaning wherever it stands. In doubt a sentence goes on.

A merge asks this (merge_words.py): a sentence end that is missed makes a conflict more, one that is imagined could make
a sentence that nobody wrote.
"""

import re
from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENDS = ".!?…"
_CLOSING = "\"')]»”’“›"  # “ closes in German
_OPENING = "\"'([«“„‘‹¿¡"
_NOT_LETTERS = re.compile(r"\W")
_AROUND = re.compile(r"^\W+|\W+$")
_SHORTEST = 3  # letters: "J.", "p.", "Nr." and "cf." are seldom the last word of a sentence
# Abbreviations of three letters or more, in the languages of the forms; a person or a number often follows them.
_ABBREVIATIONS = _words(
    "mrs mme mlle prof drs ing art arts par para sec chap vol fig tab incl excl resp approx bijv nrs blz pag ed eds "
    "etc usw bzw abs ziff str ust pkt odst tzv min max tel ext est fam gen col jan feb mar apr jun jul aug sep sept "
    "oct okt nov dec dez juill janv févr déc"
)
# Words that turn a sentence into its opposite, in the official languages of the union. Not those that mean something
# else in another language more often than they deny in their own.
_DENYING = _words(
    """
    no not never none nobody nothing neither nor without cannot
    niet geen nooit noch niemand niets zonder nergens
    ne pas jamais aucun aucune sans ni non rien nul nulle
    nicht kein keine keinen keinem keiner keines nie niemals nichts ohne weder
    nunca sin ninguno ninguna ningún nadie tampoco não nenhum nenhuma sem nem ninguém
    mai nessun nessuno nessuna senza né niente
    inte ingen inga intet aldrig utan ikke aldri uden
    ei eivät emme ette ilman ära pole mitte nem nincs nincsenek nélkül soha
    nie nigdy bez żaden żadna nikt není nejsou nikdy žádný žádná nikto nebol nebola nebolo
    nije nisu nisam ni niso brez nikoli nu nici fără niciun nicio
    nav nebija nevar nėra nebuvo negali
    δεν δε μη μην όχι χωρίς ποτέ не няма без никога mhux ma bla níl gan
    """
)


def ends_sentence(word: str) -> bool:
    """Return whether a sentence may end with this word and what is attached to it: “guide.”, “guide.)”."""
    bare = word.rstrip(_CLOSING)
    if not bare or bare[-1] not in ENDS:
        return False
    if bare[-1] != ".":
        return True
    core = bare.rstrip(ENDS).lstrip(_OPENING)
    if core.isdigit():
        return len(core) > 2  # a year may end one; "3." counts, or is a date
    letters = _NOT_LETTERS.sub("", core)
    return len(letters) >= _SHORTEST and core.casefold() not in _ABBREVIATIONS and "." not in core


def begins_sentence(word: str) -> bool:
    """Return whether a sentence may begin with this word: it has a capital, or its script has none."""
    first = word.lstrip(_OPENING)[:1]
    return first.isalpha() and not first.islower()


def figures(words: Iterable[str]) -> list[str]:
    """Return the words that are or contain figures, in order."""
    return [word for word in words if any(letter.isdigit() for letter in word)]


def denials(words: Iterable[str]) -> list[str]:
    """Return the words that deny, in order, without what is attached to them."""
    return [bare for word in words if (bare := _denial(word))]


def _denial(word: str) -> str:
    bare = _AROUND.sub("", word).casefold()
    first, _apostrophe, rest = bare.replace("’", "'").partition("'")
    if first == "n" or (first.endswith("n") and rest == "t"):
        return "not"  # "n'a", "didn't"
    return bare if bare in _DENYING else ""
