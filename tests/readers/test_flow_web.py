"""Web pages become a flow: of word processors, mail programs, Google Docs, and any other."""

import pytest

from reports.readers.flow import Cell
from reports.readers.package import TOO_LARGE
from reports.readers.web import flow_of, flow_of_html
from reports.readers.web.page import NO_PAGE
from tests.office import saved_by_libreoffice
from tests.readers.flows import damaged, flow_or_refusal, shown


def read(html: str):
    return flow_of(html.encode())


def lines(html: str) -> list[str]:
    return shown(read(html))


# What every browser shows


def test_white_space_and_line_breaks():
    assert lines("<p>\n one\n two <br>\n three<br></p>\n<p>&nbsp;</p><div>four</div> five") == [
        "one two \nthree",
        "four",
        "five",
    ]
    assert lines("<p>one<br><br>two</p>") == ["one", "two"]
    assert lines("<p>one<br style='page-break-before:always'>two</p>") == ["one\ntwo"]
    assert lines("<pre>\n a  b\n\tc</pre>") == [" a  b\n\tc"]


def test_hyphens_and_no_break_spaces():
    assert lines("<p>in&shy;formatie no&#8209;break 5&nbsp;°C</p>") == ["informatie no-break 5\u00a0°C"]


def test_marks_of_elements_and_styles():
    assert lines("<p><b>a</b> <i>b</i> m<sup>2</sup> CO<sub>2</sub></p>") == [
        "<b>a</b> <i>b</i> m<sup>2</sup> CO<sub>2</sub>"
    ]
    assert lines("<p style='font-weight:700'>a<b style='font-weight:normal'> b</b></p>") == ["<b>a</b> b"]
    assert lines("<b><i><p>a</p><p>b</p></i></b>c") == ["<b><i>a</i></b>", "<b><i>b</i></b>", "c"]


def test_marks_of_style_sheets():
    sheet = "<style>.c1{font-weight:700}span.c2{vertical-align:super}p{font-style:italic}.c3 b{display:none}</style>"
    assert lines(f"{sheet}<p><span class='c1 c2'>a</span><b class=c2>b</b></p><div class=c3>c</div>") == [
        "<sup><b><i>a</i></b></sup><b><i>b</i></b>",
        "c",
    ]


def test_links_keep_their_address():
    wrapped = "https://eur03.safelinks.example.org/?url=https%3A%2F%2Fwww.example.org&amp;data=05"
    assert lines(f"<p>See <a href='{wrapped}'>the <b>plan</b></a>, <a href='#b'>below</a>.</p>") == [
        f"See <a {wrapped.replace('&amp;', '&')}>the </a><a {wrapped.replace('&amp;', '&')}><b>plan</b></a>, below."
    ]


def test_struck_and_hidden_text_is_deleted():
    assert lines("<p>The law is <s><span>not </span></s><u>on 1 May </u>adopted.</p><p>Next.</p>") == [
        "The law is on 1 May adopted.",
        "deleted: not",
        "Next.",
    ]
    assert lines("<del><p>All of it.</p></del><strike><p>This too.</p></strike><p>Left.</p>") == [
        "deleted: All of it.",
        "deleted: This too.",
        "Left.",
    ]
    assert lines("<style>.msoDel{text-decoration:line-through}</style><p>a<span class=msoDel>b</span>c</p>") == [
        "ac",
        "deleted: b",
    ]
    assert lines("<p>a<span style='display:none'>b</span><span style='mso-hide:all'>c</span></p>") == [
        "a",
        "deleted: bc",
    ]


def test_two_deletions_stay_apart():
    assert lines("<p>a <s>one</s> b <s>two</s> c</p>") == ["a b c", "deleted: one two"]


def test_quotations_keep_their_marks():
    assert lines("<p>She says <q>the <q>list</q></q>.</p><blockquote>Quoted.</blockquote>") == [
        "She says “the ‘list’”.",
        "Quoted.",
    ]


