"""Merging and comparing long texts, compared with reading them. The ratio should be of one order for every text."""

import random
from collections.abc import Callable

from benchmarks.ratio import compare as ratios
from reports.document.compare import compare
from reports.document.merge import merge
from reports.document.richtext import blocks
from tests.document.test_merge_long import longs, text

Texts = tuple[str, str, str]


def run() -> None:
    chance = random.Random(1)
    for name, texts in {
        "60 paragraphs, ten edits by each": edited(chance, 60, every=6),
        "2,000 paragraphs, ten edits by each": edited(chance, 2000, every=200),
        "2,000 paragraphs, every one edited by both": edited(chance, 2000, every=1),
        "2,000 paragraphs, rewritten by both": (written(chance, 2000), written(chance, 2000), written(chance, 2000)),
        **{f"a long text, {name}": tuple(text(*paragraphs) for paragraphs in texts) for name, texts in longs().items()},
    }.items():
        print(f" {name}")
        ratios(ways(*texts), rounds=5)


def ways(base: str, mine: str, theirs: str) -> dict[str, Callable[[], object]]:
    return {
        "reading the three texts": lambda: [blocks(base), blocks(mine), blocks(theirs)],
        "merging them": lambda: merge(base, mine, theirs),
        "comparing two of them": lambda: compare(base, mine),
    }


def edited(chance: random.Random, paragraphs: int, *, every: int) -> Texts:
    base = written(chance, paragraphs).split("</p>")[:-1]
    mine = [text + " mine" * (at % every == 0) for at, text in enumerate(base)]
    theirs = [text + " theirs" * (at % every == every // 2) for at, text in enumerate(base)]
    return "</p>".join(base), "</p>".join(mine), "</p>".join(theirs)


def written(chance: random.Random, paragraphs: int) -> str:
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(2000)]
    return "".join(f"<p>{' '.join(chance.choices(words, k=16))}</p>" for _ in range(paragraphs))
