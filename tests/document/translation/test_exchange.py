"""What comes home late lands, is for an older wording, or stands beside newer work; never over it, and only once."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document.block import Block
from reports.document.translation.exchange import SentText, come_home, to_send
from reports.document.translation.rows import align
from reports.document.translation.saving import confirm, save, seen, want
from reports.document.translation.stored import units_of
from tests.document.translation.texts import html, numbered, one_to_one, originals
from tests.documents import examples

FIVE = numbered(5)
ORIGINAL = html(*FIVE)


def sent(original, units, only_left=False):
    return SentText("7", "2.1.A", "en", to_send(align(original, units), only_left=only_left))


def done(text, *, words="vertaald door de dienst"):
    """Return what was sent with a translation of each unit."""
    units = [
        replace(unit, target=(Block("p", 0, f"{words} {unit.number}"),), state="current", origin="person")
        for unit in text.units
    ]
    return replace(text, units=tuple(units))


def outcomes(home):
    return [one.outcome for one in home.arrivals]


def with_change(number, more=" More."):
    return html(*[replace(one, html=one.html + more) if at == number else one for at, one in enumerate(FIVE)])


def test_what_nobody_touched_lands():
    out = sent(ORIGINAL, one_to_one(FIVE[:2]))
    home = come_home(ORIGINAL, one_to_one(FIVE[:2]), done(out))
    assert outcomes(home) == ["lands"] * 5
    aligned = align(ORIGINAL, home.units)
    assert aligned.counts() == {"current": 5}
    assert {unit.origin for unit in home.units} == {"import"}
    assert "vertaald door de dienst 4" in aligned.text()


def test_only_what_is_left_is_sent():
    out = sent(with_change(1), one_to_one(FIVE[:3]), only_left=True)
    assert [(unit.number, unit.state) for unit in out.units] == [(2, "stale"), (4, "untranslated"), (5, "untranslated")]


def test_an_untouched_file_changes_nothing():
    units = one_to_one(FIVE[:3])
    home = come_home(with_change(1), units, sent(with_change(1), units))
    assert outcomes(home) == ["unchanged"] * 5
    assert list(home.units) == units


def test_a_stale_row_that_was_sent_lands_for_its_new_wording():
    units = one_to_one(FIVE)
    home = come_home(with_change(1), units, done(sent(with_change(1), units, only_left=True)))
    assert outcomes(home) == ["lands"]
    assert align(with_change(1), home.units).counts() == {"current": 5}


@pytest.mark.parametrize("before", [[], one_to_one(FIVE)])
def test_a_translation_of_a_wording_that_has_changed_is_for_an_older_one(before):
    out = done(sent(ORIGINAL, before))
    home = come_home(with_change(3), before, out)
    assert outcomes(home) == ["lands", "lands", "lands", "older", "lands"]
    row = align(with_change(3), home.units).rows[3]
    assert (row.state, row.target[0].html) == ("stale", "vertaald door de dienst 4")
    assert align(ORIGINAL, home.units).counts() == {"current": 5}


def test_a_translation_of_a_removed_paragraph_is_kept_aside():
    home = come_home(html(*FIVE[:3]), [], done(sent(ORIGINAL, [])))
    assert outcomes(home) == ["lands"] * 3 + ["older"] * 2
    assert len(align(html(*FIVE[:3]), home.units).aside) == 2


def newer_words(units):
    aligned = align(ORIGINAL, units)
    return save(units, seen(aligned, aligned.rows[2]), "<p>Nieuwer werk</p>").units


def not_wanted(units):
    aligned = align(ORIGINAL, units)
    return want(units, seen(aligned, aligned.rows[2]), wanted=False).units


@pytest.mark.parametrize("before", [[], one_to_one(FIVE)])
@pytest.mark.parametrize("work", [newer_words, not_wanted])
def test_newer_work_stays_and_the_other_stands_beside_it(before, work):
    units = work(before)
    home = come_home(ORIGINAL, units, done(sent(ORIGINAL, before)))
    assert outcomes(home) == ["lands", "lands", "beside", "lands", "lands"]
    assert home.arrivals[2].stored in units
    assert home.arrivals[2].stored in home.units


def test_a_row_confirmed_for_a_newer_wording_is_newer_work():
    units = one_to_one(FIVE)
    out = done(sent(ORIGINAL, units))
    aligned = align(with_change(2), units)
    units = confirm(units, seen(aligned, aligned.rows[2])).units
    home = come_home(with_change(2), units, out)
    assert outcomes(home)[2] == "beside"
    assert align(with_change(2), home.units).counts() == {"current": 5}


def test_what_stands_beside_is_shown_once():
    units = newer_words([])
    out = done(sent(ORIGINAL, []))
    first = come_home(ORIGINAL, units, out)
    again = come_home(ORIGINAL, first.units, out, beside={one.key for one in first.arrivals})
    assert outcomes(again) == ["unchanged"] * 5
    assert again.units == first.units


@given(originals, st.data())
@examples(60)
def test_twice_is_once_and_nothing_newer_is_lost(original, data):
    """The original and some rows change while the file is away, in any way."""
    before = units_of(original, data.draw(originals)) if data.draw(st.booleans()) else []
    out = done(sent(original, before), words="dienst")
    now, units = original, tuple(before)
    if data.draw(st.booleans()):
        now = data.draw(originals)
    written = []
    for _time in range(data.draw(st.integers(0, 2))):
        aligned = align(now, units)
        row = seen(aligned, data.draw(st.sampled_from(aligned.rows)))
        written.append(f"Nieuwer {len(written)}")
        units = save(units, row, f"<p>{written[-1]}</p>").units
    newest = [block for unit in units for block in unit.target if block.html in written]
    home = come_home(now, units, out)
    assert all(one.stored for one in home.arrivals if one.outcome == "beside")
    kept = Counter(block for unit in home.units for block in unit.target)
    assert not Counter(newest) - kept
    again = come_home(now, home.units, out, beside={one.key for one in home.arrivals if one.outcome == "beside"})
    assert set(outcomes(again)) <= {"unchanged"}
    assert again.units == align(now, home.units).units


def test_every_translation_that_comes_home_is_somewhere():
    before = one_to_one(FIVE)
    home = come_home(with_change(0), newer_words(before), done(sent(ORIGINAL, before)))
    there = {block.html for unit in home.units for block in unit.target}
    there |= {one.unit.target[0].html for one in home.arrivals if one.outcome == "beside"}
    assert {f"vertaald door de dienst {number}" for number in range(1, 6)} <= there
