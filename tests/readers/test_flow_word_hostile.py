"""A damaged or hostile Word file is refused with a sentence, or read within bounds; it never fails otherwise."""

import io
import zipfile

import pytest

from reports.readers.flow import MOST_PARAGRAPHS, MOST_RUNS, Flow
from reports.readers.package import DAMAGED, ENTITIES, LOCKED, MOST_PARTS, MOST_XML, TOO_LARGE
from reports.readers.word import flow_of
from reports.readers.word.parts import NOT_WORD
from tests.readers.word_files import (
    cell,
    cells,
    damaged,
    described,
    outcome,
    p,
    r,
    read,
    relations,
    style,
    word_file,
    zipped,
)

BOLD = "<w:b/>"


def changed(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return zipped({one: file.read(one) for one in file.namelist()} | {name: content})


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"plain text", bytes(range(256)) * 9])
def test_what_is_no_package_at_all(data):
    assert outcome(data) in (DAMAGED, NOT_WORD)


def test_other_packages_are_no_word_documents():
    assert outcome(zipped({"content.xml": "<office/>"})) == NOT_WORD
    workbook = {
        "_rels/.rels": relations({"a": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": "<workbook/>",
    }
    assert outcome(zipped(workbook)) == NOT_WORD
    assert outcome(zipped({"_rels/.rels": relations({"a": ("officeDocument", "missing.xml")})})) == NOT_WORD
    assert outcome(zipped({"_rels/.rels": relations({"a": ("officeDocument", "../../etc/passwd")})})) == NOT_WORD


def test_parts_outside_the_file_are_not_asked_for():
    elsewhere = relations({"a": ("officeDocument", "https://localhost/word/document.xml")})
    assert outcome(changed(word_file(p("a")), "_rels/.rels", elsewhere.encode())) == NOT_WORD


def test_a_part_that_is_named_often_is_read_once():
    kinds = {f"r{number}": ("header", "header1.xml") for number in range(1_000)}
    data = changed(
        word_file(p("a"), header1=p("Restricted")), "word/_rels/document.xml.rels", relations(kinds).encode()
    )
    assert described(outcome(data)) == ["a", "furniture: Restricted"]


def test_an_address_that_no_browser_follows_is_no_link():
    body = p(f'<w:hyperlink r:id="a">{r("site")}</w:hyperlink>')
    assert read(body, links={"a": "https://example.org/" + "a" * 10_000}) == ["site"]


def test_a_package_with_a_password():
    data = bytearray(word_file(p("a")))
    for start in (place for place in range(len(data)) if data[place : place + 4] == b"PK\x01\x02"):
        data[start + 8] |= 1  # the flag of an encrypted part, in the directory at the end
    assert outcome(bytes(data)) == LOCKED


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE d SYSTEM "http://localhost:9/d.dtd">',
    ],
)
def test_entities_are_refused_in_every_part(declaration):
    whole = word_file(p("a"), styles=style("A"))
    for name in ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"):
        assert outcome(changed(whole, name, declaration + b"<d>&b;</d>")) in (ENTITIES, DAMAGED)


def test_sizes_are_bounded():
    assert outcome(changed(word_file(""), "word/media/a.bin", bytes(201_000_000))) == TOO_LARGE
    assert outcome(changed(word_file(""), "word/document.xml", b" " * (MOST_XML + 1))) == TOO_LARGE
    assert outcome(zipped({f"{number}.xml": "" for number in range(MOST_PARTS + 1)})) == TOO_LARGE


def test_numbers_of_paragraphs_and_runs_are_bounded():
    assert "far more paragraphs" in outcome(word_file(p("a") * (MOST_PARAGRAPHS + 1)))
    assert "changes its style far more often" in outcome(word_file(p(*[r("a", BOLD), "b"] * MOST_RUNS)))
    assert "far more paragraphs" in outcome(word_file(p("a"), header1=p("b") * MOST_PARAGRAPHS))


def test_many_runs_of_one_style_are_one():
    """Several times as many as the runs of different styles that a paragraph may have."""
    many = 4 * MOST_RUNS
    (paragraph,) = flow_of(word_file(p("<w:r><w:t>a</w:t></w:r>" * many))).paragraphs
    assert [len(run.text) for run in paragraph.runs] == [many]


