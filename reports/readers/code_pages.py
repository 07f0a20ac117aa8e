"""Decode text whose bytes do not say which code page they are in: the one whose letters fit is the one.

Each code page of the country's languages is tried. A wrong one gives letters that these languages do not use, symbols
within words, or capitals after small letters.
"""

import codecs
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from reports.readers import language
from reports.readers.country_languages import LETTERS, SCRIPTS, languages_of

# By language: its code pages, that of Windows first, since it wins where several give the same text.
_CODE_PAGES = (
    ("pl cs sk hu sl hr bs sr ro sq", "cp1250 iso8859-2 mac-latin2 cp852"),
    ("bg ru uk sr mk", "cp1251 koi8-u iso8859-5 mac-cyrillic cp866"),
    ("el", "cp1253 iso8859-7 mac-greek cp737 cp869"),
    ("tr", "cp1254 iso8859-9 mac-turkish cp857"),
    ("et lt lv", "cp1257 iso8859-13 iso8859-4 cp775"),
    ("he", "cp1255 iso8859-8 cp862"),
    ("ar", "cp1256 iso8859-6 cp864"),
    ("mt", "iso8859-3"),
    ("vi", "cp1258"),
    ("th", "cp874"),
    ("ja", "cp932 euc-jp"),
    ("ko", "cp949"),
)
_WESTERN = ("cp1252", "iso8859-15", "mac-roman", "cp850", "cp437")  # of the portal's own languages, so in every country
MULTI_BYTE = ("cp932", "euc-jp", "cp949")
_NAMES = {
    "koi8-u": "KOI8-U",
    "mac-roman": "Mac Roman",
    "mac-latin2": "Mac Central European",
    "mac-cyrillic": "Mac Cyrillic",
    "mac-greek": "Mac Greek",
    "mac-turkish": "Mac Turkish",
    "cp932": "Shift JIS",
    "euc-jp": "EUC-JP",
    "cp949": "EUC-KR",
    "cp874": "Windows-874",
}

_MOST_JUDGED = 20_000  # bytes: more only cost time
_MOST_DETECTED = 100  # lines
_OWN_LETTER, _KNOWN_LETTER, _OTHER_LETTER = 1.0, 0.5, -1.0
_WITHIN_WORD = _MIXED_SCRIPTS = -2.0
_WRONG_CASE = -3.0
_RARE_SYMBOL = -1.0
_FREQUENT_LETTER = 1.0
_NO_CHARACTER = -10.0
_WORD_OF_FORM = 2.0
_CLEARLY = 0.5  # what a character that differs must count for, so that the better code page is certain
_LONGEST_EXCERPT = 60

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_WITH_OTHERS = re.compile("[\x00-\x1f!-\x7f]*[^\x00-\x7f][^ \t]*")  # a word with its marks
_WORD = re.compile(r"[^\W\d_]+")
_COMMON_SYMBOLS = frozenset("“”„‘’‚«»‹›–—…•·°§€£©®™½¼¾²³¹ªº¿¡№±\u00a0\u00ad\u202f")
_WITHIN_WORDS = frozenset("’‘·–—…\u00a0\u00ad\u202f®™ʼ")  # "l’école", "col·legi"
# Code pages of one script differ in the order of its letters, so the frequent ones tell them apart.
_FREQUENT = frozenset("оаеинтсрвлαοιετσνηυρ")
_ONLY_LAST = "ς"
_BEHIND_LETTERS = _WITHIN_WORDS | frozenset("“”»›°ªº²³¹")


@dataclass(frozen=True)
class Alphabet:
    """The letters of a country's languages, those of the portal's languages, and the form's words beyond ASCII."""

    country: str
    own: frozenset[str]
    known: frozenset[str]
    scripts: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()

    def weight(self, letter: str) -> float:
        if letter.lower() in self.own or (self.scripts and unicodedata.name(letter, "").startswith(self.scripts)):
            return _OWN_LETTER
        return _KNOWN_LETTER if letter.lower() in self.known else _OTHER_LETTER


@dataclass(frozen=True)
class Decoded:
    """A text, and the name of its code page. `rival` names another one that fits nearly as well, else ""."""

    text: str
    code_page: str
    rival: str = ""
    excerpt: str = ""


