"""OpenDocument texts, zipped and flat, become a flow; each test writes the XML of its file."""

import zipfile
from io import BytesIO

import pytest

from reports.document.inline import Run
from reports.readers.flow import Cell
from reports.readers.opendocument import flow_of
from reports.readers.package import DAMAGED, ENTITIES, LOCKED, TOO_LARGE
from tests.office import saved_by_libreoffice
from tests.readers.flows import damaged, flow_or_refusal, shown

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        **{name: name for name in ("office", "style", "text", "table", "form", "manifest")},
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
SPACES += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def flat(body: str, styles: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text" {SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def zipped(**parts: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, xml in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", xml)
    return file.getvalue()


def read(body: str, styles: str = "", **parts: str):
    return flow_of(zipped(content=content(body, styles), **parts))


def lines(body: str, styles: str = "") -> list[str]:
    return shown(read(body, styles))


def text_style(name: str, properties: str, parent: str = "") -> str:
    based = f' style:parent-style-name="{parent}"' if parent else ""
    said = f"<style:text-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="text"{based}>{said}</style:style>'


def test_white_space_and_its_elements():
    body = "<text:p>\n  one\n  two<text:s/><text:s text:c='2'/>three<text:tab/>four<text:line-break/>five \n</text:p>"
    assert [paragraph.text for paragraph in read(body).paragraphs] == ["one two   three\tfour\nfive"]


def test_hyphens_and_no_break_spaces():
    assert lines("<text:p>in\u00adformatie no\u2011break 5\u00a0°C</text:p>") == ["informatie no-break 5\u00a0°C"]


def test_marks_come_from_styles_and_their_parents():
    styles = (
        text_style("Strong", 'fo:font-weight="bold"')
        + text_style("T1", 'fo:font-style="italic"', "Strong")
        + text_style("T2", 'fo:font-weight="normal"')
        + text_style("T3", 'style:text-position="super 58%"')
        + text_style("T4", 'style:text-position="-33% 58%"')
        + '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold" '
        'fo:language="nl" fo:country="BE"/></style:style>'
    )
    body = (
        '<text:p text:style-name="P1">A<text:span text:style-name="T2"> b</text:span></text:p>'
        '<text:p><text:span text:style-name="T1">c</text:span> m<text:span text:style-name="T3">2</text:span> '
        'CO<text:span text:style-name="T4">2</text:span></text:p>'
    )
    flow = read(body, styles)
    assert shown(flow) == ["<b>A</b> b", "<b><i>c</i></b> m<sup>2</sup> CO<sub>2</sub>"]
    assert [paragraph.language for paragraph in flow.paragraphs] == ["nl-BE", ""]


def test_links_keep_their_address():
    body = (
        '<text:p>See <text:a xlink:href="http://www.example.org/"><text:span>the list</text:span></text:a> and '
        '<text:a xlink:href="#above">above</text:a>.</text:p>'
    )
    assert lines(body) == ["See <a http://www.example.org/>the list</a> and above."]


LISTS = """<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="A" style:num-suffix=")"/>
<text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="(" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="2" style:num-suffix="."/>
</text:list-style><text:list-style style:name="L2">
<text:list-level-style-bullet text:level="1" style:num-suffix="\uf0b7" text:bullet-char="\uf0b7"/>
<text:list-level-style-number text:level="2" style:num-format=""/>
</text:list-style>"""