def test_lists_have_marks_levels_and_numbers():
    html = "<ol type=A><li>one<ul><li><p>sub</p></ul><li value=4>four</ol><ol start=3><li>three<li>four</ol>"
    assert lines(html) == ["ol1 A. one", "ul2 • sub", "ol1 D. four", "ol1 3. 3 three", "ol1 4. 4 four"]
    assert lines("<ol style='list-style-type:lower-roman'><li>a<li>b</ol>") == ["ol1 i. a", "ol1 ii. b"]
    assert lines("<ul><li>a</li><ul><li>b</li></ul><li><p>c</p><p>d</p></li></ul>") == [
        "ul1 • a",
        "ul2 • b",
        "ul1 • c",
        "d",
    ]


def test_tables_have_cells_and_heading_rows():
    html = (
        "<table><thead><tr><td>Year<td>Cases</thead><tr><th>2013<td><p>12</p><p>and 3</p>"
        "<tr><td><td><table><tr><th>inner</table></table><p>after"
    )
    flow = read(html)
    expected = ["1/0/0h Year", "1/0/1h Cases", "1/1/0 2013", "1/1/1 12", "1/1/1 and 3", "2/0/0h inner", "after"]
    assert shown(flow) == expected
    assert Cell(1, 2, 0) in [paragraph.cell for paragraph in flow.paragraphs]


def test_merged_cells_stand_once_and_are_named():
    html = (
        "<table><tr><td rowspan=2>tall<td colspan=2>wide<td>d<tr><td>b<td>c<td>d"
        "<tr><td colspan=999999999>e<td rowspan=999999999>f</table>"
    )
    flow = read(html)
    expected = ["1/0/0 tall", "1/0/1 wide", "1/0/3 d", "1/1/1 b", "1/1/2 c", "1/1/3 d", "1/2/0 e", "1/2/100 f"]
    assert shown(flow) == expected
    assert flow.merged_cells == {1: 4}


def test_tables_for_the_looks_have_no_cells():
    assert lines("<table role=presentation><tr><td>a<td><p>b</table>") == ["a", "b"]


def test_pictures_objects_and_scripts():
    flow = read(
        "<p>a<img src=x><svg><text>t</text></svg><script>s</script><object>o</object><select><option>x</select>"
    )
    assert shown(flow) == ["a"]
    assert flow.left_out == {"picture": 2, "object": 1}


# Word

WORD_COMMENT = """<p class=MsoNormal>The police <a style='mso-comment-reference:AB_1;mso-comment-date:20150101T1000'>has
twelve</a><span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanchor
id="_anchor_1" href="#_msocom_1" language=JavaScript name="_msoanchor_1">[AB1]</a><![endif]><span
style='mso-special-character:comment'>&nbsp;</span></span></span> officers.<o:p></o:p></p><p class=MsoNormal>Next.</p>
<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff><![endif]>
<div style='mso-element:comment'><![if !supportAnnotations]><div id="_com_1" class=msocomtxt><![endif]><span
style='mso-comment-author:"A. B."'><![if !supportAnnotations]><a name="_msocom_1"></a><![endif]></span>
<p class=MsoCommentText><span class=MsoCommentReference><span style='font-size:8.0pt'><span
style='mso-special-character:comment'>&nbsp;</span><![if !supportAnnotations]><a href="#_msoanchor_1"
class=msocomoff>[AB1]</a><![endif]></span></span>Is this right?<o:p></o:p></p></div></div></div>"""


def test_comments_of_word_follow_their_paragraph():
    assert lines(WORD_COMMENT) == ["The police has twelve officers.", "comment: Is this right?", "Next."]


def test_anchors_of_comments_that_are_missing_go():
    assert lines(WORD_COMMENT.partition("<div")[0]) == ["The police has twelve officers.", "Next."]


WORD_LIST = """<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New
Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>one<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>b)<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span>two</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>3.</span>three</p>
<p class=MsoNormal>four</p>"""


def test_lists_of_word():
    assert lines(WORD_LIST) == ["ul1 · one", "ol2 b) two", "ol1 3. 3 three", "four"]


