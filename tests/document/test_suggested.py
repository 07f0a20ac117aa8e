"""The changes of a suggestion: any of them can be taken without the others, and later saves of colleagues stay."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document.block import Block, blocks, from_blocks
from reports.document.merge import merge
from reports.document.suggested import against, changes, with_changes
from tests.document.test_merge_properties import any_text, edits_of, many

WORDS = ["police", "courts", "schools", "parents", "budget", "training", "hotline", "figures", "law", "prosecutors"]


@st.composite
def base_and_suggestion(draw):
    base = draw(any_text)
    return base, draw(edits_of(base))


@st.composite
def suggestion_with_choice(draw):
    base, suggested = draw(base_and_suggestion())
    return base, suggested, draw(st.sets(st.sampled_from(range(len(changes(base, suggested)) or 1))))


def paragraph(number):
    """A paragraph that shares no word with the others."""
    return Block("p", 0, " ".join(f"{WORDS[number]}{letter}" for letter in "abcdef"))


def edited(number):
    return Block("p", 0, f"{paragraph(number).html} also {WORDS[number]}z")


@st.composite
def separate_edits(draw):
    """Paragraphs of which every second one may be edited, removed, or get a new one before it: by which edit."""
    edits = {at: draw(st.sampled_from(["", "edit", "remove", "add"])) for at in range(1, len(WORDS), 2)}
    return {at: how for at, how in edits.items() if how}


def written(edits):
    """The text with these edits."""
    out = []
    for number in range(len(WORDS)):
        match edits.get(number):
            case "edit":
                out.append(edited(number))
            case "remove":
                pass
            case "add":
                out += [Block("p", 0, f"new{number}a new{number}b new{number}c"), paragraph(number)]
            case _:
                out.append(paragraph(number))
    return from_blocks(out)


BASE = written({})


@given(base_and_suggestion())
@many
def test_all_changes_make_the_suggested_text(texts):
    base, suggested = texts
    assert with_changes(base, suggested, range(len(changes(base, suggested)))) == suggested


@given(base_and_suggestion())
@many
def test_no_change_leaves_the_base(texts):
    base, suggested = texts
    assert with_changes(base, suggested, ()) == base


@given(suggestion_with_choice())
@many
def test_a_choice_has_the_blocks_of_its_changes_and_no_other(drawn):
    base, suggested, chosen = drawn

    def counted(found):
        return Counter((block.kind, block.html) for block in found)

    expected = counted(blocks(base))
    for number, change in enumerate(changes(base, suggested)):
        if number in chosen:
            expected = expected - counted(change.old) + counted(change.new)
    assert counted(blocks(with_changes(base, suggested, chosen))) == expected


@given(separate_edits(), st.data())
@many
def test_each_edit_of_a_paragraph_is_a_change_that_can_be_chosen(edits, data):
    suggested = written(edits)
    assert len(changes(BASE, suggested)) == len(edits)
    places = sorted(edits)
    chosen = data.draw(st.sets(st.sampled_from(range(len(places) or 1))))
    taken = {at: edits[at] for number, at in enumerate(places) if number in chosen}
    assert with_changes(BASE, suggested, chosen) == written(taken)


@given(separate_edits(), separate_edits(), st.data())
@many
def test_chosen_changes_and_later_saves_of_others_are_both_kept(edits, saves, data):
    saves = {at: how for at, how in saves.items() if at not in edits}
    places = sorted(edits)
    chosen = data.draw(st.sets(st.sampled_from(range(len(places) or 1))))
    taken = {at: edits[at] for number, at in enumerate(places) if number in chosen}
    accepted = with_changes(BASE, written(edits), chosen)
    both = written(saves | taken)
    assert merge(BASE, accepted, written(saves)).html == both  # accepted after the save
    assert merge(BASE, written(saves), accepted).html == both  # saved after the acceptance
    assert not merge(BASE, accepted, written(saves)).conflicts


@given(suggestion_with_choice(), st.data())
@many
def test_every_change_is_shown_against_any_later_text(drawn, data):
    base, suggested, _chosen = drawn
    shown = against(base, suggested, data.draw(edits_of(base)))
    assert [one.number for one in shown] == list(range(len(changes(base, suggested))))


OLD, NEW = "<p>The police trained ten officers in May.</p>", "<p>The police trained twelve officers in May.</p>"
OTHER = "<p>The courts were informed.</p>"


def shown(now):
    [change] = against(OLD + OTHER, NEW + OTHER, now)
    return change


def test_a_change_of_an_unchanged_paragraph_is_shown_against_it():
    assert (shown(OLD + OTHER).now, shown(OLD + OTHER).then) == (OLD, NEW)
    assert (shown(OLD + "<p>Other words.</p>").now, shown(OLD + "<p>Other words.</p>").then) == (OLD, NEW)


def test_a_change_of_what_a_colleague_changed_too_is_a_conflict():
    theirs = "<p>The police trained ten officers in June.</p>"
    assert (shown(theirs + OTHER).is_conflict, shown(theirs + OTHER).now) == (True, theirs)
    assert (shown(OTHER).is_conflict, shown(OTHER).now) == (True, "")


def test_a_change_that_a_colleague_has_made_is_done():
    assert shown(NEW + OTHER).is_done


@pytest.mark.parametrize("now", ["<p>Begin.</p>", ""])
def test_an_added_paragraph_names_the_one_before_it(now):
    [change] = against("<p>Begin.</p>", "<p>Begin.</p><p>Entirely new words here.</p>", now)
    assert (change.after, change.now, change.then) == ("Begin.", "", "<p>Entirely new words here.</p>")