def alphabet_of(country: str, form_texts: Iterable[str] = ()) -> Alphabet:
    """Return the letters to expect in a country's form, whose own texts are `form_texts`."""
    own, known, scripts = _letters_of(country)
    words = {word for text in form_texts for word in _WORD.findall(text) if not word.isascii()}
    return Alphabet(country, own, known, scripts, frozenset(words))


@cache
def _letters_of(country: str) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    languages = languages_of(country)
    own = frozenset("".join(LETTERS.get(language, "") for language in languages))
    scripts = tuple(script for language in languages for script in SCRIPTS.get(language, ()))
    return own, frozenset(LETTERS["fr"] + LETTERS["nl"]), scripts


def decode(data: bytes, alphabet: Alphabet) -> Decoded:
    """Return text that is not in UTF-8, or not wholly: then only what is not UTF-8 is decoded by a code page."""
    characters = _BEYOND_ASCII.findall(data.decode("utf-8", errors="surrogateescape"))
    wrong = sum("\udc80" <= character <= "\udcff" for character in characters)
    is_utf_8 = len(characters) >= 2 * wrong
    sample = _sample(data, is_utf_8=is_utf_8)
    alphabets = _alphabets_of_lines(sample, alphabet)
    texts: dict[str, tuple[float, str]] = {}  # by text: how well it fits, and the first code page that gives it
    for page in code_pages_of(alphabet.country):
        if not (is_utf_8 and page in MULTI_BYTE):
            text = _decoded(sample, page, is_utf_8=is_utf_8)
            texts.setdefault(text, (judge(text, alphabet, alphabets), page))
    best, *others = sorted(texts, key=lambda text: texts[text][0], reverse=True)
    page = texts[best][1]
    decoded = Decoded(_decoded(data, page, is_utf_8=is_utf_8), name_of(page))
    for other in others[:1]:
        differing = _differing_letters(best, other)
        if texts[best][0] - texts[other][0] < _CLEARLY * differing:
            place = next((at for at, pair in enumerate(zip(best, other, strict=False)) if len(set(pair)) > 1), 0)
            return replace(decoded, rival=name_of(texts[other][1]), excerpt=excerpt_around(best, place))
    return decoded


def _sample(data: bytes, *, is_utf_8: bool) -> bytes:
    """Return the first lines that a code page must decode, as much of them as is judged."""
    lines: list[bytes] = []
    left = _MOST_JUDGED
    for line in data.split(b"\n"):
        if left > 0 and not (_is_in_utf_8(line) if is_utf_8 else line.isascii()):
            lines.append(line[:left])
            left -= len(line)
    return b"\n".join(lines)


def _is_in_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, page: str, *, is_utf_8: bool) -> str:
    if is_utf_8:
        return data.decode("utf-8-sig", errors=f"as-{page}")
    return unicodedata.normalize("NFC", data.decode(page, errors="replace"))


def _alphabets_of_lines(data: bytes, alphabet: Alphabet) -> dict[int, Alphabet]:
    """Return by line the letters of its language, where the words in ASCII suffice to say which one that is."""
    found: dict[int, Alphabet] = {}
    languages = {*languages_of(alphabet.country), "en", "nl", "fr"} & LETTERS.keys()
    for number, line in enumerate(data.split(b"\n")):
        if not line.isascii() and len(found) < _MOST_DETECTED:
            words = " ".join(word.decode() for word in line.split() if word.isascii())
            detected = language.detect(words, alphabet.country)
            if detected.sure and detected.code in languages:
                own = frozenset(LETTERS[detected.code])
                found[number] = replace(alphabet, own=own, known=alphabet.own | alphabet.known, scripts=())
    return found


def code_pages_of(country: str) -> tuple[str, ...]:
    """Return the code pages that a file from this country may be in, those of its first language first."""
    languages = languages_of(country)
    groups = [(users.split(), names.split()) for users, names in _CODE_PAGES]
    others = [page for users, names in groups if set(languages) & set(users) for page in names]
    is_western = not any(languages[0] in users for users, _ in groups) if languages else True
    return tuple(dict.fromkeys([*_WESTERN, *others] if is_western else [*others, *_WESTERN]))


