"""A translation that is saved as one text keeps its marks: only what was touched is another unit."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reports.document.block import Block, blocks
from reports.document.richtext import stored
from reports.document.translation.rows import align
from reports.document.translation.stored import units_of
from reports.document.translation.units import Unit
from reports.document.translation.whole import with_text
from tests.document.translation.texts import html, numbered, one_to_one, originals, translated
from tests.documents import examples

FIVE = numbered(5)
CHANGED = html(FIVE[0], replace(FIVE[1], html=FIVE[1].html + " More."), *FIVE[2:])


def states(original, units):
    return [row.state for row in align(original, units).rows]


@given(originals, originals, originals, originals)
@examples(80)
def test_the_text_is_what_was_saved_and_units_aside_stay(old, translation, now, text):
    units = units_of(old, translation)
    aligned = align(now, units)
    after = with_text(now, units, text)
    again = align(now, after)
    kept = Counter(block.html for unit in aligned.aside for block in unit.target)
    assert not kept - Counter(block.html for unit in after for block in unit.target)
    assert again.text() == stored(text)


def test_an_edited_paragraph_keeps_what_it_was_made_from():
    units = one_to_one(FIVE)
    text = align(CHANGED, units).text().replace("Alinea 1", "Passage 1")
    after = with_text(CHANGED, units, text)
    assert align(CHANGED, after).text() == text
    assert states(CHANGED, after) == ["current", "stale", "current", "current", "current"]


def test_a_text_that_was_not_touched_changes_no_unit():
    units = one_to_one(FIVE)
    assert with_text(CHANGED, units, align(CHANGED, units).text()) == tuple(units)


def test_new_paragraphs_translate_the_untranslated_rows_in_their_place():
    units = one_to_one([FIVE[0], FIVE[4]])
    after = with_text(html(*FIVE), units, html(*map(translated, FIVE)))
    assert states(html(*FIVE), after) == ["current"] * 5
    assert [row.target for row in align(html(*FIVE), after).rows] == [(translated(one),) for one in FIVE]


def test_a_removed_paragraph_is_untranslated():
    after = with_text(html(*FIVE), one_to_one(FIVE), html(*map(translated, FIVE[:3])))
    assert states(html(*FIVE), after) == ["current"] * 3 + ["untranslated"] * 2


def test_a_first_translation_is_paired_with_what_is_wanted():
    units = [Unit(source=(FIVE[1],), wanted=False)]
    after = with_text(html(*FIVE[:3]), units, html(Block("p", 0, "Een"), Block("p", 0, "Drie")))
    assert states(html(*FIVE[:3]), after) == ["current", "not wanted", "current"]


@given(st.permutations(range(5)))
@examples(20)
def test_paragraphs_that_were_moved_stay_where_they_were_put(order):
    text = html(*(translated(FIVE[number]) for number in order))
    after = with_text(html(*FIVE), one_to_one(FIVE), text)
    assert align(html(*FIVE), after).text() == stored(text)
    assert set(states(html(*FIVE), after)) == {"current"}


def test_moving_paragraphs_makes_no_stale_one_current():
    text = html(*(translated(FIVE[number]) for number in (2, 1, 0, 3, 4)))
    after = with_text(CHANGED, one_to_one(FIVE), text)
    assert align(CHANGED, after).text() == text
    assert "stale" in states(CHANGED, after)


@given(st.permutations(range(5)), st.integers(0, 4), st.integers(0, 4))
@examples(40)
def test_a_text_in_the_order_of_an_earlier_original_keeps_its_rows(order, edited, gone):
    """The original was put in another order, and lost a paragraph; the text that is typed in has neither."""
    units = one_to_one(FIVE)
    now = html(*(FIVE[place] for place in order if place != gone))
    before = align(html(*FIVE), units).text()
    after = with_text(now, units, before.replace(f"Alinea {edited}", f"Passage {edited}"), before=before)
    aligned = align(now, after)
    assert {row.state for row in aligned.rows} == {"current"}
    expected = [translated(FIVE[place]).html for place in order if place != gone]
    assert [row.target[0].html for row in aligned.rows] == [
        one.replace(f"Alinea {edited}", f"Passage {edited}") for one in expected
    ]
    assert len(aligned.aside) == 1
    assert sorted(block.html for unit in after for block in unit.target) == sorted(
        translated(block).html.replace(f"Alinea {edited}", f"Passage {edited}") for block in FIVE
    )


@given(originals, originals, originals, originals)
@examples(80)
def test_no_word_of_a_text_in_an_earlier_order_is_lost(old, translation, now, text):
    units = units_of(old, translation)
    after = with_text(now, units, text, before=align(old, units).text())
    aligned = align(now, after)
    printed = Counter(texts(aligned.text()))
    aside = Counter(block.html for unit in aligned.aside for block in unit.target)
    assert now == "" or not Counter(texts(stored(text))) - printed - aside


def texts(text):
    return [block.html for block in blocks(text)]
