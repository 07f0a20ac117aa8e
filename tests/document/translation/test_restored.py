"""The units of a translation that comes from a document: what was marked is marked again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reports.document.block import blocks, from_blocks
from reports.document.translation.kept import kept
from reports.document.translation.restored import restored
from reports.document.translation.rows import align
from reports.document.translation.units import Unit
from reports.document.translation.whole import with_text
from reports.document.translation_marks import Translation
from reports.document.tree import Contribution
from tests.document.translation.test_kept import contribution
from tests.document.translation.texts import html, items, numbered, one_to_one, originals, translated, whole
from tests.documents import examples

TEN = numbered(10)


def again(found):
    """Return what a document keeps of a contribution that was read from a document and saved."""
    text = found.body.get("nl", "")
    units = with_text(found.original, restored(found, "nl") or (), text)
    return kept(align(found.original, units))


def test_every_mark_of_a_document_is_restored():
    units = one_to_one(TEN[:4])
    units += [Unit(source=(TEN[4],), wanted=False), Unit(source=(TEN[5],), target=(TEN[5],), origin="machine")]
    now = [*TEN[:2], replace(TEN[2], html=TEN[2].html + " More."), *TEN[3:7]]
    found = contribution(html(*now), units)
    assert (found.translation("nl").older, found.translation("nl").machine) == ((2,), (4,))
    assert again(found) == (found.body["nl"], found.translation("nl"))


def test_one_item_of_a_list_is_older_alone():
    listed = items("The police report every case.", "The court decides in a week.", "The service counts.")
    now = [listed[0], replace(listed[1], html=listed[1].html + " More."), listed[2]]
    found = contribution(html(*now), whole(html(*listed)))
    assert found.translation("nl").older == (1,)
    assert again(found) == (found.body["nl"], found.translation("nl"))


def test_an_older_translation_is_current_once_a_person_says_so():
    found = contribution(html(replace(TEN[0], html=TEN[0].html + " More.")), one_to_one(TEN[:1]))
    (row,) = align(found.original, restored(found, "nl")).rows
    assert row.state == "stale"
    assert "…" in row.changes()
    assert row.target == (translated(TEN[0]),)


def test_a_text_without_marks_needs_no_units():
    assert restored(contribution(html(*TEN), one_to_one(TEN)), "nl") is None


def test_a_text_of_which_no_translation_is_wanted_stays_so():
    found = contribution(html(TEN[0]), [Unit(source=(TEN[0],), wanted=False)])
    assert again(found) == ("", found.translation("nl"))


@given(originals, st.data())
@examples(60)
def test_no_word_of_a_translation_is_lost(original, data):
    text = data.draw(originals)
    numbers = st.sets(st.integers(0, len(blocks(text)) - 1)).map(lambda found: tuple(sorted(found)))
    marks = Translation(older=data.draw(numbers), machine=data.draw(numbers))
    found = Contribution(authority="", language="en", body={"en": original, "nl": text}, translations={"nl": marks})
    html_now, _marks = again(found)
    assert html_now == from_blocks(blocks(text))


@given(originals, st.data())
@examples(60)
def test_marks_of_a_text_of_one_structure_come_back(original, data):
    units = [
        unit.model_copy(update={"origin": data.draw(st.sampled_from(["person", "machine"]))})
        for unit in whole(original)
        if data.draw(st.booleans())
    ]
    found = contribution(original, units)
    assert again(found)[0] == found.body.get("nl", "")
    assert set(again(found)[1].machine) >= set(found.translation("nl").machine)
