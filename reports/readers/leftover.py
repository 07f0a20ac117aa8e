"""What a line says after the form's own words: the beginning of an answer, or words that nobody can be sure about.

The form's words claim themselves and nothing beyond them. People type an answer right behind its prompt, and programs
put the cells of a table side by side.
"""

import re
from dataclasses import dataclass

from reports.readers.file_text import HIDDEN

_NEXT_CELL = re.compile(r"[ *_]*(?:\t|\||\u00a0? {2,}\u00a0?)[\s|*_]*(?=\S)")
_NOTHING = re.compile(rf"[\s*_:?{HIDDEN}]*(?=(?:--|[–—])[\s*_{HIDDEN}]*$)")
_COLON = re.compile(r"[\s*_]*[:?](?:[\s*_]*(?=\S))|[\s]*\*+\s*")
_PUNCTUATION = re.compile(r"[\s*_]*[:?.–—-][\s*_]*|[\s]*\*+\s*")  # only after a prompt that has its letter
_NEW_SENTENCE = re.compile(r"[\s*_.]*(?=[A-ZÀ-ÖØ-Þ\d«“”„\"‘(•●▪■◦–—-])")
_SAME_SENTENCE = re.compile(r"[\s*_.,;]*(?=\S)")
_LONG_ENOUGH = 5  # words: with fewer, "Actions already undertaken The police …" could be a heading of the answer itself
_UNMISTAKABLE = 8  # words: nobody begins a sentence of an answer with so many words of a prompt


@dataclass(frozen=True)
class Leftover:
    """`start` is where it starts in its line. If it is no answer, it goes on with the sentence of the form's words."""

    start: int
    is_answer: bool


def leftover(line: str, end: int, words: int, *, is_lettered: bool) -> Leftover | None:
    """Return what follows the form's `words` words, which end at `end`; None if they are not the form's here."""
    sure = _NEXT_CELL.match(line, end) or (_PUNCTUATION if is_lettered else _COLON).match(line, end)
    if sure:
        return Leftover(sure.end(), is_answer=True)
    if words >= _LONG_ENOUGH and (found := _NEW_SENTENCE.match(line, end)):
        return Leftover(found.end(), is_answer=True)
    if (words >= _UNMISTAKABLE or is_lettered) and (found := _SAME_SENTENCE.match(line, end)):
        return Leftover(found.end(), is_answer=False)
    return None


def after_sentence(line: str, end: int) -> int:
    """Return where the words after `end` begin, past the punctuation that closes the form's words."""
    found = _SAME_SENTENCE.match(line, end)
    return found.end() if found else end


def nothing_behind(line: str, end: int) -> int:
    """Return where the "--" begins that alone follows the form's words in a line, 0 if there is none."""
    found = _NOTHING.match(line, end)
    return found.end() if found else 0
