"""Properties of merging words that hold for any paragraph and for many editors."""

import random
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, permutations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from reports.document.alignment.blocks import align_blocks
from reports.document.block import blocks
from reports.document.merge import Merged, merge
from reports.document.merge_words import APART
from reports.document.richtext import normalise, text_content
from tests.document.test_merge_properties import said, saved_in_turn_from, seeds

LETTERS = "bcdfghjklpqrstvwxz"  # no word of these denies
many = settings(max_examples=300)

# Any three paragraphs: short words that repeat, in sentences that end in all kinds of ways.

WORDS = [
    "a",
    "b",
    "The",
    "Police",
    "trains.",
    "end.",
    "Yes.",
    "no",
    "not",
    "12",
    "2013.",
    "art.",
    "e.g.",
    "(So.)",
    "<br>",
]
WORDS += ["<strong>The</strong>", "<em>end.</em>", "10<sup>2</sup>", '<a href="https://example.org/">x</a>', "&amp;"]
any_words = st.lists(st.sampled_from(WORDS), max_size=25)


@st.composite
def edits_of(draw, base):
    now = list(base)
    for _ in range(draw(st.integers(0, 4))):
        at, new = draw(st.integers(0, len(now))), draw(st.lists(st.sampled_from(WORDS), max_size=6))
        now[at : at + draw(st.integers(0, 3))] = new
    return now


@st.composite
def three_paragraphs(draw):
    base = draw(any_words)
    return tuple(paragraph(words) for words in (base, draw(edits_of(base)), draw(edits_of(base))))


def paragraph(words: Iterable[str]) -> str:
    return normalise(f"<p>{' '.join(words)}</p>")


@given(three_paragraphs())
@many
def test_a_side_without_changes_changes_nothing(texts):
    base, mine, theirs = texts
    assert merge(base, mine, base) == Merged(mine, ())
    assert merge(base, base, theirs) == Merged(theirs, ())
    assert merge(base, mine, mine) == Merged(mine, ())


@given(three_paragraphs())
@many
def test_the_result_is_in_normal_form_and_stays(texts):
    base, mine, theirs = texts
    merged = merge(base, mine, theirs)
    assert normalise(merged.html) == merged.html
    assert merge(mine, merged.html, merged.html) == merge(theirs, merged.html, theirs) == Merged(merged.html, ())


@given(three_paragraphs())
@many
def test_nothing_written_is_lost(texts):
    base, mine, theirs = texts
    merged = merge(base, mine, theirs)
    assert said(mine, theirs) - said(base) <= said(merged.html, *(conflict.mine for conflict in merged.conflicts))


@given(three_paragraphs())
@many
def test_the_order_of_saving_changes_nothing_within_a_paragraph(texts):
    base, mine, theirs = texts
    merged, swapped = merge(base, mine, theirs), merge(base, theirs, mine)
    assert [(one.mine, one.theirs) for one in merged.conflicts] == [(one.theirs, one.mine) for one in swapped.conflicts]
    if not merged.conflicts and base and mine and theirs:
        assert sorted(merged.html) == sorted(swapped.html)


# Many editors of sentences whose words occur once: what comes out is known beforehand.


