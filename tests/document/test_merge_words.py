"""Two people changed one paragraph: what is apart is merged word by word, and what is too close is a conflict."""

import pytest

from reports.document.block import Block, from_blocks
from reports.document.merge import Merged, merge
from reports.document.merge_words import APART
from tests.document.test_grid import table

COURSE = "The police trains investigators in every region."
GUIDE = "A guide was printed for the schools of the country."
DESK = "The institute opened a desk for victims and their families."
LONG = "The ministry opened a desk in Ghent where trained officers and nurses receive victims of such crimes every day."


def text(*sentences: str, tag: str = "p") -> str:
    return f"<{tag}>{' '.join(sentences)}</{tag}>"


def both_ways(base: str, mine: str, theirs: str) -> Merged:
    """Return the merged text, which is the same whoever saved first."""
    merged, swapped = merge(base, mine, theirs), merge(base, theirs, mine)
    if not merged.conflicts:
        assert merged == swapped
    assert len(merged.conflicts) == len(swapped.conflicts)
    return merged


def agreed(base: str, mine: str, theirs: str) -> str:
    merged = both_ways(base, mine, theirs)
    assert merged.conflicts == ()
    assert merge(merged.html, merged.html, merged.html) == merged
    return merged.html


def is_conflict(base: str, mine: str, theirs: str) -> bool:
    merged = both_ways(base, mine, theirs)
    if merged.conflicts:
        assert merged.html == theirs
    return bool(merged.conflicts)


def test_changes_in_two_sentences_are_merged():
    mine, theirs = COURSE.replace("every", "each"), GUIDE.replace("printed", "sent out")
    assert agreed(text(COURSE, GUIDE), text(mine, GUIDE), text(COURSE, theirs)) == text(mine, theirs)


def test_a_sentence_added_after_one_that_was_changed():
    mine, theirs = "In May, the" + COURSE[3:], "All of them came."
    assert agreed(text(COURSE), text(mine), text(COURSE, theirs)) == text(mine, theirs)


def test_a_sentence_added_before_one_that_was_changed():
    theirs = GUIDE.replace("printed", "sent out")
    assert agreed(text(COURSE, GUIDE), text(COURSE, DESK, GUIDE), text(COURSE, theirs)) == text(COURSE, DESK, theirs)


def test_a_sentence_that_begins_like_the_next_one():
    """A comparison of words sees “institute … The” before “police”, in the middle of the changed sentence."""
    mine, theirs = text(GUIDE, DESK, COURSE), text(GUIDE, COURSE.replace("investigators", "officers"))
    assert agreed(text(GUIDE, COURSE), mine, theirs) == text(GUIDE, DESK, COURSE.replace("investigators", "officers"))


def test_a_sentence_removed_beside_one_that_was_changed():
    theirs = DESK.replace("and their", "with their")
    assert agreed(text(COURSE, DESK), text(DESK), text(COURSE, theirs)) == text(theirs)


def test_a_sentence_after_one_that_the_other_removed():
    """“It works.” would speak of another sentence."""
    assert is_conflict(text(COURSE, GUIDE), text(COURSE, "It works.", GUIDE), text(GUIDE))


def test_two_sentences_added_at_one_place():
    assert is_conflict(text(COURSE), text(COURSE, "All came."), text(COURSE, "None came."))


def test_words_of_one_sentence_that_are_far_apart():
    mine, theirs = LONG.replace("ministry", "federal ministry"), LONG.replace("every day", "at night")
    assert agreed(text(LONG), text(mine), text(theirs)) == text(mine.replace("every day", "at night"))


@pytest.mark.parametrize(("between", "too_close"), [(APART - 1, True), (APART, False)])
def test_the_distance_within_a_sentence(between, too_close):
    words = ["Old", *(f"word{'x' * at}" for at in range(between)), "end."]
    base, mine = text(*words), text("New", *words[1:])
    assert is_conflict(base, mine, text(*words[:-1], "stop.")) is too_close


def test_the_distance_is_of_unchanged_words():
    mine = LONG.replace("ministry", "state").replace("trained", "skilled")
    assert is_conflict(text(LONG), text(mine), text(LONG.replace("nurses", "doctors")))


@pytest.mark.parametrize(
    ("old", "new"),
    [("opened", "never opened"), ("trained officers", "no officers"), ("opened", "didn't open"), ("such", "such non")],
)
def test_a_denial_of_the_sentence_is_a_conflict(old, new):
    assert is_conflict(text(LONG), text(LONG.replace(old, new)), text(LONG.replace("every day", "at night")))
    assert is_conflict(text(LONG), text(LONG.replace("every day", "at night")), text(LONG.replace(old, new)))


def test_a_denial_in_another_sentence_is_none_of_this_one():
    mine, theirs = COURSE.replace("trains", "never trains"), GUIDE.replace("printed", "sent out")
    assert agreed(text(COURSE, GUIDE), text(mine, GUIDE), text(COURSE, theirs)) == text(mine, theirs)


