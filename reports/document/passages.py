"""Where a passage that somebody quoted is in a later version of its text.

A passage is found by its words, so that the text needs no marks: first as it was, then between the words that stood
around it, then where most of its words are. What none of these finds is gone, and is found again when it comes back.

Every step takes a time in proportion to the text: only a few windows of it are compared word by word with the passage,
whose length is bounded too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from rapidfuzz.distance import LCSseq

from reports.document import richtext

LONGEST_QUOTE = 1_000  # characters: two long paragraphs
LONGEST_CONTEXT = 60  # characters on each side
MOST_REMAIN = 0.5  # a passage is followed while more than this share of its letters remains, in order
_WINDOWS = 8  # places of the text that are compared word by word
_MOST_PLACES = 200  # of equal passages that are compared by their surroundings
_ALIKE = 3  # characters of the surroundings from which on equal words are surely the passage
_CONTEXT_WORDS = 4  # on each side, where the passage itself was rewritten
_ROOM = 8  # words that may have been added to the shortest passage
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Quote:
    """The words of a passage, and of what stood before and after it, folded like the text."""

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Passage:
    """Where a quote is now: text[start:end], and how many equal passages there are before it in the text."""

    start: int
    end: int
    words: str
    occurrence: int


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int


def folded(text: str) -> str:
    """Return a text with one space for each run of white space, as quotes and texts are compared."""
    return " ".join(text.split())


def text_of(html: str) -> str:
    """Return the folded text of a rich text."""
    return folded(richtext.text_content(html))


def shortened(words: str) -> str:
    """Return a quote that is not longer than LONGEST_QUOTE, cut after a word."""
    words = folded(words)
    return words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0]


def find(quote: Quote, text: str) -> Passage | None:
    """Return the place of the quote in a folded text; None where it is gone."""
    found, likeness = _exactly(quote, text)
    if found and likeness >= _ALIKE:
        return found
    # Equal words elsewhere, such as a number, are less likely the passage than what is now in its place.
    span = _between(quote, text)
    if span is None and found:
        return found
    span = span or _most_similar(quote, text)
    if span is None:
        return None
    words = text[slice(*span)]
    occurrence = sum(1 for _at in takewhile(lambda at: at < span[0], _occurrences(words, text)))
    return Passage(*span, words, occurrence)


def find_exactly(quote: Quote, text: str) -> Passage | None:
    """Return the place of the same words; None where they are not in the text."""
    return _exactly(quote, text)[0]


def _exactly(quote: Quote, text: str) -> tuple[Passage | None, int]:
    """Return the place of the same words, and how alike its surroundings are. Of several, it is the most alike."""
    best, alike = None, -1
    for number, at in enumerate(islice(_occurrences(quote.words, text), _MOST_PLACES)):
        end = at + len(quote.words)
        likeness = _likeness(quote, text, at, end)
        if likeness > alike and _is_whole(quote, text, at, end):
            best, alike = Passage(at, end, quote.words, number), likeness
    return best, alike


def _is_whole(quote: Quote, text: str, start: int, end: int) -> bool:
    """Return whether the words at this place do not begin or end inside a word, unless the quote itself did."""
    begins_inside = text[max(0, start - 1) : start + 1].isalnum() and start > 0 and not quote.before[-1:].isalnum()
    ends_inside = text[end - 1 : end + 1].isalnum() and end < len(text) and not quote.after[:1].isalnum()
    return not begins_inside and not ends_inside


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Yield where the words begin in the text. Occurrences may overlap, as they may for the page's script."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _likeness(quote: Quote, text: str, start: int, end: int) -> int:
    """Return how many characters around text[start:end] are those that stood around the quote."""
    before = text[max(0, start - LONGEST_CONTEXT) : start]
    after = text[end : end + LONGEST_CONTEXT]
    return _common_start(before[::-1], quote.before[::-1]) + _common_start(after, quote.after)


def _common_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _words(text: str) -> list[_Word]:
    return [_Word(at[0].casefold(), at.start(), at.end()) for at in _WORD.finditer(text)]


def _letters(words: Sequence[_Word]) -> int:
    """Return the letters of these words. They weigh a match: "of the" says less than "magistrates"."""
    return sum(len(word.text) for word in words)


def _most_similar(quote: Quote, text: str) -> tuple[int, int] | None:
    """Return where most of the quote's words are, in order; None where too little of it remains."""
    wanted, words = _words(quote.words), _words(text)
    best, score = None, MOST_REMAIN * _letters(wanted)
    for start, end in _windows(wanted, words):
        blocks = LCSseq.opcodes(
            [word.text for word in wanted], [word.text for word in words[start:end]]
        ).as_matching_blocks()
        here = [start + block.b + step for block in blocks for step in range(block.size)]
        found = _letters([words[at] for at in here])
        if found > score:
            best, score = (words[here[0]].start, words[here[-1]].end), found
    return best


def _windows(wanted: Sequence[_Word], words: Sequence[_Word]) -> list[tuple[int, int]]:
    """Return the ranges of `words` that have the most of the wanted ones in any order, the most first.

    Each has room for the passage and as much again; those that overlap a better one are left out.
    """
    room = 2 * len(wanted) + _ROOM
    step = max(1, len(wanted) // 4)
    need = Counter(word.text for word in wanted)
    held: Counter[str] = Counter()
    scores: list[tuple[int, int]] = []
    score = 0
    for at, word in enumerate(words):
        held[word.text] += 1
        score += len(word.text) if held[word.text] <= need[word.text] else 0
        if at >= room:
            left = words[at - room].text
            score -= len(left) if held[left] <= need[left] else 0
            held[left] -= 1
        if at % step == 0 or at == len(words) - 1:
            scores.append((score, max(0, at + 1 - room)))
    chosen: list[int] = []
    for found, start in sorted(scores, key=lambda one: (-one[0], one[1])):
        if not found or len(chosen) == _WINDOWS:
            break
        if all(abs(start - other) >= room // 4 for other in chosen):
            chosen.append(start)
    return [(start, start + room) for start in chosen]


def _between(quote: Quote, text: str) -> tuple[int, int] | None:
    """Return what stands between the words that were around the passage, where each side occurs exactly once.

    So "14 days" is followed to "a fortnight". Nothing between them means that the passage was taken out.
    """
    before = [word.text for word in _words(quote.before)][-_CONTEXT_WORDS:]
    after = [word.text for word in _words(quote.after)][:_CONTEXT_WORDS]
    if len(before) < 2 or len(after) < 2:
        return None
    words = _words(text)
    texts = [word.text for word in words]
    ends = [at + len(before) for at in _places(before, texts)]
    starts = _places(after, texts)
    most = 2 * len(_words(quote.words)) + _ROOM
    if len(ends) != 1 or len(starts) != 1 or not 0 < starts[0] - ends[0] <= most:
        return None
    return words[ends[0]].start, words[starts[0] - 1].end


def _places(wanted: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Return where a run of words begins."""
    length = len(wanted)
    return [at for at, text in enumerate(texts) if text == wanted[0] and texts[at : at + length] == list(wanted)]