class Sentences:
    """A paragraph whose sentences have one editor each. Every editor leaves both ends of a sentence as they were."""

    def __init__(self, seed: int, editors: int) -> None:
        self.chance = random.Random(seed)
        self.number = 0
        self.base = [self.sentence() for _ in range(self.chance.randint(1, 8))]
        owners = [self.chance.randrange(editors) for _ in self.base]
        self.changed = [self.edited(words) if self.chance.random() < 0.7 else [words] for words in self.base]
        self.texts = [
            text(
                part
                for at, was in enumerate(self.base)
                for part in (self.changed[at] if owners[at] == editor else [was])
            )
            for editor in range(editors)
        ]

    def fresh(self) -> str:
        self.number += 1
        return "".join(self.chance.choices(LETTERS, k=3)) + "bcdfghjklp"[self.number % 10] * (self.number // 10 + 1)

    def sentence(self) -> list[str]:
        words = [self.fresh() for _ in range(self.chance.randint(4, 12))]
        return [words[0].capitalize(), *words[1:-1], self.marked(words[-1]) + self.chance.choice([".", "!", "?", ".)"])]

    def marked(self, word: str) -> str:
        return f"<em>{word}</em>" if self.chance.random() < 0.1 else word

    def edited(self, words: list[str]) -> list[list[str]]:
        """Return the sentence with some changed words, perhaps with another one after it."""
        now = list(words)
        for _ in range(self.chance.randint(1, 3)):
            at = self.chance.randint(1, len(now) - 1)
            now[at : min(at + self.chance.randint(0, 2), len(now) - 1)] = [
                self.marked(self.fresh()) for _ in range(self.chance.randint(0, 3))
            ]
        return [now, self.sentence()] if self.chance.random() < 0.3 else [now]


def text(sentences: Iterable[list[str]]) -> str:
    return paragraph(word for words in sentences for word in words)


@given(seeds, st.integers(2, 6))
@example(0, 6)
@settings(max_examples=200)
def test_many_editors_of_one_paragraph(seed, editors):
    """In any order there is no conflict, and the text has the change of each sentence, to the letter."""
    team = Sentences(seed, editors)
    expected = text(part for parts in team.changed for part in parts)
    assume(all(is_same_paragraph(text(team.base), one) for one in (*team.texts, expected)))
    orders = list(permutations(range(editors)))
    for order in team.chance.sample(orders, min(4, len(orders))):
        merged = saved_in_turn_from(text(team.base), [team.texts[editor] for editor in order])
        assert merged == Merged(expected, ())


def is_same_paragraph(one: str, other: str) -> bool:
    """Return whether the blocks are paired: a short paragraph that grew to a long one is another paragraph."""
    return bool(align_blocks(blocks(one), blocks(other)))


class Clash(Sentences):
    """A paragraph that two editors change anywhere: each word is theirs, mine or of the base."""

    def side(self, *, only_adds: bool, moves: bool = True) -> tuple[str, set[str], set[str]]:
        """Return the text of one side, what it added and what it removed."""
        now = [word for words in self.base for word in words]
        was = set(now)
        for _ in range(self.chance.randint(1, 3)):
            at = self.chance.randint(0, len(now))
            new = [self.fresh() for _ in range(self.chance.randint(int(only_adds), 2))]
            now[at : at + (0 if only_adds else self.chance.randint(0, 3))] = new
        if moves and not only_adds and self.chance.random() < 0.2:
            cut = self.chance.randint(0, len(now))
            now = now[cut:] + now[:cut]
        return paragraph(now), bare(now) - bare(was), bare(was) - bare(now)


def bare(words: Iterable[str]) -> set[str]:
    return set(re.findall(r"\w+", re.sub("<[^>]*>", "", " ".join(words).replace("</p>", " "))))


@given(seeds)
@settings(max_examples=400)
def test_each_word_of_a_clash_is_merged_or_shown(seed):
    """What either added is in the text or in the conflict; what either removed is gone, or in the conflict."""
    clash = Clash(seed, 2)
    mine, added, removed = clash.side(only_adds=False)
    theirs, also_added, also_removed = clash.side(only_adds=False)
    merged = merge(text(clash.base), mine, theirs)
    now = bare([merged.html])
    if merged.conflicts:
        assert added | also_added <= now | bare(one.mine for one in merged.conflicts)
    else:
        assert added | also_added <= now
    # A paragraph that one rewrote or emptied is another one; what is left of the old one stands beside it.
    if not merged.conflicts and mine and theirs and "</p><p>" not in merged.html:
        assert not (removed | also_removed) & now


@given(seeds)
@example(39909724)  # mine grew so much that it is another paragraph: both stand in the text
@settings(max_examples=400)
def test_no_sentence_has_changes_of_both_close_together(seed):
    """Between a word of mine and one of theirs a sentence ends, or enough words of the base stand."""
    clash = Clash(seed, 2)
    mine, added, _ = clash.side(only_adds=True)
    theirs, also_added, _ = clash.side(only_adds=True)
    assume(is_same_paragraph(text(clash.base), mine) and is_same_paragraph(text(clash.base), theirs))
    merged = merge(text(clash.base), mine, theirs)
    if not merged.conflicts:
        for distance in distances(text_content(merged.html), added, also_added):
            assert distance >= APART


@given(seeds)
@settings(max_examples=300)
def test_changes_far_apart_in_one_sentence_are_merged(seed):
    clash = Clash(seed, 2)
    clash.base = [clash.sentence()[:-1] + [clash.fresh() for _ in range(20)]]
    (words,) = clash.base
    at, also_at = sorted(clash.chance.sample(range(1, len(words)), 2))
    one, other = [*words[:at], "mine", *words[at:]], [*words[:also_at], "theirs", *words[also_at:]]
    both = [*words[:at], "mine", *words[at:also_at], "theirs", *words[also_at:]]
    merged = merge(paragraph(words), paragraph(one), paragraph(other))
    assert merged.conflicts == () if also_at - at >= APART else len(merged.conflicts) == 1
    assert merged.html == paragraph(other if merged.conflicts else both)


def distances(merged: str, mine: set[str], theirs: set[str]) -> Iterator[int]:
    """Yield how many words are between each word of mine and the next of theirs in one sentence, and the other way."""
    for sentence in re.split(r"(?<=[.!?])\)?\s+(?=[A-Z])", merged):
        owners = [word in theirs if word in mine | theirs else None for word in re.findall(r"\w+", sentence)]
        places = [(at, owner) for at, owner in enumerate(owners) if owner is not None]
        yield from (at - before - 1 for (before, one), (at, other) in pairwise(places) if one != other)