def test_lists_of_filtered_word_pages():
    html = """<p class=MsoListParagraphCxSpFirst style='margin-left:72.0pt;text-indent:-18.0pt'><span
style='font-family:"Courier New"'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>one</p>
<p class=MsoNormal
style='margin-left:.5in;text-indent:-.25in'>2.<span style='font:7.0pt "Times New Roman"'> &nbsp;</span>two</p>
<p class=MsoListParagraph style='text-indent:-18.0pt'>A paragraph in this style.</p>"""
    assert lines(html) == ["ul2 o one", "ol1 2. 2 two", "A paragraph in this style."]


WORD_NOTE = """<p class=MsoNormal>412<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span
style='mso-special-character:footnote'><![if !supportFootnotes]><span>[1]</span><![endif]>
</span></span></a> files.</p><p>Next.</p><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>
<hr align=left size=1 width="33%"><![endif]><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Of
which 12 abroad.</p><p class=MsoFootnoteText>See above.</p></div></div>"""


@pytest.mark.parametrize("keep", [True, False], ids=["whole", "filtered"])
def test_notes_of_word_follow_their_paragraph(keep):
    html = WORD_NOTE if keep else WORD_NOTE.replace("mso-footnote", "x").replace("mso-element", "x")
    assert lines(html) == [
        "412<sup>1</sup> files.",
        "footnote: <sup>1</sup> Of which 12 abroad.",
        "footnote: See above.",
        "Next.",
    ]


def test_controls_of_word():
    flow = read(
        "<w:Sdt SdtTag='1.1.A'><w:sdtPr></w:sdtPr><p>The answer.</p></w:Sdt>"
        "<p><w:Sdt ShowingPlcHdr='t' SdtTag=x>Click here.</w:Sdt></p>"
        "<p>Police: <w:Sdt SdtTag='1.1.B'>yes</w:Sdt></p>"
    )
    assert shown(flow) == ["The answer.", "Police: yes"]
    assert [paragraph.control for paragraph in flow.paragraphs] == ["1.1.A", "1.1.B"]


def test_furniture_and_conditions_of_word():
    html = (
        "<!--[if gte mso 9]><p>For Word alone.</p><![endif]-->"
        "<xml><w:View>Normal</w:View></xml>"
        "<div style='mso-element:header'><p>Belgium</p></div>"
        "<p class=MsoToc1>Target 1<span style='mso-tab-count:1 dotted'>....</span>2</p><p>a<span "
        "style='mso-tab-count:1'>  </span>b</p>"
    )
    assert lines(html) == ["furniture: Belgium", "furniture: Target 1\t2", "a\tb"]


def test_lists_of_word_online():
    html = (
        '<div class="ListContainerWrapper"><ul><li data-leveltext="\uf0b7" data-aria-level="1" class="OutlineElement">'
        '<p class="Paragraph"><span>one</span><span class="EOP">&nbsp;</span></p></li></ul></div><div><ol start="2">'
        '<li data-leveltext="%2." data-aria-level="2"><p>two</p></li></ol></div>'
    )
    assert lines(html) == ["ul1 \uf0b7 one", "ol2 2. 2 two"]


# LibreOffice, Google Docs, encyclopedias


def test_notes_of_libreoffice():
    html = (
        '<p>In 2013<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>; 10'
        '<sup>6</sup></p><p>Next.</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" '
        'name="sdfootnote1sym" href="#sdfootnote1anc">1</a>The\n\tnote</p></div>'
    )
    assert lines(html) == ["In 2013<sup>1</sup>; 10<sup>6</sup>", "footnote: <sup>1</sup> The note", "Next."]


def test_comments_and_headers_of_libreoffice():
    made = '<meta name="generator" content="LibreOffice 7.4"/>'
    html = "<div title='header'><p>Belgium</p></div><p>a<!-- Is it right? --> b<sdfield type=PAGE>7</sdfield></p>"
    assert lines(made + html) == ["furniture: Belgium", "a b", "comment: Is it right?"]
    assert lines(html)[1:] == ["a b"]


GOOGLE = """<style>ol.lst-kix_a-0{list-style-type:none}.lst-kix_a-0 > li:before{content:"" counter(lst-ctn-kix_a-0,
lower-latin) ") "}.c1{font-weight:700}</style><ol class="c2 lst-kix_a-0 start" start="1"><li class="c3"><span
class="c1">one</span></li></ol><ul class="c2 lst-kix_a-1 start"><li>sub</li></ul><ol class="lst-kix_a-0"
start="2"><li>two
<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup><sup><a href="#ftnt1"
id="ftnt_ref1">[1]</a></sup></li></ol><p>Next.</p><hr>
<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;The note.</span></p></div><div
class="c5"><p><a
href="#cmnt_ref1" id="cmnt1">[a]</a><span>A comment.</span></p></div>"""


