"""However long the texts, a merge takes bounded work and loses nothing. Its time: `make bench ARGS=merge`."""

import random
from functools import cache

import pytest

from reports.document.alignment.similarity import BlockSimilarity
from reports.document.merge import Merged, merge
from reports.document.richtext import text_content
from tests.document.effort import calls


def text(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def agreed(*paragraphs: str) -> Merged:
    return Merged(text(*paragraphs), ())


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def long_text(chance: random.Random, paragraphs: int) -> list[str]:
    vocabulary = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(2000)]
    return [" ".join(chance.choices(vocabulary, k=16)) for _ in range(paragraphs)]


def edited(paragraphs: list[str], word: str) -> list[str]:
    return [paragraph.replace(" ", f" {word} ", 1) for paragraph in paragraphs]


@cache
def longs() -> dict[str, tuple[list[str], list[str], list[str]]]:
    chance = random.Random(3)
    base = long_text(chance, 2000)
    few = [chance.choice(["Yes", "No", "Yes and no"]) for _ in range(2000)]
    near = [f"the same words again in number {at % 7}" for at in range(2000)]
    blobs = [" ".join(base[at : at + 40]) for at in range(0, 2000, 40)]
    return {
        "every paragraph edited by both": (base, edited(base, "mine"), edited(base, "theirs")),
        "every paragraph rewritten by both": (base, long_text(chance, 2000), long_text(chance, 2000)),
        "shuffled by one, edited by the other": (base, chance.sample(base, 2000), edited(base, "theirs")),
        "hardly any different paragraph": (few, chance.sample(few, 2000), chance.sample(few, 2000)),
        "paragraphs nearly alike": (near, edited(near, "mine"), edited(near, "theirs")),
        "long paragraphs": (blobs, edited(blobs, "mine"), edited(blobs, "theirs")),
        "one long paragraph": (blobs[:1] * 10, [" ".join(base)], [" ".join(edited(base, "theirs"))]),
    }


@pytest.mark.parametrize("name", longs())
def test_a_long_text_is_merged_whole_in_bounded_work(name):
    base, mine, theirs = longs()[name]
    texts, results = [text(*base), text(*mine), text(*theirs)], []
    # Up to 8 calls a letter are usual. Comparing each paragraph with each would take more than 30.
    assert calls(lambda: results.append(merge(*texts))) < 15 * sum(map(len, texts))
    [merged] = results
    shown = {line for part in [merged.html, *sides(merged)] for line in text_content(part).split("\n")}
    assert ({*mine, *theirs} - {*base}) <= shown


def sides(merged: Merged) -> list[str]:
    return [side for conflict in merged.conflicts for side in (conflict.mine, conflict.theirs)]


@pytest.mark.parametrize("name", ["every paragraph edited by both", "paragraphs nearly alike"])
def test_every_edit_of_a_long_text_is_recognised(name):
    base, _, _ = longs()[name]
    mine = [paragraph + " mine" if at % 2 else paragraph for at, paragraph in enumerate(base)]
    theirs = [paragraph if at % 2 else "theirs " + paragraph for at, paragraph in enumerate(base)]
    both = [mine[at] if at % 2 else theirs[at] for at in range(2000)]
    assert merge(text(*base), text(*mine), text(*theirs)) == agreed(*both)


def test_edits_are_recognised_after_an_addition():
    base, edited_by_me, _ = longs()["every paragraph edited by both"]
    merged = merge(text(*base), text("New.", *edited_by_me), text(*base, "Another."))
    assert merged == agreed("New.", *edited_by_me, "Another.")


def test_the_number_of_compared_paragraphs_is_bounded(monkeypatch):
    """Regions of sixty rewritten paragraphs are compared each with each, until the budget is used up."""
    base, rewritten, _ = longs()["every paragraph rewritten by both"]
    mine = [base[at] if at % 60 == 0 else paragraph for at, paragraph in enumerate(rewritten)]
    compared = []
    monkeypatch.setattr(BlockSimilarity, "of", lambda *blocks: compared.append(blocks) or 0.0)
    merge(text(*base), text(*mine), text(*base))
    assert 10_000 < len(compared) < 30_000