def test_nesting_is_bounded():
    for opening, closing in (
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:p>", "</w:p>"),
        ("<w:ins>", "</w:ins>"),
    ):
        assert outcome(word_file(opening * 5_000 + p("a") + closing * 5_000)) == DAMAGED
        deep = outcome(word_file(opening * 40 + p("a") + closing * 40))
        assert isinstance(deep, Flow)
        assert [paragraph.text for paragraph in deep.visible()] == ["a"]


def test_a_deep_note_in_a_deep_cell_is_refused_or_read():
    opening, closing = "<w:hyperlink>" * 240, "</w:hyperlink>" * 240
    note = f'<w:footnote w:id="2">{opening}{p("note")}{closing}</w:footnote>'
    body = opening + p("a", r('<w:footnoteReference w:id="2"/>')) + closing
    found = outcome(word_file(body, footnotes=note))
    assert found == DAMAGED or described(found) == ["a^1^", "footnote: ^1^ note"]


@pytest.mark.parametrize("span", ["20000000", "-1", "1e9", "9" * 5_000, "²"])
def test_absurd_spans_are_one_column(span):
    wide = f'<w:gridSpan w:val="{span}"/>'
    row = f'<w:trPr><w:gridBefore w:val="{span}"/></w:trPr>' + cell("a", properties=wide) + cell("b")
    assert read(cells(row)) == ["0/0/0: a", "0/0/1: b"]


def test_absurd_numbers_of_lists():
    content = '<w:start w:val="999999999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1%1%2%9"/>'
    levels = "".join(f'<w:lvl w:ilvl="{level}">{content}</w:lvl>' for level in (0, 9))
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    places = {"a": "0", "b": "9", "c": "99999999", "d": "x"}
    body = "".join(p(text, properties=item.format(place)) for text, place in places.items())
    assert read(body, numbering=numbering) == [
        "ol1 999999999999999999%2%9: a",
        "b",
        "c",
        "ol1 10000000001000000000%2%9: d",
    ]


def test_characters_that_nothing_can_store_are_left_out():
    content = '<w:numFmt w:val="bullet"/><w:lvlText w:val="&#x85;–"/>'
    numbering = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{content}</w:lvl></w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = p("a&#x9b;b&#xfdd0;", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert read(body, numbering=numbering) == ["ul1 –: ab"]


def test_a_long_mark_is_cut():
    content = f'<w:numFmt w:val="bullet"/><w:lvlText w:val="{"x" * 100_000}"/>'
    numbering = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{content}</w:lvl></w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = p("a", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert read(body, numbering=numbering) == [f"ul1 {'x' * 60}: a"]


def test_what_many_paragraphs_share_is_read_once():
    """A style and a level with 200,000 elements before the one that counts would take hours."""
    much = "<w:x/>" * 200_000
    styles = style("A", paragraph=f'{much}<w:numPr>{much}<w:numId w:val="1"/></w:numPr>', kind="paragraph")
    level = f'<w:lvl w:ilvl="0">{much}<w:numFmt w:val="bullet"/><w:lvlText w:val="–"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = p("a", properties='<w:pStyle w:val="A"/>') * MOST_PARAGRAPHS
    assert read(body, styles=styles, numbering=numbering) == ["ul1 –: a"] * MOST_PARAGRAPHS


def test_elements_at_places_where_they_do_not_belong():
    loose = r("a") + "<w:tr><w:tc><w:p/></w:tc></w:tr>" + cell("b") + "<w:t>c</w:t><w:sdt/><w:drawing/><w:hyperlink/>"
    loose += "<w:footnoteReference/><w:commentReference/><w:fldChar/><mc:AlternateContent/><w:fldSimple/>"
    assert [line for line in read(p(p("x"), "y") + loose) if line] == ["x", "y", "a", "b", "c^1^"]
    assert read(cells(r("x") + cell("a"))) == ["x", "0/0/0: a"]


def test_a_damaged_file_is_refused_or_read():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/></w:lvl></w:abstractNum>'
    )
    body = p("Twelve", r("officers", BOLD)) + cells(cell("a") + cell("b")) + p(r('<w:footnoteReference w:id="2"/>'))
    note = f'<w:footnote w:id="2">{p("note")}</w:footnote>'
    whole = word_file(body, numbering=numbering, footnotes=note, styles=style("A", BOLD))
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for broken in damaged(whole, 300):
        assert isinstance(outcome(broken), Flow | str)
    for name, content in parts.items():
        for broken in damaged(content, 100):
            assert isinstance(outcome(zipped(parts | {name: broken})), Flow | str)
