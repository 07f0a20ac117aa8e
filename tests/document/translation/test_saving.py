"""Two translators never lose a word to each other, and a row is current only for what somebody saw."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document.block import Block, blocks, from_blocks
from reports.document.richtext import text_content
from reports.document.translation.rows import align
from reports.document.translation.saving import confirm, save, seen, want
from reports.document.translation.stored import units_of
from reports.document.translation.units import Unit
from tests.document.translation.texts import html, items, numbered, one_to_one, originals, translated
from tests.documents import examples

TEN = numbered(10)
UNITS = one_to_one(TEN)
ORIGINAL = html(*TEN)
CHANGED = html(TEN[0], replace(TEN[1], html=TEN[1].html + " More."), *TEN[2:])


def row_of(original, units, number):
    aligned = align(original, units)
    return seen(aligned, aligned.rows[number])


def first_row(original, units):
    return row_of(original, units, 0)


@given(st.permutations(range(10)), st.lists(st.booleans(), min_size=10, max_size=10))
@examples(40)
def test_different_rows_never_meet(order, translated_before):
    """Ten translators start from the same page; each saves another row, in any order."""
    before = [unit for unit, there in zip(UNITS, translated_before, strict=True) if there]
    units = tuple(before)
    for number in order:
        saved = save(units, row_of(ORIGINAL, before, number), f"<p>Nieuw {number}</p>")
        assert saved.conflicts == ()
        units = saved.units
    aligned = align(ORIGINAL, units)
    assert aligned.counts() == {"current": 10}
    assert aligned.text() == "".join(f"<p>Nieuw {number}</p>" for number in range(10))


@given(st.permutations(range(4)), st.lists(st.booleans(), min_size=4, max_size=4))
@examples(40)
def test_of_rows_with_the_same_words_nothing_is_lost(order, translated_before):
    """Two of them may meet, because the same words are all that a row is known by; then both versions are shown."""
    same = [Block("p", 0, "See above.")] * 4
    before = [Unit(source=(same[0],), target=(Block("p", 0, f"Oud {n}"),)) for n in range(4) if translated_before[n]]
    units, beside = tuple(before), Counter()
    for number in order:
        saved = save(units, row_of(html(*same), before, number), f"<p>Nieuw {number}</p>")
        units = saved.units
        beside.update(one.mine[3:-4] for one in saved.conflicts)
    shown = beside + Counter(block.html for unit in units for block in unit.target)
    assert {f"Nieuw {number}" for number in range(4)} <= shown.keys()
    assert order != [0, 1, 2, 3] or not beside


@given(originals, originals, originals, st.data())
@examples(60)
def test_the_same_row_keeps_both_versions(original, mine, theirs, data):
    before = units_of(original, original) if data.draw(st.booleans()) else []
    aligned = align(original, before)
    row = seen(aligned, data.draw(st.sampled_from(aligned.rows)))
    first = save(before, row, theirs)
    second = save(first.units, row, mine)
    assert first.conflicts == ()
    shown = [block for unit in second.units for block in unit.target]
    shown += [block for one in second.conflicts for block in blocks(one.mine)]
    assert said(mine) <= said(from_blocks(shown)) | said(original)
    if second.conflicts:
        assert second.units == first.units


def said(html):
    return set(text_content(html).split())


def test_two_sentences_of_one_row_are_merged():
    unit = Unit(source=(TEN[0],), target=(Block("p", 0, "De politie werkt. De rechters beslissen in een maand."),))
    row = first_row(html(TEN[0]), [unit])
    units = save([unit], row, "<p>De politie werkt snel. De rechters beslissen in een maand.</p>").units
    saved = save(units, row, "<p>De politie werkt. De rechters beslissen in één maand.</p>")
    assert saved.conflicts == ()
    assert saved.units[0].target[0].html == "De politie werkt snel. De rechters beslissen in één maand."


@pytest.mark.parametrize("before", [[], [UNITS[0]]])
def test_the_same_words_are_shown_twice_and_theirs_stay(before):
    row = first_row(html(TEN[0]), before)
    units = save(before, row, "<p>Eerste vertaling</p>").units
    saved = save(units, row, "<p>Andere tekst</p>")
    assert saved.units == units
    assert [(one.mine, one.theirs) for one in saved.conflicts] == [("<p>Andere tekst</p>", "<p>Eerste vertaling</p>")]
    assert save(units, row, "<p>Eerste vertaling</p>").units == units


def test_typing_does_not_make_a_stale_row_current():
    row = row_of(CHANGED, UNITS, 1)
    units = save(UNITS, row, "<p>Alinea 1, half</p>").units
    assert align(CHANGED, units).rows[1].state == "stale"
    assert align(ORIGINAL, units).counts() == {"current": 10}


def test_the_meaning_is_unchanged_holds_for_what_was_seen():
    saved = confirm(UNITS, row_of(CHANGED, UNITS, 1))
    assert align(CHANGED, saved.units).counts() == {"current": 10}
    assert align(CHANGED, saved.units).text() == html(*map(translated, TEN))
    later = CHANGED.replace("More.", "More and more.")
    assert align(later, saved.units).rows[1].state == "stale"


def test_what_a_colleague_wrote_meanwhile_is_not_confirmed():
    row = row_of(CHANGED, UNITS, 1)
    units = save(UNITS, row, "<p>Heel anders</p>").units
    assert confirm(units, row).units == units


def test_a_row_confirmed_by_a_colleague_is_still_found():
    row = row_of(CHANGED, UNITS, 1)
    units = confirm(UNITS, row).units
    saved = save(units, row, "<p>Alinea 1, beter</p>")
    aligned = align(CHANGED, saved.units)
    assert aligned.counts() == {"current": 10}
    assert "Alinea 1, beter" in aligned.text()
    assert len(saved.units) == 10


def test_a_row_confirmed_for_a_still_later_wording_is_found_too():
    row = row_of(CHANGED, UNITS, 1)
    later = CHANGED.replace("More.", "Much more.")
    units = confirm(UNITS, row_of(later, UNITS, 1)).units
    aligned = align(later, save(units, row, "<p>Alinea 1, beter</p>").units)
    assert (aligned.counts(), aligned.aside) == ({"current": 10}, ())
    assert aligned.rows[1].target[0].html == "Alinea 1, beter"


def test_a_list_split_meanwhile_is_one_row_again_without_loss():
    three = items("The police works with schools.", "Hotlines answer at night.", "Courts decide within a month.")
    unit = Unit(source=tuple(three), target=tuple(items("Een", "Twee", "Drie")))
    row = first_row(html(*three), [unit])
    changed = html(three[0], replace(three[1], html="Hotlines answer at noon."), three[2])
    aligned = align(changed, [unit])
    split = save(aligned.units, seen(aligned, aligned.rows[1]), "<ul><li>Twee!</li></ul>").units
    assert len(split) == 3
    saved = save(split, row, "<ul><li>Een</li><li>Twee</li><li>Drie!</li></ul>")
    assert [block.html for unit in saved.units for block in unit.target] == ["Een", "Twee!", "Drie!"]


def test_an_emptied_row_is_untranslated():
    saved = save(UNITS, row_of(ORIGINAL, UNITS, 3), "<p></p>")
    assert align(ORIGINAL, saved.units).counts() == {"current": 9, "untranslated": 1}


def test_a_draft_of_a_machine_is_one_until_a_person_edits_or_reads_it():
    units = save((), first_row(ORIGINAL, ()), "<p>Concept</p>", origin="machine").units
    assert units[0].origin == "machine"
    assert save(units, first_row(ORIGINAL, units), "<p>Concept</p>").units[0].origin == "machine"
    assert save(units, first_row(ORIGINAL, units), "<p>Tekst</p>").units[0].origin == "person"
    assert confirm(units, first_row(ORIGINAL, units)).units[0].origin == "person"


def test_a_translation_that_is_not_wanted_comes_back_when_it_is():
    units = want(UNITS, row_of(ORIGINAL, UNITS, 2), wanted=False).units
    aligned = align(ORIGINAL, units)
    assert aligned.rows[2].state == "not wanted"
    assert want(units, seen(aligned, aligned.rows[2]), wanted=True).units == tuple(UNITS)
    untranslated = want((), first_row(ORIGINAL, ()), wanted=False).units
    assert align(ORIGINAL, untranslated).rows[0].state == "not wanted"
    assert want(untranslated, first_row(ORIGINAL, untranslated), wanted=True).units == ()


def test_an_item_of_an_inner_list_keeps_its_depth():
    found = [*items("The first."), Block("ul", 2, "The second."), *items("The third.")]
    units = [Unit(source=(block,), target=(block,)) for block in found]
    saved = save(units, row_of(html(*found), units, 1), "<ul><li>Tweede</li></ul>")
    assert align(html(*found), saved.units).text() == from_blocks([found[0], Block("ul", 2, "Tweede"), found[2]])
