"""The words of a form, in every language it exists in. Marks, capitals, punctuation and line breaks say nothing."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from reports.document.tree import Document, Section

Kind = Literal["title", "country", "target", "goal", "prompt"]

_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")


def plain_words(text: str) -> list[str]:
    """The words without capitals and accents."""
    return [word for word, _ in _words(text)]


def _words(text: str) -> Iterator[tuple[str, int]]:
    for found in _WORD.finditer(text):
        for word in _without_accents(found[0]):
            yield word, found.end()


def _without_accents(word: str) -> list[str]:
    if word.isascii():
        return [word.lower()]
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain.casefold())


class Words:
    """All words of a file in a row, each with its line and the place in the line where it ends."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.words: list[str] = []
        self.line: list[int] = []
        self.end: list[int] = []
        self.first: list[int] = []  # for each line, where its first word stands in the row
        for number, text in enumerate(lines):
            self.first.append(len(self.words))
            for word, end in _words(text):
                self.words.append(word)
                self.line.append(number)
                self.end.append(end)
        self.first.append(len(self.words))

    def of_line(self, line: int) -> list[str]:
        return self.words[self.first[line] : self.first[line + 1]]

    def ends_line(self, position: int) -> bool:
        """Whether the word before `position` is the last of its line."""
        return position == len(self.words) or self.line[position] != self.line[position - 1]

    def after(self, position: int, words: tuple[str, ...]) -> int:
        """The position after these words if they stand here, else 0."""
        end = position + len(words)
        return end if tuple(self.words[position:end]) == words else 0


@dataclass(frozen=True)
class Phrase:
    """Words of the form, and what they announce: numbers of targets, codes of goals or of sections."""

    kind: Kind
    words: tuple[str, ...]
    codes: tuple[str, ...]


class Wording:
    def __init__(self, blank_form: Document, countries: Mapping[str, tuple[str, ...]]) -> None:
        found: dict[tuple[Kind, tuple[str, ...]], list[str]] = {}
        for kind, code, text in _texts(blank_form, countries):
            if words := tuple(plain_words(text)):
                codes = found.setdefault((kind, words), [])
                if code not in codes:
                    codes.append(code)
        self.phrases = [Phrase(kind, words, tuple(codes)) for (kind, words), codes in found.items()]
        self.letters: dict[str, tuple[str, ...]] = {}  # the sections with each letter
        for section in blank_form.sections():
            if section.letter:
                self.letters[section.letter] = (*self.letters.get(section.letter, ()), section.code)
        self.by_first_word: dict[str, list[Phrase]] = {}
        for phrase in sorted(self.phrases, key=lambda phrase: -len(phrase.words)):
            self.by_first_word.setdefault(phrase.words[0], []).append(phrase)

    def at(self, words: Words, position: int, *kinds: Kind) -> tuple[Phrase, int] | None:
        """The longest phrase of these kinds that begins here, and where it ends."""
        if position >= len(words.words):
            return None
        for phrase in self.by_first_word.get(words.words[position], ()):
            if phrase.kind in kinds and (end := words.after(position, phrase.words)):
                return phrase, end
        return None

    def likest(self, words: Sequence[str], kind: Kind, codes: Sequence[str] = ()) -> tuple[Phrase | None, float]:
        """The phrase that shares most with these words, and how much: 1 is all. With `codes`, only theirs."""
        best: tuple[Phrase | None, float] = (None, 0.0)
        if len(words) > 120:
            return best
        for phrase in self.phrases:
            if phrase.kind != kind or (codes and not set(codes) & set(phrase.codes)):
                continue
            if len(set(words) & set(phrase.words)) * 3 >= len(phrase.words):
                likeness = SequenceMatcher(None, phrase.words, words, autojunk=False).ratio()
                if likeness > best[1]:
                    best = phrase, likeness
        return best


def _texts(blank_form: Document, countries: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Kind, str, str]]:
    for text in blank_form.form.title.values():
        yield "title", str(blank_form.form.year), text
    for code, names in {**countries, blank_form.country.code: own_names(blank_form, countries)}.items():
        for name in names:
            yield "country", code, name
    for target in blank_form.targets:
        for text in target.text.values():
            yield "target", str(target.number), text
        for goal in target.goals:
            for text in goal.text.values():
                yield "goal", goal.code, text
    for section in blank_form.sections():
        for text in _prompts(section):
            yield "prompt", section.code, text


def own_names(blank_form: Document, countries: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return (*countries.get(blank_form.country.code, ()), *blank_form.country.name.values())


def _prompts(section: Section) -> Iterator[str]:
    yield from section.heading.values()
    yield from section.prompt.values()
