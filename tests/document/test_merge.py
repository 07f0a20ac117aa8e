"""Two people changed one text: the merged text and its conflicts."""

import pytest

from reports.document.merge import BlockConflict, Merged, merge
from reports.document.problem import Problem
from reports.document.richtext import text_content

POLICE = "The police trains investigators every year."
JUSTICE = "Magistrates follow a course at the institute."
REGION = "Each region keeps its own figures of victims."
SCHOOLS = "Schools received a leaflet in three languages."


def text(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def items(*parts: str, kind: str = "ul") -> str:
    return f"<{kind}>" + "".join(f"<li><p>{part}</p></li>" for part in parts) + f"</{kind}>"


def agreed(*paragraphs: str) -> Merged:
    return Merged(text(*paragraphs), ())


def test_edits_of_neighbours():
    base = text(POLICE, JUSTICE)
    mine = text(POLICE + " It works.", JUSTICE)
    theirs = text(POLICE, "In Namur, " + JUSTICE)
    assert merge(base, mine, theirs) == agreed(POLICE + " It works.", "In Namur, " + JUSTICE)


def test_two_first_texts_keep_the_order_of_saving():
    assert merge("", text(POLICE), text(JUSTICE)) == agreed(JUSTICE, POLICE)


@pytest.mark.parametrize("base", [(), (REGION,), (REGION, SCHOOLS)])
def test_two_additions_at_the_end(base):
    assert merge(text(*base), text(*base, POLICE), text(*base, JUSTICE)) == agreed(*base, JUSTICE, POLICE)


def test_additions_at_different_places():
    base = text(REGION, SCHOOLS)
    mine, theirs = text(POLICE, REGION, SCHOOLS), text(REGION, JUSTICE, SCHOOLS)
    assert merge(base, mine, theirs) == agreed(POLICE, REGION, JUSTICE, SCHOOLS)


@pytest.mark.parametrize("place", [0, 1])
def test_an_edit_beside_an_insertion(place):
    edited = POLICE.replace("every year", "twice a year")
    theirs = [POLICE]
    theirs.insert(place, JUSTICE)
    expected = [edited]
    expected.insert(place, JUSTICE)
    assert merge(text(POLICE), text(edited), text(*theirs)) == agreed(*expected)
    assert merge(text(POLICE), text(*theirs), text(edited)) == agreed(*expected)


def test_a_removal_beside_an_edit():
    base = text(POLICE, JUSTICE)
    assert merge(base, text(JUSTICE), text(POLICE, JUSTICE + " Yes.")) == agreed(JUSTICE + " Yes.")


def test_both_rewrite_all_but_one_paragraph():
    base = text(POLICE, JUSTICE, REGION)
    merged = merge(base, text(SCHOOLS, JUSTICE), text(JUSTICE, "Nothing of this kind."))
    assert merged == agreed(SCHOOLS, JUSTICE, "Nothing of this kind.")


def test_the_same_addition_appears_once():
    base = text(REGION)
    assert merge(base, text(REGION, POLICE, JUSTICE), text(REGION, SCHOOLS, POLICE)) == agreed(
        REGION, SCHOOLS, POLICE, JUSTICE
    )


def test_reordered_equal_additions_appear_once():
    merged = merge("", text(POLICE, JUSTICE, SCHOOLS), text(SCHOOLS, POLICE))
    assert sorted(text_content(merged.html).split("\n")) == sorted([POLICE, JUSTICE, SCHOOLS])


def test_equal_additions_at_two_places_appear_twice():
    """The item “Training” may belong in two lists."""
    base = text(POLICE, JUSTICE)
    merged = merge(base, text(POLICE, "Training", JUSTICE), text(POLICE, JUSTICE, "Training"))
    assert merged == agreed(POLICE, "Training", JUSTICE, "Training")


def test_a_text_repeated_by_one_author_stays_repeated():
    base = text("Training", POLICE, "Training")
    mine, theirs = text("Training", POLICE, "Training", "Training"), text("Training", POLICE, JUSTICE, "Training")
    assert merge(base, mine, theirs) == agreed("Training", POLICE, JUSTICE, "Training", "Training")


def test_two_changes_of_one_paragraph_are_a_conflict():
    mine, theirs = POLICE.replace("every", "each"), POLICE.replace("police", "federal police")
    merged = merge(text(POLICE, JUSTICE), text(mine, JUSTICE), text(theirs, JUSTICE))
    assert merged == Merged(text(theirs, JUSTICE), (BlockConflict(text(POLICE), text(mine), text(theirs), 0),))


def test_the_same_change_by_both_is_no_conflict():
    base, now = text(POLICE), text(POLICE + " Yes.")
    assert merge(base, now, now) == Merged(now, ())


def test_removed_by_me_and_changed_by_them():
    changed = POLICE + " Since 2012."
    merged = merge(text(POLICE, JUSTICE), text(JUSTICE), text(changed, JUSTICE))
    assert merged == Merged(text(changed, JUSTICE), (BlockConflict(text(POLICE), "", text(changed), 0),))


def test_changed_by_me_and_removed_by_them():
    changed = POLICE + " Since 2012."
    merged = merge(text(POLICE, JUSTICE), text(changed, JUSTICE), text(JUSTICE))
    assert merged == Merged(text(JUSTICE), (BlockConflict(text(POLICE), text(changed), "", 0),))


def test_a_paragraph_that_grew_is_the_same_paragraph():
    base = text("The police")
    assert merge(base, text(POLICE), text("The police", JUSTICE)) == agreed(POLICE, JUSTICE)


def test_a_conflict_shows_an_item_as_an_item():
    base = items(POLICE, JUSTICE)
    merged = merge(base, items(POLICE + " A", JUSTICE), items(POLICE + " B", JUSTICE))
    assert merged.conflicts == (BlockConflict(items(POLICE), items(POLICE + " A"), items(POLICE + " B"), 0),)
    assert merged.html == items(POLICE + " B", JUSTICE)


def test_items_are_merged_one_by_one():
    base = items(POLICE, JUSTICE)
    mine, theirs = items(POLICE, REGION, JUSTICE), items(POLICE + " Yes.", JUSTICE, SCHOOLS)
    assert merge(base, mine, theirs) == Merged(items(POLICE + " Yes.", REGION, JUSTICE, SCHOOLS), ())


def test_one_makes_it_an_item_and_the_other_edits_it():
    assert merge(text(POLICE), items(POLICE), text(POLICE + " Yes.")) == Merged(items(POLICE + " Yes."), ())
    assert merge(text(POLICE), text(POLICE + " Yes."), items(POLICE)) == Merged(items(POLICE + " Yes."), ())


def test_one_numbers_the_list_and_the_other_removes_an_item():
    base = items(POLICE, JUSTICE)
    merged = merge(base, items(POLICE, JUSTICE, kind="ol"), items(POLICE))
    conflict = BlockConflict(items(JUSTICE), items(JUSTICE, kind="ol"), "", 1)
    assert merged == Merged(items(POLICE, kind="ol"), (conflict,))


def test_two_kinds_of_list_for_one_item_are_a_conflict():
    merged = merge(text(POLICE), items(POLICE), items(POLICE, kind="ol"))
    assert merged.html == items(POLICE, kind="ol")
    assert merged.conflicts == (BlockConflict(text(POLICE), items(POLICE), items(POLICE, kind="ol"), 0),)


def test_bold_by_one_and_words_by_the_other_are_a_conflict():
    bold, longer = f"<strong>{POLICE}</strong>", POLICE + " Yes."
    merged = merge(text(POLICE), text(bold), text(longer))
    assert merged.conflicts == (BlockConflict(text(POLICE), text(bold), text(longer), 0),)


def test_depth_follows_from_the_items_around():
    """Each removes an item. The item below becomes less deep by that, which is no change by its editor."""
    base = f"<ul><li><p>{POLICE}</p><ul><li><p>{JUSTICE}</p></li><li><p>{REGION}</p></li></ul></li></ul>"
    mine = f"<ul><li><p>{POLICE}</p><ul><li><p>{REGION}</p></li></ul></li></ul>"
    assert merge(base, mine, items(JUSTICE, REGION)) == Merged(items(REGION), ())


def test_an_item_indented_by_both():
    base = items(POLICE, JUSTICE, REGION)
    deeper = f"<ul><li><p>{POLICE}</p><ul><li><p>{JUSTICE}</p></li></ul></li><li><p>{REGION}</p></li></ul>"
    assert merge(base, deeper, deeper) == Merged(deeper, ())
    assert merge(base, deeper, base) == Merged(deeper, ())
    assert merge(base, base, deeper) == Merged(deeper, ())


def test_two_depths_for_one_item_are_no_conflict():
    base, mine = items(POLICE, JUSTICE), f"<ul><li><p>{POLICE}</p><ul><li><p>{JUSTICE}</p></li></ul></li></ul>"
    theirs = f"<ul><li><p>{POLICE}</p><ul><li><p>{SCHOOLS}</p><ul><li><p>{JUSTICE}</p></li></ul></li></ul></li></ul>"
    assert merge(base, mine, theirs) == Merged(theirs, ())


def test_a_moved_paragraph_keeps_the_other_sides_edit():
    base, moved = text(POLICE, JUSTICE, REGION), text(JUSTICE, REGION, POLICE)
    edited = text(POLICE + " Yes.", JUSTICE, REGION)
    assert merge(base, moved, edited) == agreed(JUSTICE, REGION, POLICE + " Yes.")
    assert merge(base, edited, moved) == agreed(JUSTICE, REGION, POLICE + " Yes.")


def test_moved_by_both_to_different_places():
    base = text(POLICE, JUSTICE, REGION, SCHOOLS)
    mine, theirs = text(JUSTICE, REGION, POLICE, SCHOOLS), text(JUSTICE, REGION, SCHOOLS, POLICE)
    assert merge(base, mine, theirs) == agreed(JUSTICE, REGION, SCHOOLS, POLICE)


def test_a_block_moved_by_one_and_copied_by_the_other():
    base, moved, copied = (
        text(JUSTICE, REGION, POLICE),
        text(POLICE, JUSTICE, REGION),
        text(POLICE, POLICE, JUSTICE, REGION),
    )
    assert merge(base, moved, copied) == merge(base, copied, moved) == agreed(POLICE, POLICE, JUSTICE, REGION)


def test_a_moved_block_is_no_edit_of_its_neighbour():
    longer = POLICE + " And officers."
    base, moved = text(POLICE, JUSTICE, longer), text(JUSTICE, POLICE)
    edited = text(POLICE + " Yes.", JUSTICE, longer)
    assert merge(base, moved, edited) == agreed(JUSTICE, POLICE + " Yes.")


def test_an_unchanged_block_is_no_edit_of_its_neighbour():
    shorter, longer = POLICE.replace(" every year", ""), POLICE + " And officers."
    base, mine, theirs = text(POLICE, longer), text(shorter, POLICE), text(POLICE + " Yes.", longer)
    assert merge(base, mine, theirs) == agreed(shorter, POLICE + " Yes.")


def test_two_similar_paragraphs_change_places():
    longer = POLICE + " And officers."
    base, swapped = text(POLICE, JUSTICE, longer), text(longer, JUSTICE, POLICE)
    edited = text(POLICE + " Yes.", JUSTICE, longer)
    assert merge(base, swapped, edited) == agreed(longer, JUSTICE, POLICE + " Yes.")


def test_a_block_moved_away_from_a_similar_one():
    longer = POLICE + " And officers."
    base, mine = text(POLICE, JUSTICE, longer), text(longer + " New.", JUSTICE, POLICE)
    theirs = text(POLICE + " Yes.", JUSTICE, longer)
    assert merge(base, mine, theirs) == agreed(longer + " New.", JUSTICE, POLICE + " Yes.")


def test_an_edit_above_a_copy_of_its_original():
    edited, other = POLICE + " Yes.", POLICE + " No."
    merged = merge(text(POLICE, JUSTICE), text(edited, JUSTICE, POLICE), text(other, JUSTICE))
    assert merged == Merged(text(other, JUSTICE, POLICE), (BlockConflict(text(POLICE), text(edited), text(other), 0),))


def test_moved_by_one_and_removed_by_the_other_stays():
    base = text(POLICE, JUSTICE, REGION)
    moved, removed = text(JUSTICE, REGION, POLICE), text(JUSTICE, REGION)
    assert merge(base, moved, removed).html == moved
    assert merge(base, removed, moved).html == moved


def test_a_split_paragraph_loses_nothing():
    base = text(f"{POLICE} {JUSTICE}", REGION)
    merged = merge(base, text(POLICE, JUSTICE, REGION), text(f"{POLICE} {JUSTICE}", REGION + " Yes."))
    assert merged == agreed(POLICE, JUSTICE, REGION + " Yes.")


def test_any_html_is_normalised():
    assert merge("one", "<div>one</div><b>two</b>", "one") == Merged("<p>one</p><p><strong>two</strong></p>", ())


def test_a_character_that_cannot_be_stored_is_refused():
    with pytest.raises(Problem):
        merge("", "<p>a\x00</p>", "")


def test_a_conflict_has_the_place_of_theirs():
    base = text("Project A", "Status: ongoing.", "Project B", "Status: planned.")
    mine, theirs = base.replace("planned", "finished"), base.replace("planned", "ongoing")
    merged = merge(base, mine, theirs)
    assert [conflict.place for conflict in merged.conflicts] == [3]


@pytest.mark.parametrize(("removed", "place"), [(0, 0), (1, 1), (2, 2)])
def test_a_conflict_has_the_place_mine_would_have(removed, place):
    paragraphs = [POLICE, JUSTICE, REGION]
    mine = [each + (" More." if number == removed else "") for number, each in enumerate(paragraphs)]
    theirs = [each for number, each in enumerate(paragraphs) if number != removed]
    merged = merge(text(*paragraphs), text("New.", *mine) if removed else text(*mine), text(*theirs))
    shift = 1 if removed else 0  # what I added above
    assert [conflict.place for conflict in merged.conflicts] == [place + shift]


def test_invisible_characters_of_an_old_text_are_no_change():
    base = "<p>De kinder\u00adbescherming hielp.</p><p>Drie cafe\u0301s.</p>"
    theirs = base.replace("hielp", "hielp velen")
    merged = merge(base, "<p>De kinderbescherming hielp.</p><p>Vier cafés.</p>", theirs)
    assert merged == Merged("<p>De kinderbescherming hielp velen.</p><p>Vier cafés.</p>", ())