def test_pages_of_google_docs():
    assert lines(GOOGLE) == [
        "ol1 a) <b>one</b>",
        "ul2 • sub",
        "ol1 b) two <sup>1</sup>",
        "comment: A comment.",
        "footnote: <sup>1</sup> \u00a0The note.",
        "Next.",
    ]


def test_what_google_docs_puts_on_the_clipboard():
    html = (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span '
        'style="font-weight:400;vertical-align:baseline;white-space:pre-wrap;">a </span><span style="font-weight:700;'
        'white-space:pre-wrap;">b</span><span style="font-size:0.6em;vertical-align:super;">2</span></p><ul><li '
        'aria-level="2" style="list-style-type:circle;"><p role="presentation">c</p></li></ul></b>'
    )
    assert lines(html) == ["a <b>b</b><sup>2</sup>", "ul2 • c"]


def test_html_that_is_decoded_already():
    assert shown(flow_of_html("<meta charset=windows-1252><p>créé \ud800</p>")) == ["créé"]


def test_notes_of_encyclopedias():
    html = (
        '<p>Fact.<sup id="ref-1"><a href="#note-1">[1]</a></sup> More.<sup id="ref-2"><a href="#note-1">[1]</a></sup>'
        '</p><p>Next.</p><ol><li id="note-1"><a href="#ref-1">^</a> Source.</li></ol><nav>Menu</nav>'
    )
    assert lines(html) == [
        "Fact.<sup>1</sup> More.<sup>1</sup>",
        "footnote: <sup>1</sup> Source.",
        "Next.",
        "furniture: Menu",
    ]


def test_notes_of_notes_stand_at_the_end():
    html = (
        "<p>a<a href=#n1 name=r1>1</a></p><p>b</p><p><a href=#r1 name=n1>1</a> c<a href=#n2 name=r2>2</a></p>"
        "<p><a href=#r2 name=n2>2</a> d</p><p>e</p>"
    )
    notes = ["footnote: <sup>1</sup> c<sup>2</sup>", "footnote: <sup>2</sup> d"]
    assert lines(html) == ["a<sup>1</sup>", notes[0], "b", "e", notes[1]]


def test_links_within_a_page_are_no_notes():
    assert lines("<p><a href=#t>1</a></p><p id=t>Target <a name=x>one</a>.</p>") == ["1", "Target one."]
    there_and_back = "<p><a href=#t name=r>See the table below</a></p><p>a</p><p id=t>Table <a href=#r>back</a></p>"
    assert lines(there_and_back) == ["See the table below", "a", "Table back"]


# Encodings, MHTML


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("utf-8", ""),
        ("utf-8-sig", "<meta charset=iso-8859-1>"),
        ("utf-8", "<meta charset=utf-16>"),
        ("utf-8", "<meta charset=unknown>"),
        ("utf-16", ""),
        ("cp1252", "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>"),
        ("cp1252", "<meta charset=utf-8>"),
        ("cp1250", '<meta charset="windows-1250">'),
        ("cp1251", "<meta charset = windows-1251>"),
    ],
)
def test_encodings(encoding, says):
    words = "«Ответ»" if encoding == "cp1251" else "« ä é ß » – „…“"
    assert shown(flow_of(f"{says}<p>{words}</p>".encode(encoding))) == [words]


def test_pages_in_xml():
    assert lines('<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="x"><body><p>é</p></body></html>') == ["é"]


MHTML = """MIME-Version: 1.0\r
Content-Type: multipart/related; boundary="----=_Next"\r
\r
This document is a Single File Web Page.\r
\r
------=_Next\r
Content-Location: file:///C:/form.htm\r
Content-Transfer-Encoding: quoted-printable\r
Content-Type: text/html; charset="windows-1252"\r
\r
<p>La police a cr=E9=E9 une =\r
=E9quipe.</p>\r
------=_Next\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
------=_Next--\r
"""


