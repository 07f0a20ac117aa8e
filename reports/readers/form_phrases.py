"""The words of a form, in every language in which it exists, as plain words to look for in a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reports.document.alignment.similarity import word_ratio
from reports.document.tree import Document, Section
from reports.readers.file_text import FileText, plain_words

PhraseKind = Literal["title", "country", "target", "goal", "prompt"]

_LONG_PROMPT = 8  # words; a shorter one is not looked for at the start of a longer text
_LONGEST_COMPARED = 120  # words; the longest text of the forms has 52, and the cost grows with the square


@dataclass(frozen=True)
class Phrase:
    """Words of the form, and the codes that they announce.

    These are the year, a country's code, a target's number, or codes of goals or sections. One phrase can announce
    several: the prompts of all goals are worded alike.
    """

    kind: PhraseKind
    words: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class FormPhrases:
    """Every phrase of a form. `letters` maps "A" to the codes of all sections with that letter."""

    phrases: tuple[Phrase, ...]
    letters: Mapping[str, tuple[str, ...]]
    by_first_word: Mapping[str, tuple[Phrase, ...]]  # the longest first
    codes: Mapping[PhraseKind, frozenset[str]]
    prompt_vocabulary: frozenset[str]

    def at(self, text: FileText, position: int, *kinds: PhraseKind) -> tuple[Phrase, int] | None:
        """Return the longest phrase of these kinds that begins at this position, and the position where it ends."""
        if position >= len(text.words):
            return None
        for phrase in self.by_first_word.get(text.words[position], ()):
            if phrase.kind in kinds and (end := text.after(position, phrase.words)):
                return phrase, end
        return None

    def most_similar(
        self, words: Sequence[str], kind: PhraseKind, codes: Sequence[str] = ()
    ) -> tuple[Phrase | None, float]:
        """Return the phrase that has the most in common with these words, and its similarity from 0 to 1.

        With `codes`, consider only phrases that announce one of them.
        """
        best: tuple[Phrase | None, float] = (None, 0.0)
        if len(words) > _LONGEST_COMPARED:
            return best
        different = set(words)
        for phrase in self.phrases:
            if phrase.kind != kind or (codes and not set(codes) & set(phrase.codes)):
                continue
            # Most lines of a file share hardly a word with a phrase. This is cheaper than comparing their order.
            if len(different & set(phrase.words)) * 3 >= len(phrase.words):
                similarity = word_ratio(phrase.words, words)
                if similarity > best[1]:
                    best = phrase, similarity
        return best

    def most_similar_start(self, words: Sequence[str], codes: Sequence[str] = ()) -> tuple[Phrase, float, int] | None:
        """Return the prompt that the first of these words are most like, how similar they are, and how many they are.

        With `codes`, consider only prompts that announce one of them.
        """
        found = [
            (phrase, *similar_start(phrase, words))
            for phrase in self.phrases
            if phrase.kind == "prompt" and (not codes or set(codes) & set(phrase.codes))
            if len(phrase.words) >= _LONG_PROMPT and len(words) > len(phrase.words) // 2
        ]
        return max(found, key=lambda one: one[1], default=None)


def similar_start(phrase: Phrase, words: Sequence[str]) -> tuple[float, int]:
    """Return how similar the beginning of `words` is to a phrase, and how many words that beginning has.

    The beginning is the one that has most in common with the phrase: one word more or less would have less.
    """
    longest = min(len(words), 2 * len(phrase.words))
    return max(
        ((word_ratio(phrase.words, words[:count]), count) for count in range(len(phrase.words) // 2, longest + 1)),
        default=(0.0, len(words)),
    )


def phrases_of(blank_form: Document, countries: Mapping[str, tuple[str, ...]]) -> FormPhrases:
    """Return the phrases of a form. `countries` maps each country's code to every name it has."""
    codes_of: dict[tuple[PhraseKind, tuple[str, ...]], list[str]] = {}
    for kind, code, text in _texts(blank_form, countries):
        if words := _words_of_form(text):
            codes = codes_of.setdefault((kind, words), [])
            if code not in codes:
                codes.append(code)
    phrases = tuple(Phrase(kind, words, tuple(codes)) for (kind, words), codes in codes_of.items())
    letters: dict[str, tuple[str, ...]] = {}
    for section in blank_form.sections():
        if section.letter:
            letters[section.letter] = (*letters.get(section.letter, ()), section.code)
    by_first_word: dict[str, tuple[Phrase, ...]] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.words)):
        by_first_word[phrase.words[0]] = (*by_first_word.get(phrase.words[0], ()), phrase)
    kinds = {phrase.kind for phrase in phrases}
    return FormPhrases(
        phrases=phrases,
        letters=letters,
        by_first_word=by_first_word,
        codes={kind: frozenset(code for one in phrases if one.kind == kind for code in one.codes) for kind in kinds},
        prompt_vocabulary=frozenset(word for one in phrases if one.kind == "prompt" for word in one.words),
    )


@lru_cache(maxsize=4096)
def _words_of_form(text: str) -> tuple[str, ...]:
    """Return the plain words of a text of the form: the same hundreds of texts are asked for with every file."""
    return tuple(plain_words(text))


def _texts(blank_form: Document, countries: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[PhraseKind, str, str]]:
    """Yield the kind, the code and the text of every phrase, in every language."""
    for text in blank_form.form.title.values():
        yield "title", str(blank_form.form.year), text
    own = blank_form.country
    own_names = (*countries.get(own.code, ()), *own.name.values())
    for code, names in {**countries, own.code: own_names}.items():
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


def _prompts(section: Section) -> Iterator[str]:
    yield from section.heading.values()
    yield from section.prompt.values()
