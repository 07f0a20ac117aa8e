"""Properties of merging that hold for any texts of two or more people."""

import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.document import grid
from reports.document.block import Block, blocks, from_blocks
from reports.document.merge import BlockConflict, Merged, merge
from reports.document.merge_words import APART
from reports.document.richtext import normalise, text_content

# Any three texts: short words that repeat, in all kinds of blocks.

INLINE = ["a", "b", "a b", "a b c", "x a b c", "<strong>a</strong> b", "a<br>b", "yes", "yes, and more", '"&amp;']
paragraph = st.builds(Block, st.sampled_from(["p", "p", "ul", "ol"]), st.integers(0, 3), st.sampled_from(INLINE))
cell = st.one_of(st.just(""), st.sampled_from(INLINE).map("<p>{}</p>".format), st.just("<ul><li><p>a</p></li></ul>"))
cells = st.lists(cell, min_size=1, max_size=3).map(grid.row_html).filter(bool)
row = st.builds(Block, st.sampled_from(["row", "row", "row", "head"]), st.just(0), cells)
block = st.one_of(paragraph, row)
any_text = st.lists(block, max_size=7).map(from_blocks)
seeds = st.integers(0, 2**32)


@st.composite
def edits_of(draw, base):
    """A text made from `base` by a few edits, or any other text."""
    if draw(st.integers(0, 5)) == 0:
        return draw(any_text)
    now = blocks(base)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(now)))
        match draw(st.integers(0, 4)):
            case 0:
                now.insert(at, draw(block))
            case 1:
                del now[at : at + 1]
            case 2:
                now[at : at + 1] = [replace(old, html=with_more(old)) for old in now[at : at + 1]]
            case 3:
                now[at : at + 1] = [of_another_kind(old, draw(paragraph), draw(row)) for old in now[at : at + 1]]
            case _:
                cut = [now.pop(at)] if at < len(now) else []
                to = draw(st.integers(0, len(now)))
                now[to:to] = cut
    return from_blocks(now)


def with_more(block: Block) -> str:
    if block.is_row:
        return block.html + "<td><p>more</p></td>"
    return block.html + " more"


def of_another_kind(old: Block, paragraph: Block, row: Block) -> Block:
    return replace(row if old.is_row else paragraph, html=old.html)


@st.composite
def three_texts(draw):
    base = draw(any_text)
    return base, draw(edits_of(base)), draw(edits_of(base))


many = settings(max_examples=300)


ONE, TWO, THREE = (from_blocks([Block("row", 0, "<td><p>a</p></td>" + "<td><p>more</p></td>" * n)]) for n in range(3))


@given(three_texts())
@example((ONE, THREE, TWO))
@example((ONE, TWO, THREE))
@many
def test_every_promise_holds_for_any_three_texts(texts):
    """All promises are asked of the same texts, because making them costs more than merging them."""
    a_side_without_changes_changes_nothing(*texts)
    merged = merge(*texts)
    the_result_is_in_normal_form(merged)
    a_conflict_has_its_place_in_the_text(merged)
    nothing_written_is_lost(*texts, merged)
    unremoved_text_stays(*texts, merged)
    the_order_of_saving_decides_only_the_order(*texts, merged)


def a_side_without_changes_changes_nothing(base, mine, theirs):
    assert merge(base, mine, base) == Merged(mine, ())
    assert merge(base, base, theirs) == Merged(theirs, ())
    assert merge(base, mine, mine) == Merged(mine, ())


def the_result_is_in_normal_form(merged):
    sides = [side for one in merged.conflicts for side in (one.base, one.mine, one.theirs)]
    for html in [merged.html, *sides]:
        assert normalise(html) == html


def a_conflict_has_its_place_in_the_text(merged):
    there = blocks(merged.html)
    for conflict in merged.conflicts:
        assert conflict.place <= len(there)
        for block in blocks(conflict.theirs):
            assert there[conflict.place].html == block.html


ALIKE = ["The police got a guide.", "Justice opened a desk.", "The police got a guide. Yes."]
alike = st.lists(st.builds(Block, st.sampled_from(["p", "ul", "ol"]), st.just(1), st.sampled_from(ALIKE)), max_size=4)
WAS = (Block("p", 0, ALIKE[0]), Block("p", 0, ALIKE[1]))


