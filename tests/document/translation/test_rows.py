"""A translation follows its original: what changed is stale, and nothing else; nothing is ever lost."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.document.block import Block, blocks, from_blocks
from reports.document.richtext import stored
from reports.document.translation.rows import align
from reports.document.translation.stored import units_of
from reports.document.translation.units import Unit, Units, words_of
from tests.document.translation.texts import html, items, numbered, one_to_one, originals, translated
from tests.documents import examples

FORTY = numbered(40)


def states(aligned):
    return Counter(row.state for row in aligned.rows)


@given(st.integers(0, 39), st.integers(0, 9), st.sampled_from(["geheim", "x", "2015"]))
@examples(60)
def test_one_word_changed_makes_one_row_stale(number, word, new):
    words = FORTY[number].html.split()
    now = replace(FORTY[number], html=" ".join([*words[:word], new, *words[word + 1 :]]))
    aligned = align(html(*FORTY[:number], now, *FORTY[number + 1 :]), one_to_one(FORTY))
    assert states(aligned) == {"current": 39, "stale": 1}
    row = aligned.rows[number]
    assert row.target == (translated(FORTY[number]),)
    assert re.findall("<ins> ?(.*?)</ins>", row.changes()) == [new]
    assert re.findall("<del> ?(.*?)</del>", row.changes()) == [words[word]]


@given(st.lists(st.sampled_from(["yes", "no", "late", "soon"]), min_size=1, max_size=3), st.data())
@examples(60)
def test_a_word_of_a_short_paragraph_is_recognised(words, data):
    around = numbered(2)
    old = Block("p", 0, " ".join(words))
    words = list(words)
    words[data.draw(st.integers(0, len(words) - 1))] = "perhaps"
    aligned = align(html(around[0], Block("p", 0, " ".join(words)), around[1]), one_to_one([around[0], old, around[1]]))
    assert [row.state for row in aligned.rows] == ["current", "stale", "current"]


@given(originals, st.data())
@examples(80)
def test_turning_a_change_back_clears_the_mark(original, data):
    units = units_of(original, original)
    found = blocks(original)
    at = data.draw(st.integers(0, len(found) - 1))
    changed = from_blocks([*found[:at], Block("p", 0, "Another text."), *found[at + 1 :]])
    assert states(align(original, units)).keys() == {"current"}
    moved = align(changed, units)
    assert states(align(original, moved.units)).keys() == {"current"}
    assert align(original, moved.units).text() == stored(original)


@given(st.permutations(FORTY), st.integers(0, 39))
@examples(40)
def test_the_order_of_paragraphs_changes_nothing(order, number):
    units = one_to_one(FORTY)
    aligned = align(html(*order), units)
    assert states(aligned) == {"current": 40}
    assert aligned.text() == html(*map(translated, order))
    order[number] = replace(order[number], html=order[number].html.replace("did", "did not do"))
    assert states(align(html(*order), units)) == {"current": 39, "stale": 1}


def said(units, side):
    return [words_of(block) for unit in units for block in getattr(unit, side)]


@given(originals, originals, originals)
@examples(100)
def test_every_block_is_in_one_row_and_no_unit_is_lost(old, translation, now):
    units = units_of(old, translation)
    aligned = align(now, units)
    places = [place for row in aligned.rows for place in row.places]
    assert sorted(places) == list(range(len(blocks(now))))
    assert Counter(said(aligned.units, "target")) == Counter(said(units, "target"))
    assert Counter(said(aligned.units, "source")) == Counter(said(units, "source"))
    assert aligned.text() == stored(aligned.text())


@given(originals, originals, originals)
@examples(80)
def test_units_that_are_kept_and_aligned_again_say_the_same(old, translation, now):
    units = units_of(old, translation)
    seen = Counter(words_of(block) for block in blocks(old))
    assume(max(seen.values()) == 1)  # of two equal paragraphs, either may be the one that was kept
    aligned = align(now, units)
    again = align(now, aligned.units)
    assert (again.text(), again.counts()) == (aligned.text(), aligned.counts())


@given(originals, originals)
@examples(150)
def test_stored_translations_become_current_units_without_loss(original, translation):
    units = units_of(original, translation)
    assert [block for unit in units for block in unit.source] == blocks(original)
    assert [block for unit in units for block in unit.target] == blocks(translation)
    aligned = align(original, units)
    assert states(aligned).keys() == {"current"}
    assert aligned.text() == stored(translation)
    assert Units.model_validate_json(Units(units=tuple(units)).canonical()).units == tuple(units)


@given(originals)
@examples(60)
def test_the_same_structure_becomes_units_one_to_one(original):
    for unit in units_of(original, original):
        assert unit.source == unit.target
        assert len(unit.source) == 1 or all(block.depth for block in unit.source)


def test_texts_without_a_common_structure_are_one_unit():
    (unit,) = units_of("<p>a</p><p>b</p>", "<ul><li>c</li></ul>")
    assert (len(unit.source), len(unit.target)) == (2, 1)


def test_without_a_translation_there_are_no_units():
    assert units_of("<p>a</p>", "") == []
    assert states(align("<p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul>", [])) == {"untranslated": 2}


THREE = items("The police works with schools.", "Hotlines answer at night.", "Courts decide within a month.")
FIVE = items("Politie en scholen werken samen.", "Een.", "Meldpunten", "antwoorden 's nachts.", "Rechters beslissen.")


def test_three_items_become_five_and_survive_the_next_change():
    unit = Unit(source=tuple(THREE), target=tuple(FIVE))
    assert [row.state for row in align(html(*THREE), [unit]).rows] == ["current"]
    now = [THREE[0], replace(THREE[1], html="Hotlines answer at noon."), THREE[2]]
    (row,) = align(html(*now), [unit]).rows
    assert (row.state, row.target) == ("stale", tuple(FIVE))
    assert re.findall("<(?:ins|del)>[^<]*", row.changes()) == ["<del> night.", "<ins> noon."]


def test_an_item_between_those_of_a_unit_belongs_to_it():
    unit = Unit(source=tuple(THREE), target=tuple(FIVE))
    (row,) = align(html(THREE[0], *items("A new one."), *THREE[1:]), [unit]).rows
    assert (row.state, len(row.source)) == ("stale", 4)


def test_one_item_of_a_list_translated_item_by_item_is_stale_alone():
    unit = Unit(source=tuple(THREE), target=tuple(FIVE[:3]))
    now = [THREE[0], replace(THREE[1], html="Hotlines answer at noon."), THREE[2]]
    aligned = align(html(*now), [unit])
    assert [row.state for row in aligned.rows] == ["current", "stale", "current"]
    assert aligned.text() == html(*FIVE[:3])
    assert [row.state for row in align(html(THREE[2], THREE[0], THREE[1]), [unit]).rows] == ["current"] * 3


def test_a_new_item_at_the_end_of_a_list_is_the_only_one_to_translate():
    unit = Unit(source=tuple(THREE), target=tuple(FIVE))
    aligned = align(html(*THREE, *items("A fourth one.")), [unit])
    assert [row.state for row in aligned.rows] == ["current", "untranslated"]


def test_a_removed_paragraph_keeps_its_translation_aside():
    units = one_to_one(FORTY)
    aligned = align(html(*FORTY[:7], *FORTY[8:]), units)
    assert states(aligned) == {"current": 39}
    assert aligned.aside == (units[7],)
    assert units[7].target[0].html not in aligned.text()


@pytest.mark.parametrize("html", ["The <strong>law</strong> is new.", "The law <em>is</em> new."])
def test_bold_and_italics_make_nothing_stale(html):
    unit = Unit(source=(Block("p", 0, "The law is new."),), target=(Block("p", 0, "De wet is nieuw."),))
    assert states(align(f"<p>{html}</p>", [unit])) == {"current": 1}


@pytest.mark.parametrize("html", ["10<sup>2</sup> cases", '<a href="https://example.org/">102</a> cases'])
def test_raised_text_and_links_are_changes(html):
    unit = Unit(source=(Block("p", 0, "102 cases"),), target=(Block("p", 0, "102 zaken"),))
    assert states(align(f"<p>{html}</p>", [unit])) == {"stale": 1}


def test_an_item_that_was_moved_in_is_moved_in_here():
    unit = Unit(source=tuple(THREE), target=tuple(FIVE[:3]))
    deeper = from_blocks([THREE[0], replace(THREE[1], kind="ol", depth=2), THREE[2]])
    aligned = align(deeper, [unit])
    assert [(block.kind, block.depth) for block in blocks(aligned.text())] == [("ul", 1), ("ol", 2), ("ul", 1)]
    assert states(aligned).keys() == {"current"}


ROWS = [
    Block("head", 0, "<td><p>Unit</p></td><td><p>Cases</p></td>"),
    Block("row", 0, "<td><p>A</p></td><td><p>1</p></td>"),
]
RIJEN = [replace(ROWS[0], html="<td><p>Eenheid</p></td><td><p>Zaken</p></td>"), ROWS[1]]


def test_a_table_keeps_its_structure():
    original = html(*ROWS)
    aligned = align(original, units_of(original, html(*RIJEN)))
    assert aligned.text() == html(*RIJEN)
    longer = align(html(*ROWS, replace(ROWS[1], html="<td><p>B</p></td><td><p>2</p></td>")), aligned.units)
    assert [row.state for row in longer.rows] == ["current", "current", "untranslated"]


def test_not_wanted_holds_for_one_wording():
    unit = Unit(source=(FORTY[0],), wanted=False)
    assert states(align(html(FORTY[0]), [unit])) == {"not wanted": 1}
    assert states(align(html(replace(FORTY[0], html=FORTY[0].html + " More.")), [unit])) == {"stale": 1}
