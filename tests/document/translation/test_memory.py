"""What was translated before is offered: the same first, near ones with their difference, and no machine's draft."""

from reports.document.block import Block
from reports.document.translation import memory
from reports.document.translation.memory import Earlier, suggestions
from reports.document.translation.units import Unit

SAID = "The service reports each case within five working days to the unit of the region."
NEAR = "The service reports each case within ten working days to the unit of the region."
OTHER = "Two training days were held in each district."


def unit(source, target, **more):
    return Unit(source=(Block("p", 0, source),), target=(Block("p", 0, target),), **more)


def offered(*units):
    found = suggestions([Block("p", 0, SAID)], [Earlier(one, str(at)) for at, one in enumerate(units)])
    return [(one.target[0].html, one.where) for one in found]


def test_exact_ones_come_first_and_the_same_translation_once():
    found = offered(
        unit(NEAR, "bijna"), unit(OTHER, "anders"), unit(SAID, "precies"), unit(f"<em>{SAID}</em>", "precies")
    )
    assert found == [("precies", "2"), ("bijna", "0")]


def test_a_near_one_shows_its_difference():
    (found,) = suggestions([Block("p", 0, SAID)], [Earlier(unit(NEAR, "bijna"), "2013")])
    assert "<del> ten</del><ins> five</ins>" in found.difference
    assert 90 <= found.percent < 100
    assert not found.is_exact


def test_a_draft_of_a_machine_is_no_memory():
    assert offered(unit(SAID, "concept", origin="machine"), Unit(source=(Block("p", 0, SAID),), wanted=False)) == []


def test_a_large_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(memory, "MOST_PAIRS", 2)
    assert offered(unit(OTHER, "a"), unit(NEAR, "b"), unit(SAID, "c")) == [("b", "1")]