@given(alike.map(from_blocks), alike.map(from_blocks))
@example(
    from_blocks([Block("ul", 1, ALIKE[1]), *[Block("p", 0, ALIKE[0])] * 2]),
    from_blocks([Block("ol", 1, ALIKE[1]), Block("ol", 1, ALIKE[0]), Block("ol", 1, ALIKE[1])]),
)
@many
def test_a_conflict_has_its_place_among_equal_items(mine, theirs):
    merged = merge(from_blocks(WAS), mine, theirs)
    there = blocks(merged.html)
    for conflict in merged.conflicts:
        assert conflict.place <= len(there)
        for block in blocks(conflict.theirs):
            assert (there[conflict.place].kind, there[conflict.place].html) == (block.kind, block.html)


def nothing_written_is_lost(base, mine, theirs, merged):
    was, now = pieces(base), pieces(merged.html)
    assert pieces(mine) - was <= now | pieces(*(conflict.mine for conflict in merged.conflicts))
    assert pieces(theirs) - was <= now
    assert said(mine, theirs) - said(base) <= said(merged.html, *(conflict.mine for conflict in merged.conflicts))


def unremoved_text_stays(base, mine, theirs, merged):
    shown = content(merged.html, *(conflict.base for conflict in merged.conflicts))
    untouched = {
        html
        for html in content(base) & content(mine) & content(theirs)
        if not moved_or_repeated(html, base, mine, theirs)
    }
    assert untouched <= shown


NEIGHBOURS = [Block("p", 0, html) for html in ("The police trains.", "Magistrates follow.", "Schools received them.")]
additions = st.tuples(*[st.lists(st.sampled_from(INLINE), max_size=4)] * 4)


@given(additions, additions)
@many
def test_equal_additions_at_one_place_are_not_doubled(mine, theirs):
    """It occurs as often as in the text that has it more often; what one author wrote twice stays twice."""
    merged = merge(from_blocks(NEIGHBOURS), around(mine), around(theirs))
    assert merged.conflicts == ()
    now = [item.html for item in blocks(merged.html)]
    stops = [*(now.index(neighbour.html) for neighbour in NEIGHBOURS), len(now)]
    starts = [0, *(stop + 1 for stop in stops)]
    for place, (start, stop) in enumerate(zip(starts, stops, strict=False)):
        assert Counter(now[start:stop]) == Counter(mine[place]) | Counter(theirs[place])
        if not set(mine[place]) & set(theirs[place]):
            assert now[start:stop] == [*theirs[place], *mine[place]]


def around(places: tuple[list[str], ...]) -> str:
    out = [Block("p", 0, html) for html in places[0]]
    for neighbour, place in zip(NEIGHBOURS, places[1:], strict=True):
        out += [neighbour, *(Block("p", 0, html) for html in place)]
    return from_blocks(out)


def the_order_of_saving_decides_only_the_order(base, mine, theirs, merged):
    swapped = merge(base, theirs, mine)
    assert {(c.base, c.mine, c.theirs) for c in merged.conflicts} == {
        (c.base, c.theirs, c.mine) for c in swapped.conflicts
    }
    if not merged.conflicts:
        assert content(merged.html) == content(swapped.html)


def content(*htmls: str) -> set[str]:
    return {item.html for html in htmls for item in blocks(html)}


def pieces(*htmls: str) -> set[str]:
    """Return the paragraphs, and the cells of rows: a row may get cells of both."""
    found = [item for html in htmls for item in blocks(html)]
    return {piece for item in found for piece in (grid.cells(item.html) if item.is_row else [item.html]) if piece}


def said(*htmls: str) -> set[str]:
    return {word for html in htmls for word in text_content(html).split()}


def moved_or_repeated(html: str, *texts: str) -> bool:
    return any([item.html for item in blocks(text)].count(html) != 1 for text in texts)


# Many editors, each with their own paragraphs, all from the same base: what comes out is known beforehand.

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Team:
    """The texts of so many editors. Each paragraph of the base is changed by at most one of them, or by any.

    The paragraphs are so short that two changes of one are always too close; test_merge_words_properties.py has others.
    """

    def __init__(self, seed: int, editors: int, *, clash: bool) -> None:
        self.chance = random.Random(seed)
        self.base = [self.paragraph() for _ in range(self.chance.randint(0, 12))]
        self.owners = [self.chance.randrange(editors) for _ in self.base]
        self.gone: set[Block] = set()
        self.added: list[Block] = []
        self.texts = [self.text_of(number, clash=clash) for number in range(editors)]

    def paragraph(self) -> Block:
        kind, depth = self.chance.choice([("p", 0), ("p", 0), ("ul", 1), ("ul", 2), ("row", 0), ("row", 0)])
        if kind == "row":
            return Block(kind, depth, "".join(f"<td><p>{' '.join(self.fresh(3))}</p></td>" for _ in range(2)))
        return Block(kind, depth, " ".join(self.fresh(APART)))

    def fresh(self, count: int) -> list[str]:
        return ["".join(self.chance.choices(LETTERS, k=self.chance.randint(4, 9))) for _ in range(count)]

    def text_of(self, editor: int, *, clash: bool) -> list[Block]:
        out: list[Block] = []
        for number, old in enumerate([*self.base, None]):
            out += self.add([self.paragraph()] * (self.chance.random() < 0.2))
            if old and (clash or self.owners[number] == editor):
                out += self.changed(old)
            elif old:
                out.append(old)
        return out

    def changed(self, old: Block) -> list[Block]:
        match self.chance.randrange(5):
            case 0:
                self.gone.add(old)
                return []
            case 1 | 2:
                self.gone.add(old)
                start, end = self.chance.choice([word.span() for word in re.finditer("[a-z]{4,}", old.html)])
                new = " ".join(self.fresh(self.chance.randint(1, 3)))
                kept = f" {old.html[start:end]}" if self.chance.randrange(2) else ""
                return self.add([replace(old, html=old.html[:start] + new + kept + old.html[end:])])
        return [old]

    def add(self, new: list[Block]) -> list[Block]:
        self.added += new
        return new


