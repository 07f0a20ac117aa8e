"""Pieces of two sequences are paired in order, whichever method finds the pairs."""

import random
from dataclasses import dataclass
from itertools import pairwise

import pytest

from reports.document.alignment.blocks import align_blocks
from reports.document.alignment.regions import Budget
from reports.document.alignment.sequences import equal_pairs
from reports.document.block import Block


def in_order(pairs):
    return all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(pairs))


@pytest.mark.parametrize("size", [5, 50, 500])
@pytest.mark.parametrize("different", [3, 40, 10_000])
def test_pairs_are_equal_and_in_order(size, different):
    chance = random.Random(size * different)
    for _ in range(10):
        old, new = ([chance.randrange(different) for _ in range(chance.randrange(size))] for _ in range(2))
        for now in (new, chance.sample(old, len(old)), old[: size // 2] + new + old[size // 2 :]):
            pairs = equal_pairs(old, now)
            assert in_order(pairs)
            assert all(old[i] == now[k] for i, k in pairs)


@pytest.mark.parametrize("size", [5, 50, 200])
def test_blocks_are_paired_in_order(size):
    chance = random.Random(size)
    old = [Block("p", 0, f"{chance.random()} said {chance.random()}") for _ in range(size)]
    new = [Block("p", 0, block.html + " more" * chance.randrange(2)) for block in chance.sample(old, size)]
    assert in_order(align_blocks(old, new))
    assert align_blocks(old, old) == [(at, at) for at in range(size)]


def test_a_moved_piece_leaves_the_others_paired():
    pieces = list(range(100))
    assert equal_pairs(pieces, [99, *pieces[:99]]) == [(at, at + 1) for at in range(99)]
    assert equal_pairs(pieces, [*pieces[1:], 0]) == [(at + 1, at) for at in range(99)]


@dataclass(frozen=True)
class Piece:
    value: int

    def __hash__(self) -> int:
        return 1


def test_pieces_with_one_hash_are_compared_by_value():
    assert equal_pairs([Piece(1), Piece(2)], [Piece(3), Piece(2)]) == [(1, 1)]


def test_a_short_text_without_unique_words_is_paired():
    assert len(equal_pairs("ab" * 20 + "x" + "ab" * 10, "ba" * 30)) == 59


def test_the_budget_is_never_overdrawn():
    chance = random.Random(1)
    budget = Budget(10_000, small=200, large=4_000)
    for _ in range(50):
        old, new = (chance.choices("ab", k=chance.randrange(200)) for _ in range(2))
        equal_pairs(old, new, budget)
        assert budget.left >= 0
    assert budget.left < 10_000
