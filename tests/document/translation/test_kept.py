"""What a document keeps of a translation, and what a reading copy prints of it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reports.document.block import blocks, from_blocks
from reports.document.grid import MOST_ROWS
from reports.document.translation.kept import kept, printed
from reports.document.translation.rows import align
from reports.document.translation.units import Unit
from reports.document.translation_marks import Translation
from reports.document.tree import Contribution
from tests.document.translation.texts import html, items, numbered, one_to_one, originals, translated, whole
from tests.documents import examples

TEN = numbered(10)


def contribution(original, units, whose="country"):
    """Return a contribution in English whose Dutch translation has these units, as a document keeps it."""
    text, marks = kept(align(original, units), whose)
    body = {"en": original, "nl": text} if text else {"en": original}
    return Contribution(authority="", language="en", body=body, translations={"nl": marks})


def told(original, units):
    return [(one.block, one.standing, one.is_machine) for one in printed(contribution(original, units), "nl")]


def changed(block):
    return replace(block, html=block.html + " More.")


def test_a_copy_prints_each_paragraph_and_what_it_is():
    units = one_to_one(TEN[:2])
    units += [Unit(source=(TEN[2],), wanted=False), Unit(source=(TEN[3],), target=(TEN[3],), origin="machine")]
    now = [TEN[0], changed(TEN[1]), TEN[2], TEN[3], TEN[4]]
    assert told(html(*now), units) == [
        (translated(TEN[0]), "current", False),
        (translated(TEN[1]), "older", False),
        (TEN[2], "unwanted", False),
        (TEN[3], "current", True),
        (TEN[4], "untranslated", False),
    ]


def test_a_machine_draft_of_an_older_wording_is_both():
    units = [Unit(source=(TEN[0],), target=(TEN[5],), origin="machine")]
    assert told(html(changed(TEN[0])), units) == [(TEN[5], "older", True)]


def test_what_was_removed_is_not_kept_and_paragraphs_follow_their_order():
    units = one_to_one(TEN[:3])
    text, marks = kept(align(html(TEN[2], TEN[0]), units))
    assert (blocks(text), marks) == ([translated(TEN[2]), translated(TEN[0])], Translation())


def test_a_whole_current_translation_of_the_country_has_no_marks():
    found = contribution(html(*TEN), one_to_one(TEN))
    assert found.translations == {}
    assert [one.block for one in printed(found, "nl")] == [translated(one) for one in TEN]


def test_a_translation_of_the_secretariat_always_says_so():
    found = contribution(html(*TEN), one_to_one(TEN), "secretariat")
    assert found.translation("nl").whose == "secretariat"
    assert contribution(html(*TEN), [], "secretariat").translations == {}


def test_not_wanted_holds_for_one_wording_only():
    unit = Unit(source=(TEN[0],), wanted=False)
    assert told(html(TEN[0]), [unit]) == [(TEN[0], "unwanted", False)]
    assert told(html(changed(TEN[0])), [unit]) == [(changed(TEN[0]), "untranslated", False)]


def test_without_a_translation_the_original_is_printed():
    alone = Contribution(authority="", language="en-GB", body={"en-GB": html(*TEN)})
    for language in ("nl", "en", "en-GB"):
        assert [(one.block, one.standing) for one in printed(alone, language)] == [(one, "untranslated") for one in TEN]


def test_an_item_without_translation_keeps_its_place_in_the_list():
    listed = items("The police report every case.", "The court decides.", "The service counts.")
    found = told(html(*listed), [*one_to_one(listed[:1]), *one_to_one(listed[2:])])
    assert [standing for _block, standing, _machine in found] == ["current", "untranslated", "current"]
    assert found[1][0] == listed[1]


def test_three_items_that_became_five_are_older_together():
    three, five = items("a one", "b two", "c three"), items("v", "w", "x", "y", "z")
    unit = Unit(source=tuple(three), target=tuple(five))
    assert {standing for _block, standing, _machine in told(html(*three[:2], changed(three[2])), [unit])} == {"older"}


def test_rows_beyond_a_table_are_all_older_and_a_machines():
    row = replace(TEN[0], kind="row", html="<td><p>a</p></td>")
    sources = [replace(row, html=f"<td><p>row</p></td><td><p>{number}</p></td>") for number in range(150)]
    others = [replace(row, html=f"<td><p>other</p></td><td><p>{number}</p></td>") for number in range(150)]
    units = [Unit(source=(one,), target=(one,)) for one in (*sources, *others)]
    text, marks = kept(align(from_blocks([*sources, TEN[1], *others]), units))
    assert (marks.older, marks.machine) == (tuple(range(len(blocks(text)))), ())
    assert len(marks.older) >= MOST_ROWS
    units[7] = units[7].model_copy(update={"origin": "machine"})
    _text, drafted = kept(align(from_blocks([*sources, TEN[1], *others]), units))
    assert drafted.machine == drafted.older == marks.older  # nobody knows any more which of them is the machine's


@given(originals, originals, st.data())
@examples(60)
def test_a_document_says_what_the_units_said(original, now, data):
    """A text that became another one keeps each passage of its translation, once, with its mark."""
    units = [
        unit.model_copy(update={"origin": data.draw(st.sampled_from(["person", "machine"]))})
        if data.draw(st.booleans())
        else Unit(source=unit.source, wanted=False)
        for unit in whole(original)
    ]
    now = data.draw(st.sampled_from([original, original + now, now]))
    aligned = align(now, units)
    found = contribution(now, units)
    assert Contribution.model_validate_json(found.canonical()) == found
    out = printed(found, "nl")
    expected = {"older": 0, "current": 0, "unwanted": 0, "untranslated": 0}
    for row in aligned.rows:
        if row.state == "not wanted":
            expected["unwanted"] += len(row.source)
        elif row.state == "untranslated" or not row.unit.wanted:
            expected["untranslated"] += len(row.source)
        else:
            expected["older" if row.state == "stale" else "current"] += len(row.target)
    assert {name: sum(one.standing == name for one in out) for name in expected} == expected
    places = [one.block.html for one in out if one.is_original]
    assert sorted(places) == sorted(
        block.html
        for row in aligned.rows
        if row.state in ("untranslated", "not wanted") or not row.unit.wanted
        for block in row.source
    )