def test_two_figures_of_one_sentence_are_a_conflict():
    base = "Of 40 officers whom the institute trained in all regions of the country, 12 speak another language."
    mine, theirs = base.replace("40", "45"), base.replace("12", "15")
    assert is_conflict(text(base), text(mine), text(theirs))
    words = base.replace("another language", "two languages")
    assert agreed(text(base), text(mine), text(words)) == text(words.replace("40", "45"))


def test_the_same_change_is_one_change():
    both = LONG.replace("Ghent", "Namur")
    mine, theirs = both.replace("ministry", "state"), both.replace("every day", "at night")
    assert agreed(text(LONG), text(mine), text(theirs)) == text(mine.replace("every day", "at night"))


def test_a_passage_is_not_repeated():
    base, added = text(COURSE, GUIDE, DESK), "Magistrates follow it, too."
    assert is_conflict(base, text(COURSE, added, GUIDE, DESK), text(COURSE, GUIDE, added, DESK))


def test_a_sentence_moved_by_one_and_removed_by_the_other():
    base, moved = text(COURSE, GUIDE, DESK), text(COURSE, DESK, GUIDE)
    merged = both_ways(base, moved, text(COURSE, GUIDE))
    shown = merged.html + "".join(one.mine for one in merged.conflicts)
    assert (GUIDE in shown, merged.html.count(DESK) <= 1) == (True, True)


@pytest.mark.parametrize("mark", ["strong", "em", "sup", 'a href="https://example.org/"'])
def test_marks_belong_to_the_words(mark):
    marked = COURSE.replace("investigators", f"<{mark}>investigators</{mark.split()[0]}>")
    theirs = GUIDE.replace("printed", "<em>sent</em> out")
    assert agreed(text(COURSE, GUIDE), text(marked, GUIDE), text(COURSE, theirs)) == text(marked, theirs)
    assert is_conflict(text(COURSE, GUIDE), text(marked, GUIDE), text(COURSE.replace("investigators", "them"), GUIDE))


def test_a_line_break_is_an_end():
    base = "<p>Address of the desk<br>Main street in Ghent<br>Open on Monday</p>"
    mine, theirs = base.replace("desk", "new desk"), base.replace("Open on", "Open from")
    assert agreed(base, mine, theirs) == mine.replace("Open on", "Open from")


@pytest.mark.parametrize("short", ["art. Five", "Dr. Maes", "e.g. Ghent", "J. Maes", "no. Five", "(cf. Ghent)"])
def test_an_abbreviation_ends_no_sentence(short):
    assert is_conflict(text("Old", short, "end."), text("New", short, "end."), text("Old", short, "stop."))


def test_items_are_merged_by_words():
    base, tags = f"<ul><li><p>{COURSE} {GUIDE}</p></li></ul>", "<ol><li><p>{}</p></li></ol>"
    mine, theirs = base.replace("every", "each"), tags.format(f"{COURSE} {GUIDE}").replace("printed", "sent")
    assert agreed(base, mine, theirs) == tags.format(f"{COURSE} {GUIDE}").replace("every", "each").replace(
        "printed", "sent"
    )


def test_cells_of_one_row_are_merged():
    base = table(f"Police|{COURSE}|{GUIDE}|12")
    mine, theirs = base.replace("every", "each"), base.replace("printed", "sent out").replace("12", "13")
    assert agreed(base, mine, theirs) == theirs.replace("every", "each")


def test_words_of_one_cell_are_merged():
    base = table(f"Police|{COURSE} {GUIDE}")
    assert agreed(base, base.replace("every", "each"), base.replace("printed", "sent")) == base.replace(
        "every", "each"
    ).replace("printed", "sent")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("Police", "Federal police"), ("printed", "sent out")),
        (("12", "13"), ("2012", "2013")),
        (("every", "no"), ("printed", "sent out")),
        (("every region", "each region"), ("every region", "one region")),
    ],
    ids=["what it is about", "two figures", "a denial", "one word"],
)
def test_changes_of_one_row_that_are_a_conflict(mine, theirs):
    base = table(f"Police|{COURSE}|{GUIDE}|12|2012")
    one = base.replace("<p>12</p>", "<p>13</p>") if mine[0] == "12" else base.replace(*mine)
    assert is_conflict(base, one, base.replace(*theirs))


def test_a_conflict_shows_the_whole_paragraph():
    mine = text(COURSE.replace("every", "each"), GUIDE.replace("printed", "sent"))
    theirs = text(COURSE, GUIDE.replace("printed", "written"))
    (conflict,) = merge(text(COURSE, GUIDE), mine, theirs).conflicts
    assert (conflict.mine, conflict.theirs) == (mine, theirs)


def test_a_removal_beside_a_change_of_the_same_words():
    shorter = LONG.replace(" where trained officers and nurses receive victims", "")
    assert is_conflict(text(LONG), text(shorter), text(LONG.replace("nurses", "doctors")))


def test_the_kind_may_change_with_the_words():
    heading = from_blocks([Block("ul", 1, f"{COURSE} {GUIDE}".replace("every", "each"))])
    theirs = text(COURSE, GUIDE.replace("printed", "sent"))
    assert agreed(text(COURSE, GUIDE), heading, theirs) == heading.replace("printed", "sent")
