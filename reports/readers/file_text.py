"""The lines of a file, and the plain words in them.

The form's words are compared without capitals, accents, punctuation, marks and line breaks, because every program that
people export a form from changes these.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.document.characters import is_visible

# Characters that do not show, which word processors and web pages leave in a text: for a set in a pattern.
HIDDEN = r"\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")  # with combining accents: some programs write them decomposed


@dataclass(frozen=True)
class FileText:
    """The lines of a file, and all its plain words in a row.

    A *position* is an index in that row. `line_of` and `end_of` say for each position in which line the word is, and
    where in that line it ends. `first_of` says for each line at which position its words begin; it has one more entry,
    for the end of the file.
    """

    lines: Sequence[str]
    words: Sequence[str]
    line_of: Sequence[int]
    end_of: Sequence[int]
    first_of: Sequence[int]

    def words_of(self, line: int) -> Sequence[str]:
        return self.words[self.first_of[line] : self.first_of[line + 1]]

    def line_before(self, position: int) -> int:
        """Return the line of the word before this position."""
        return self.line_of[position - 1]

    def ends_line(self, position: int) -> bool:
        """Return whether the word before this position is the last one of its line."""
        return position == len(self.words) or self.line_of[position] != self.line_of[position - 1]

    def rest_of_line(self, position: int) -> str:
        """Return what follows the word before this position in its line."""
        return self.lines[self.line_before(position)][self.end_of[position - 1] :]

    def after(self, position: int, words: tuple[str, ...]) -> int:
        """Return the position after these words if they begin here, else 0."""
        end = position + len(words)
        return end if tuple(self.words[position:end]) == words else 0


def hides_all(line: str) -> bool:
    """Return whether a line has characters, and none of them shows. A form feed counts: there a page begins."""
    return bool(line) and "\f" not in line and not is_visible(line)


def index_lines(lines: Sequence[str]) -> FileText:
    words: list[str] = []
    line_of: list[int] = []
    end_of: list[int] = []
    first_of: list[int] = []
    for number, line in enumerate(lines):
        first_of.append(len(words))
        for word, end in _words(line):
            words.append(word)
            line_of.append(number)
            end_of.append(end)
    first_of.append(len(words))
    return FileText(lines, words, line_of, end_of, first_of)


def plain_words(text: str) -> list[str]:
    """Return the words of a text without capitals and accents."""
    return [word for word, _ in _words(text)]


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Yield each plain word and where it ends."""
    for found in _WORD.finditer(text):
        for word in _without_accents(found[0]):
            yield word, found.end()


def _without_accents(word: str) -> list[str]:
    if word.isascii():
        return [word.lower()]
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain.casefold())  # "½" becomes "1⁄2", which is two words
