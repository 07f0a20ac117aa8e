"""Each check asks about what a reader would stumble over, and not about what a language writes in its own way."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document.block import Block, blocks
from reports.document.translation.checks import findings
from reports.document.translation.figures import missing
from reports.document.translation.units import Unit


def asked(source, target):
    return [one.key for one in findings(Unit(source=tuple(blocks(source)), target=tuple(blocks(target))))]


def asked_of(source, target):
    return asked(f"<p>{source}</p>", f"<p>{target}</p>")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It has 1,234.5 cases.", "Het heeft 1.234,5 zaken."),
        ("It has 1,234 cases.", "Il y a 1\u202f234 affaires."),
        ("It costs 12,345,678 euro.", "Het kost 12 345 678 euro."),
        ("In force on 10 April 2014.", "In werking op 10 april 2014."),
        ("In force on April 10, 2014.", "En vigueur le 10 avril 2014."),
        ("In force on 1 August 2014.", "En vigueur le 1er août 2014."),
        ("In force on 2014-04-10.", "In werking op 10/04/2014."),
        ("In force on 10.4.2014.", "In force on the 10th of April 2014."),
        ("A third day in October 2014.", "Une journée en octobre 2014."),
        ("Directive 2011/93/EU, art. 3(2)", "Richtlijn 2011/93/EU, art. 3, lid 2"),
        ("Влезе в сила на 10 април 2014 г.", "In force on 10 April 2014."),
        ("2 training days", "Deux journées de formation"),
        ("Twelve districts", "12 arrondissementen"),
        ("Call 112 in 2014: 148 cases", "Bel 112 in 2014: 148 zaken"),
        ("12.50 %", "12,50 %"),
        ("In force on 04/10/2014.", "In werking op 10 april 2014."),
    ],
)
def test_a_number_or_date_in_another_writing_is_the_same(source, target):
    assert missing(source, target) == ([], [])


@pytest.mark.parametrize(
    ("source", "target", "keys"),
    [
        ("148 clerks took part.", "Er waren griffiers.", ["number-missing:148"]),
        ("Clerks took part.", "Er waren 148 griffiers.", ["number-added:148"]),
        ("From 10 April 2014.", "Vanaf 10 mei 2014.", ["number-missing:10 April 2014", "number-added:10 mei 2014"]),
        ("It is 1.5 million.", "Het is 15 miljoen.", ["number-missing:1.5", "number-added:15"]),
        ("In 2013 and 2013.", "In 2013.", ["number-missing:2013"]),
        (
            'See <a href="https://a.example/?x=1&amp;y=2">it</a>.',
            "Zie hier.",
            ["link-missing:https://a.example/?x=1&y=2"],
        ),
        ("See it.", 'Zie <a href="https://b.example/">hier</a>.', ["link-added:https://b.example/"]),
    ],
)
def test_a_number_date_or_link_that_differs_is_asked_about(source, target, keys):
    assert asked_of(source, target) == keys


@given(st.integers(0, 10**9), st.sampled_from([".", ",", " ", "\u00a0", "\u202f", "’", ""]), st.integers(0, 99))
def test_separators_of_thousands_and_decimals_say_the_same(whole, mark, decimals):
    english = f"{whole:,}.{decimals:02}"
    other = f"{whole:,}".replace(",", mark) + ("." if mark == "," else ",") + f"{decimals:02}"
    assert missing(f"x {english} y", f"x {other} y") == ([], [])
    assert missing(f"x {english} y", f"x {whole + 1}.{decimals:02} y") != ([], [])


LIST = "<ul><li>one contact<ul><li>in each district</li></ul></li><li>the same form</li></ul>"


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        ("<ul><li>een contact<ul><li>per district</li></ul></li><li>hetzelfde formulier</li></ul>", []),
        ("<ul><li>een contact</li><li>per district</li><li>hetzelfde formulier</li></ul>", ["list-depth:1"]),
        ("<ul><li>een<ul><li>contact</li></ul></li></ul>", ["item-count:3:2"]),
        ("<p>een contact</p>", ["list-depth:0", "item-count:3:0"]),
    ],
)
def test_the_depth_and_the_items_of_a_list_are_asked_about(target, keys):
    assert asked(LIST, target) == keys


def test_a_cell_that_was_emptied_is_asked_about():
    source = "<table><tr><td>A</td><td>open</td><td></td></tr></table>"
    assert asked(source, "<table><tr><td>A</td><td></td><td>x</td></tr></table>") == ["emptied-cell:1:2"]


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        ("The police works with all schools now.", ["untranslated:The police works with all schools"]),
        ("Nu: the police works with all schools now.", ["untranslated:police works with all schools now"]),
        ("De politie werkt nu met alle scholen.", []),
    ],
)
def test_what_is_left_untranslated_is_asked_about(target, keys):
    assert asked_of("The police works with all schools now.", target) == keys


@pytest.mark.parametrize(
    "same", ["Child Focus, Europol", "2014: 148", "www.example.org", "Federal Police, Unit A (2014)"]
)
def test_names_and_figures_may_be_the_same_in_both(same):
    assert asked_of(same, same) == []


def test_a_text_full_of_numbers_is_checked_in_time():
    source, target = ("<p>" + " ".join(f"{number}{mark}" for number in range(20_000)) + "</p>" for mark in ("", "7"))
    assert len(asked(source, target)) == 40


def test_a_dismissal_is_valid_for_exactly_these_texts():
    unit = Unit(source=(Block("p", 0, "148 clerks, 12 judges"),), target=(Block("p", 0, "griffiers"),))
    first, second = findings(unit)
    assert findings(unit, {first.dismissal}) == [second]
    for side in ("source", "target"):
        other = unit.model_copy(update={side: (replace(getattr(unit, side)[0], html="148 clerks, 12 judges."),)})
        found = findings(other, {first.dismissal, second.dismissal})
        assert [one.key for one in found] == [one.key for one in findings(other)]