def saved_in_turn(team: Team, order: tuple[int, ...]) -> Merged:
    """Merge the texts in this order. All editors started from the base."""
    return saved_in_turn_from(from_blocks(team.base), [from_blocks(team.texts[editor]) for editor in order])


def saved_in_turn_from(base: str, texts: Iterable[str]) -> Merged:
    now, conflicts = base, list[BlockConflict]()
    for text in texts:
        merged = merge(base, text, now)
        now = merged.html
        conflicts += merged.conflicts
    return Merged(now, tuple(conflicts))


@given(seeds, st.integers(2, 6))
@example(0, 6)
@settings(max_examples=120)
def test_many_editors_of_different_paragraphs(seed, editors):
    """In any order there is no conflict, each paragraph occurs once, and untouched ones keep their order."""
    team = Team(seed, editors, clash=False)
    expected = Counter(item.html for item in [*team.base, *team.added] if item not in team.gone)
    stays = [item.html for item in team.base if item not in team.gone]
    orders = list(permutations(range(editors)))
    for order in team.chance.sample(orders, min(4, len(orders))):
        merged = saved_in_turn(team, order)
        assert merged.conflicts == ()
        now = [item.html for item in blocks(merged.html)]
        assert Counter(now) == expected
        assert [html for html in now if html in stays] == stays


@given(seeds, st.integers(2, 6))
@settings(max_examples=120)
def test_many_editors_of_the_same_paragraphs(seed, editors):
    """Every text is once in the result or in a conflict, and the same in any order."""
    team = Team(seed, editors, clash=True)
    written = {item.html for item in team.added}
    orders = list(permutations(range(editors)))
    for order in team.chance.sample(orders, min(4, len(orders))):
        merged = saved_in_turn(team, order)
        now = Counter(item.html for item in blocks(merged.html))
        assert max(now.values(), default=1) == 1
        shown = set(now) | content(*(c.mine for c in merged.conflicts))
        assert shown - {item.html for item in team.base} == written


@given(seeds, st.integers(2, 6))
@settings(max_examples=60)
def test_insertions_at_one_place_keep_the_order_of_saving(seed, editors):
    team = Team(seed, editors, clash=False)
    before, after = team.paragraph(), team.paragraph()
    own = [team.paragraph() for _ in range(editors)]
    team.base = [before, after]
    team.texts = [[before, item, after] for item in own]
    order = tuple(team.chance.sample(range(editors), editors))
    merged = saved_in_turn(team, order)
    expected = [before, *(own[editor] for editor in order), after]
    assert merged.conflicts == ()
    assert [item.html for item in blocks(merged.html)] == [item.html for item in expected]


@given(seeds)
@settings(max_examples=150)
def test_moving_neither_doubles_nor_loses(seed):
    """One person moves paragraphs while the other edits, adds and removes."""
    team = Team(seed, 1, clash=False)
    moved = list(team.base)
    for _ in range(team.chance.randint(1, 3) if moved else 0):
        moved.insert(team.chance.randrange(len(moved)), moved.pop(team.chance.randrange(len(moved))))
    base, mine, theirs = from_blocks(team.base), from_blocks(moved), from_blocks(team.texts[0])
    for merged in (merge(base, mine, theirs), merge(base, theirs, mine)):
        now = Counter(item.html for item in blocks(merged.html))
        assert max(now.values(), default=1) == 1
        assert {item.html for item in team.added} <= set(now) | content(*(c.mine for c in merged.conflicts))
        assert {item.html for item in team.base if item not in team.gone} <= set(now)