def item(words: str, inner: str = "", **attributes: str) -> str:
    said = "".join(f' text:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<text:list-item{said}><text:p>{words}</text:p>{inner}</text:list-item>"


def list_of(*items: str, style: str = "", **attributes: str) -> str:
    attributes |= {"style_name": style} if style else {}
    said = "".join(f' text:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<text:list{said}>{''.join(items)}</text:list>"


def test_lists_have_marks_levels_and_numbers():
    inner = list_of(item("first", list_of(item("deep"), item("deeper"))), item("second"))
    assert lines(list_of(item("one", inner), item("two"), style="L1"), LISTS) == [
        "ol1 A) one",
        "ol2 (1) 1 first",
        "ol3 1.i. deep",
        "ol3 1.ii. deeper",
        "ol2 (2) 2 second",
        "ol1 B) two",
    ]
    assert lines(list_of(item("one", list_of(item("no mark"))), style="L2"), LISTS) == ["ul1 \uf0b7 one", "no mark"]


def test_a_list_goes_on_or_starts_anew():
    first = list_of(item("one"), item("two"), style="L1", id="list1")
    assert lines(first + list_of(item("three"), style="L1", continue_numbering="true"), LISTS)[2] == "ol1 C) three"
    assert lines(first + list_of(item("three"), style="L1", continue_list="list1"), LISTS)[2] == "ol1 C) three"
    assert lines(first + list_of(item("anew"), style="L1"), LISTS)[2] == "ol1 A) anew"
    assert lines(list_of(item("five", start_value="5"), item("six"), style="L1"), LISTS) == [
        "ol1 E) five",
        "ol1 F) six",
    ]


def test_an_inner_list_goes_on_until_a_paragraph_of_the_outer_one():
    """As LibreOffice 7.4 prints these lists."""
    inner = list_of(item("a"), item("b"))
    outer = f"<text:list-item><text:p>one</text:p>{inner}<text:p>text</text:p>{list_of(item('c'))}</text:list-item>"
    alone = f"<text:list-item>{list_of(item('d'))}</text:list-item>"
    body = list_of(outer, style="L1") + list_of(alone, style="L1", continue_numbering="true")
    assert lines(body + list_of(alone, item("two"), style="L1"), LISTS) == [
        "ol1 A) one",
        "ol2 (1) 1 a",
        "ol2 (2) 2 b",
        "text",
        "ol2 (1) 1 c",
        "ol2 (2) 2 d",
        "ol2 (1) 1 d",
        "ol1 B) two",
    ]


def test_further_paragraphs_of_an_item_have_no_mark():
    body = list_of(
        "<text:list-header><text:p>head</text:p></text:list-header>",
        "<text:list-item><text:p>one</text:p><text:p>more</text:p></text:list-item>",
        style="L1",
    )
    assert lines(body, LISTS) == ["head", "ol1 A) one", "more"]


def test_headings_have_the_numbers_of_the_outline():
    outline = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
    body = '<text:h text:outline-level="1">One</text:h><text:p>x</text:p><text:h text:outline-level="1">Two</text:h>'
    assert lines(body, outline + "</text:outline-style>") == ["ol1 I. One", "x", "ol1 II. Two"]


def test_tables_have_cells_and_heading_rows():
    body = (
        "<table:table><table:table-column/><table:table-header-rows><table:table-row><table:table-cell>"
        "<text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Cases</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>2013</text:p><text:p>and 2014</text:p>"
        "</table:table-cell><table:table-cell><table:table><table:table-row><table:table-cell><text:p>inner</text:p>"
        "</table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>"
        "<text:p>after</text:p>"
    )
    expected = ["1/0/0h Year", "1/0/1h Cases", "1/1/0 2013", "1/1/0 and 2014", "2/0/0 inner", "after"]
    assert lines(body) == expected


def test_merged_cells_stand_once_and_are_named():
    body = (
        '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p>'
        "</table:table-cell><table:covered-table-cell/><table:table-cell><text:p>third</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    flow = read(body)
    assert shown(flow) == ["1/0/0 wide", "1/0/2 third"]
    assert flow.merged_cells == {1: 1}


def test_repeated_cells_are_bounded():
    body = (
        '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="999999999999"><text:p/></table:table-cell><table:table-cell><text:p>x</text:p>'
        '</table:table-cell></table:table-row></table:table><text:p><text:s text:c="999999999"/>y</text:p>'
    )
    flow = read(body)
    assert flow.paragraphs[1].cell == Cell(1, 0, 1)
    assert len(flow.paragraphs[2].text) == 101


CHANGES = """<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info>
<dc:creator>A. B.</dc:creator><dc:date>2015-01-01T10:00:00</dc:date></office:change-info>
<text:p>not<text:s/></text:p></text:deletion></text:changed-region><text:changed-region text:id="ct2"><text:insertion>
<office:change-info><dc:creator>A. B.</dc:creator></office:change-info></text:insertion></text:changed-region>
</text:tracked-changes>"""


def test_deleted_text_follows_its_paragraph():
    body = (
        '<text:p>The law is <text:change text:change-id="ct1"/>adopted<text:change-start text:change-id="ct2"/> '
        'now<text:change-end text:change-id="ct2"/>.</text:p><text:p>Next.</text:p>'
    )
    assert lines(CHANGES + body) == ["The law is adopted now.", "deleted: not", "Next."]


def test_struck_and_hidden_text_is_deleted():
    styles = text_style("T1", 'style:text-line-through-style="solid"') + text_style("T2", 'text:display="none"')
    body = (
        '<text:p>It is <text:span text:style-name="T1">not </text:span>so, <text:span text:style-name="T2">no doubt '
        "</text:span>about it.</text:p>"
        '<text:section text:display="none"><text:p>Hidden.</text:p></text:section>'
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>Hidden too.</text:p>'
    )
    expected = ["It is so, about it.", "deleted: not no doubt", "deleted: Hidden.", "deleted: Hidden too."]
    assert lines(body, styles) == expected


def test_notes_follow_their_paragraph():
    body = (
        "<text:p>412<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p> Of which 12 abroad."
        "</text:p><text:p>See above.</text:p></text:note-body></text:note> files.</text:p><text:p>Next.</text:p>"
    )
    flow = read(body)
    assert shown(flow) == [
        "412<sup>1</sup> files.",
        "footnote: <sup>1</sup> Of which 12 abroad.",
        "footnote: See above.",
        "Next.",
    ]
    assert flow.paragraphs[1].runs == [Run("1", raised="sup"), Run(" Of which 12 abroad.")]


def test_comments_are_no_text():
    body = (
        "<text:p>The police <office:annotation office:name='1'><dc:creator>A. B.</dc:creator><dc:date>2015</dc:date>"
        "<text:p>Is this number right?</text:p><text:list><text:list-item><text:p>Ask.</text:p></text:list-item>"
        "</text:list></office:annotation>has<office:annotation-end office:name='1'/> twelve officers.</text:p>"
    )
    expected = ["The police has twelve officers.", "comment: Is this number right?", "comment: ul1 • Ask."]
    assert lines(body) == expected


def test_headers_and_footers_are_furniture():
    styles = (
        f"<office:document-styles {SPACES}><office:master-styles><style:master-page><style:header>"
        "<text:p>Belgium</text:p></style:header><style:footer>"
        "<text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    flow = read("<text:p>On page <text:page-number>7</text:page-number>.</text:p>", styles=styles)
    assert shown(flow) == ["On page .", "furniture: Belgium", "furniture: Page"]


def test_tables_of_contents_are_furniture():
    index = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>No</text:index-title-template>"
        "</text:table-of-content-source><text:index-body><text:p>Target 1<text:tab/>2</text:p></text:index-body>"
        "</text:table-of-content>"
    )
    assert lines(index + "<text:p>Target 1</text:p>") == ["furniture: Target 1\t2", "Target 1"]


def test_text_boxes_pictures_and_objects():
    body = (
        "<text:p>Before<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box><svg:title>t</svg:title>"
        "</draw:frame> after.<draw:frame><draw:image/><svg:desc>A photo</svg:desc></draw:frame><draw:frame>"
        "<draw:object/><draw:image/></draw:frame><draw:custom-shape><text:p>In a shape.</text:p>"
        "</draw:custom-shape></text:p>"
    )
    flow = read(body)
    assert shown(flow) == ["Before after.", "In the box.", "In a shape."]
    assert flow.left_out == {"picture": 1, "object": 1}


def test_placeholders_are_blank_and_controls_named():
    body = (
        '<text:p><loext:content-control loext:alias="1.1.A">The answer.</loext:content-control></text:p>'
        '<text:p><loext:content-control loext:showing-place-holder="true">Click here.</loext:content-control></text:p>'
        "<text:p><text:placeholder>Text here</text:placeholder></text:p>"
        '<office:forms><form:form><form:textarea form:id="c1" form:current-value="Typed."/></form:form></office:forms>'
        '<text:p><draw:control draw:control="c1"/></text:p>'
    )
    flow = read(body)
    assert shown(flow) == ["The answer.", "Typed."]
    assert flow.paragraphs[0].control == "1.1.A"


def test_fields_of_the_text_are_text():
    body = "<text:p>On <text:date>1 May</text:date> <dc:date>x</dc:date>by <text:title>the plan</text:title>.</text:p>"
    assert lines(body) == ["On 1 May by the plan."]


def test_flat_files_are_read():
    assert shown(flow_of(flat("<text:p>Flat.</text:p>").encode())) == ["Flat."]


def test_locked_files_are_refused():
    manifest = (
        f'<manifest:manifest {SPACES}><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    data = zipped(META_INF__manifest="", content="\x01\x02").replace(b"META_INF", b"META-INF")
    assert flow_or_refusal(flow_of, data) == DAMAGED
    data = zipped(META_INF__manifest=manifest, content="\x01\x02").replace(b"META_INF", b"META-INF")
    assert flow_or_refusal(flow_of, data) == LOCKED


def nested(tag: str, depth: int) -> str:
    return f"<text:{tag}>" * depth + f"</text:{tag}>" * depth


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", DAMAGED),
        (b"PK\x03\x04 and nothing else", DAMAGED),
        (zipped(other="<a/>"), DAMAGED),
        (zipped(content=f"<office:document-content {SPACES}/>"), "not a text document"),
        (zipped(content=BOMB + content("<text:p>&b;</text:p>")), ENTITIES),
        (zipped(content=content(nested("section", 5_000))), DAMAGED),
        (zipped(content=content(nested("section", 200))), "nested far deeper"),
        (zipped(content=content("<text:p>" + "x" * 11_000_000 + "</text:p>")), TOO_LARGE),
        (b"<a>" + b" " * 11_000_000 + b"</a>", TOO_LARGE),
        (zipped(content=content("<text:p/>" * 20_001)), "far more paragraphs"),
        (
            zipped(content=content("<text:p>" + "<text:a xlink:href='h'>a</text:a>b" * 3_000 + "</text:p>")),
            "changes its style far more often",
        ),
    ],
    ids=["empty", "zip", "parts", "no text", "entities", "too deep", "deep", "large", "large flat", "many", "runs"],
)
def test_hostile_files_are_refused(data, said):
    assert said in flow_or_refusal(flow_of, data)


def test_styles_based_on_themselves_end():
    styles = text_style("T1", 'fo:font-weight="bold"', "T2") + text_style("T2", 'fo:font-style="italic"', "T1")
    assert lines('<text:p><text:span text:style-name="T1">x</text:span></text:p>', styles) == ["<b><i>x</i></b>"]


def test_damaged_files_are_refused_or_read():
    cell = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    body = CHANGES + list_of(item("one", list_of(item("two"))), style="L1")
    body += f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    results = [flow_or_refusal(flow_of, one) for one in damaged(flat(body, LISTS).encode(), 300)]
    assert DAMAGED in results
    assert any(not isinstance(result, str) for result in results)
    for one in damaged(zipped(content=content(body, LISTS)), 100):
        flow_or_refusal(flow_of, one)


def test_libreoffice_saves_what_is_read_the_same(tmp_path):
    cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in ("x", "y"))
    body = (
        f'{CHANGES}<text:p>The law is <text:change text:change-id="ct1"/>adopted.</text:p>'
        f"{list_of(item('one', list_of(item('sub'))), item('two'), style='L1')}<text:p>Next.</text:p>"
        '<table:table><table:table-column table:number-columns-repeated="2"/>'
        f"<table:table-row>{cells}</table:table-row></table:table>"
    )
    file = tmp_path / "form.fodt"
    file.write_text(flat(body, LISTS))
    expected = ["The law is adopted.", "deleted: not", "ol1 A) one", "ol2 (1) 1 sub", "ol1 B) two", "Next."]
    expected += ["1/0/0 x", "1/0/1 y"]
    assert shown(flow_of(file.read_bytes())) == expected
    assert shown(flow_of(saved_by_libreoffice(file, "odt"))) == expected