def test_pages_in_one_file():
    assert shown(flow_of(MHTML.encode())) == ["La police a créé une équipe."]
    assert flow_or_refusal(flow_of, MHTML.replace("text/html", "text/css").encode()) == NO_PAGE


# Hostile files


def test_blank_pages_are_blank():
    for html in ("", " \n", "\x00", "<html><body></body></html>"):
        assert lines(html) == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<div>" * 100_000, "nested far deeper"),
        ("<div>" * 300 + "deep", "nested far deeper"),
        ("<table><tr><td>" * 80, "nested far deeper"),
        ("<p>" + "<b>a</b>b" * 3_000, "changes its style far more often"),
        ("<p>a" * 20_001, "far more paragraphs"),
        ("<p>" + "a" * 11_000_000, TOO_LARGE),
        ("<p>" + "a<i></i> " * 200_000, TOO_LARGE),
        (MHTML.replace("multipart/related", "multipart/" * 30), TOO_LARGE),
    ],
    ids=["deepest", "deep", "tables", "runs", "paragraphs", "large", "tags", "parts"],
)
def test_hostile_pages_are_refused(html, said):
    assert said in flow_or_refusal(flow_of, html.encode())


HOSTILE = {
    "one paragraph": "<p>" + "a<i></i> " * 50_000,
    "brackets in a style sheet": "<style>a{b:" + "(" * 60_000 + "</style><p>a",
    "style sheets": "<style>a{b:c}</style>" * 20_000 + "<p>a",
    "notes in notes": "<p>a"
    + "".join(f"<p id=n{n}><a href=#n{n + 1}>{n}</a><a href=#n{n - 1}>b" for n in range(2_000)),
    "links to one place": "<p>a" + "<a href=#n>1</a>" * 20_000 + "<div id=n>" + "x<br>" * 20_000,
    "cells": "<table><tr>" + "<td rowspan=99 colspan=99>" * 2_000 + "<tr>" + "<td>" * 2_000,
    "items": "<ol start=99999999999999999999>" + "<li value=99999999>a" * 5_000,
    "classes": f"<p class='{'a ' * 100_000}'>a",
    "styles": f"<p style='{'font-weight:bold;' * 100_000}'>a",
    "marks of Word": "<p style='text-indent:-1pt'>" + "ab<span style='font:7.0pt'> </span>" * 2_000,
    "tags that are never closed": "<" * 200_000 + "p" * 200_000,
    "headers": "a: b\n" * 200_000,
    "control characters": "<p>a&#1;&#xFFFE;\x02b&#xD800;",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_end(html):
    for paragraph in getattr(flow_or_refusal(flow_of, html.encode()), "paragraphs", []):
        paragraph.text.encode()
        assert "\x01" not in paragraph.text


def test_long_style_sheets_are_not_read():
    assert lines(f"<style>{'a{b:c}' * 40_000}</style><style>p{{font-weight:bold}}</style><p>x") == ["x"]


def test_damaged_pages_are_refused_or_read():
    html = WORD_COMMENT + WORD_LIST + WORD_NOTE + GOOGLE + "<table><tr><td colspan=2>a<td>b</table>"
    for data in (html.encode(), MHTML.encode()):
        results = [flow_or_refusal(flow_of, one) for one in damaged(data, 150)]
        assert any(not isinstance(result, str) for result in results)


def test_pages_that_libreoffice_saves(tmp_path):
    file = tmp_path / "form.html"
    file.write_text(
        "<html><body><p>The <b>law</b> is <a href='http://www.example.org/'>here</a>.</p><ol><li>one<ul><li>"
        "sub</ul><li>two</ol><table><tr><td><p>x</p></td><td>y</td></tr></table></body></html>"
    )
    assert shown(flow_of(saved_by_libreoffice(file, "html"))) == [
        "The <b>law</b> is <a http://www.example.org/>here</a>.",
        "ol1 1. 1 one",
        "ul2 • sub",
        "ol1 2. 2 two",
        "1/0/0 x",
        "1/0/1 y",
    ]