def name_of(page: str) -> str:
    """Return a code page's name as programs show it: "Windows-1250", "ISO 8859-2", "DOS 852"."""
    if page in _NAMES:
        return _NAMES[page]
    if page.startswith("iso8859"):
        return page.replace("iso8859", "ISO 8859")
    return page.replace("cp125", "Windows-125") if page.startswith("cp125") else page.replace("cp", "DOS ")


def judge(text: str, alphabet: Alphabet, alphabets: Mapping[int, Alphabet] | None = None) -> float:
    """Return how well the characters beyond ASCII fit the languages: higher is better, 0 if there are none.

    `alphabets` are those of single lines whose language is known.
    """
    score = 0.0
    for number, line in enumerate(text.split("\n")):
        letters = (alphabets or {}).get(number, alphabet)
        for found in () if line.isascii() else _WITH_OTHERS.finditer(line):
            score += sum(_WORD_OF_FORM for word in _WORD.findall(found[0]) if word in alphabet.words)
            score += sum(_fits(found[0], letters))
    return score


def faults(text: str, alphabet: Alphabet) -> int:
    """Return how many characters beyond ASCII do not fit the languages, or where they stand."""
    return sum(fit < 0 for found in _WITH_OTHERS.finditer(text) for fit in _fits(found[0], alphabet))


def _fits(word: str, alphabet: Alphabet) -> Iterator[float]:
    """Yield how well each character beyond ASCII fits in a word with the marks around it."""
    was_small = False
    for place, character in enumerate(word):
        before, after = word[max(0, place - 2) : place], word[place + 1 : place + 2]
        was_small = character.isalpha() and (character.islower() or was_small)
        if not character.isascii():
            is_wrong = was_small and character.isupper()
            is_wrong |= character.islower() and len(before) == 2 and before.isupper()
            yield _fit(character, before, after, alphabet) + is_wrong * _WRONG_CASE


def _fit(character: str, before: str, after: str, alphabet: Alphabet) -> float:
    kind, last = unicodedata.category(character), before[-1:]
    if character == "\N{REPLACEMENT CHARACTER}" or kind in ("Cc", "Co", "Cn", "Cs"):
        return _NO_CHARACTER
    if kind[0] in "LM":
        mixed = any(other.isalpha() and _is_latin(other) != _is_latin(character) for other in (last, after))
        score = (
            alphabet.weight(character) + mixed * _MIXED_SCRIPTS + _FREQUENT_LETTER * (character.lower() in _FREQUENT)
        )
        if character == _ONLY_LAST and after.isalpha():
            score += _WITHIN_WORD
        return score
    score = 0.0 if character in _COMMON_SYMBOLS else _RARE_SYMBOL
    if last.isalpha() and character not in (_WITHIN_WORDS if after.isalpha() else _BEHIND_LETTERS):
        score += _WITHIN_WORD
    return score


def _is_latin(letter: str) -> bool:
    return letter < "\u0370" or "\u1e00" <= letter < "\u1f00"  # with combining accents


def _differing_letters(one: str, two: str) -> int:
    """Return how many letters differ between two readings of a file."""
    if len(one) != len(two):
        return sum(a.isalpha() for a in _BEYOND_ASCII.findall(one))
    return sum(a != b and (a.isalpha() or b.isalpha()) for a, b in zip(one, two, strict=True))


def excerpt_around(text: str, place: int) -> str:
    """Return the words around a place, in one line."""
    start = max(0, place - _LONGEST_EXCERPT // 2)
    words = text[start : start + _LONGEST_EXCERPT].split()
    is_cut_before, is_cut_after = start > 0, start + _LONGEST_EXCERPT < len(text)
    return " ".join(words[is_cut_before and len(words) > 2 : len(words) - (is_cut_after and len(words) > 2)])


def _as_code_page(page: str, error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode(page, errors="replace"), error.end


def _register(pages: Collection[str]) -> None:
    """Let `data.decode("utf-8", errors="as-cp1250")` decode by that code page what is not UTF-8."""
    for page in pages:
        codecs.register_error(f"as-{page}", partial(_as_code_page, page))


_register([*_WESTERN, *(page for _, names in _CODE_PAGES for page in names.split())])
