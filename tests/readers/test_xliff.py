"""A file goes out to a translation service and comes home: nothing changes on the way, and nothing hostile comes in."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reports.document.block import Block, blocks
from reports.document.problem import Problem
from reports.document.translation.exchange import Sent, SentText, to_send
from reports.document.translation.rows import align
from reports.document.translation.stored import units_of
from reports.document.translation.units import Unit
from reports.readers import package, xliff
from reports.writers.xliff import write
from tests.documents import answers, examples

THREE = ("en", "nl", "fr")
NAMESPACE = "{urn:oasis:names:tc:xliff:document:1.2}"


@st.composite
def sent(draw, source, target):
    """A report whose texts are partly translated, partly changed since, with every state and origin."""
    texts = []
    for number in range(draw(st.integers(1, 2))):
        original, translation = draw(answers(source)), draw(answers(target))
        units = []
        for unit in units_of(original, translation if draw(st.booleans()) else original):
            what = draw(st.sampled_from(["kept", "kept", "machine", "import", "not wanted", "gone"]))
            if what == "not wanted":
                kept = draw(st.sampled_from([(), unit.target]))
                units.append(unit.model_copy(update={"wanted": False, "target": kept}))
            elif what != "gone":
                units.append(unit.model_copy(update={"origin": "person" if what == "kept" else what}))
        now = draw(answers(source)) if draw(st.booleans()) else original
        texts.append(SentText(f"text{number}", "2.1.A Measures & more", source, to_send(align(now, units))))
    return Sent("2014/be", target, tuple(texts))


@pytest.mark.parametrize(("source", "target"), list(product(THREE, THREE)))
def test_the_round_trip_is_the_identity(source, target):
    @given(sent(source, target))
    @examples(12)
    def check(out):
        came = xliff.read(write(out), out.report)
        assert came.sent == out
        assert came.notices == ()

    check()


def file_of(html, target="", report="2014/be"):
    units = [Unit(source=tuple(blocks(html)), target=tuple(blocks(target)))] if target else []
    text = SentText("7", "2.1.A", "en", to_send(align(html, units)))
    return write(Sent(report, "nl", (text,)))


def translated(data, target):
    """Return the file with this XML as the translation of its first unit."""
    root = etree.fromstring(data)
    unit = next(root.iter(f"{NAMESPACE}trans-unit"))
    for old in unit.findall(f"{NAMESPACE}target"):
        unit.remove(old)
    unit.append(etree.fromstring(f'<target xmlns="{NAMESPACE[1:-1]}">{target}</target>'))
    return etree.tostring(root)


def came(data):
    found = xliff.read(data, "2014/be")
    (unit,) = found.sent.texts[0].units
    return unit.target, [str(notice) for notice in found.notices]


MARKED = '<p>See <a href="https://example.org/?a=1&amp;b=2">the <strong>site</strong></a><br>of 10<sup>6</sup>.</p>'


def test_marks_come_back_by_their_numbers():
    target = 'Zie <g id="1">de <g id="2">site</g></g><x id="3"/>van 10<g id="4">6</g>.'
    html = 'Zie <a href="https://example.org/?a=1&amp;b=2">de <strong>site</strong></a><br>van 10<sup>6</sup>.'
    assert came(translated(file_of(MARKED), target)) == ((Block("p", 0, html),), [])


def test_a_list_comes_back_with_more_items():
    data = file_of("<ul><li>one</li><li>two</li></ul>")
    item = '<g id="2"><g id="3">{}</g></g>'
    found, notices = came(
        translated(data, f'<g id="1">{item.format("een")}{item.format("twee")}{item.format("drie")}</g>')
    )
    assert [(block.kind, block.html) for block in found] == [("ul", "een"), ("ul", "twee"), ("ul", "drie")]
    assert notices == ["The translation lost 2 marks of the original (bold, links, list items): “one two”. Check it."]


@pytest.mark.parametrize(
    ("target", "words", "said"),
    [
        ("Zie de site van 10.", "Zie de site van 10.", "lost 4 marks"),
        ('<g id="9">Zie</g> de <bpt id="8">\\b</bpt>site', "Zie de site", "has 2 codes"),
        ('<mrk mtype="seg" mid="1">Zie</mrk> <ph id="1">{x}</ph>hier', "Zie hier", "has 1 codes"),
        ('<g id="9" ctype="link" equiv-text="javascript:alert(1)">Zie</g>', "Zie", "lost 4 marks"),
    ],
)
def test_damaged_codes_cost_marks_and_no_words(target, words, said):
    found, notices = came(translated(file_of(MARKED), target))
    assert [block.html for block in found] == [words]
    assert any(said in notice for notice in notices)


def test_an_original_that_was_changed_in_the_file_is_reported():
    data = file_of("<p>The law is new.</p>").replace(b"is new", b"is old")
    assert came(translated(data, "De wet is oud."))[1] == [
        "The original was changed in the file: “The law is old.”. Check the translation."
    ]


def test_a_passage_that_was_not_sent_or_is_there_twice_is_reported():
    data = file_of("<p>The law is new.</p>")
    unit = data[data.index(b"<trans-unit") : data.index(b"</trans-unit>") + 13]
    twice = xliff.read(data.replace(unit, unit + unit), "2014/be")
    assert str(twice.notices[0]).endswith("twice. The first translation was taken.")
    other = unit.replace(b'id="1.', b'id="&lt;b>x', 1)
    strange = xliff.read(data.replace(unit, unit + other), "2014/be")
    assert "that this portal did not send (x" in str(strange.notices[0])
    assert len(strange.sent.texts[0].units) == len(twice.sent.texts[0].units) == 1


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xliff version="1.2">&b;</xliff>'
FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB, "defines entities"),
        (FILE, "defines entities"),
        (b"<xliff", "damaged"),
        (b"\x00\xff", "no XLIFF file"),
        (b"PK\x03\x04<", "no XLIFF file"),
        (b"<html/>", "no XLIFF file"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"/>', "XLIFF 2.0"),
        (file_of("<p>x</p>", report="2013/be"), "another report"),
        (b'<xliff version="1.2">' + b"<g>" * 5_000 + b"</g>" * 5_000 + b"</xliff>", "damaged"),
        (b'<xliff version="1.2">' + b"<g/>" * 50_000 + b"</xliff>", "at most 16000"),
        (b'<xliff version="1.2">' + b"x" * 900_000 + b"</xliff>", "maximum for a report"),
        (b'<xliff version="1.2"><file target-language="nl"/><file target-language="fr"/></xliff>', "several languages"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_or_wrong_file_is_refused_in_one_sentence(data, said):
    with pytest.raises(Problem, match=said):
        xliff.read(data, "2014/be")


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch):
    monkeypatch.setattr(xliff, "parsed_xml", None)
    with pytest.raises(Problem, match="larger than 10 MB"):
        xliff.read(b" " * (package.MOST_XML + 1), "2014/be")
