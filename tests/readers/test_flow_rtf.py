"""RTF files become a flow; each test writes the control words of its file."""

import pytest

from reports.document.inline import Run
from reports.readers.flow import Cell
from reports.readers.package import DAMAGED, TOO_LARGE
from reports.readers.rtf import NO_RTF, flow_of
from tests.office import saved_by_libreoffice
from tests.readers.flows import damaged, flow_or_refusal, shown

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\froman\fcharset2 Symbol;}{\f2\fcharset238 Arial CE;}"
FONTS += r"{\f3\fcharset204 Arial Cyr;}{\f4\fcharset128 MS Mincho;}}"


def rtf(body: str, head: str = "") -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252\uc1\deff0" + FONTS + head + "\n" + body + "}").encode("cp1252")


def read(body: str, head: str = ""):
    return flow_of(rtf(body, head))


def lines(body: str, head: str = "") -> list[str]:
    return shown(read(body, head))


def test_paragraphs_and_signs():
    body = (
        r"\pard \page one\page\line two\tab three\par {\pard\plain four\~five\_six\-seven \{\\\}\par}"
        "\\pard ei\nght\\par"
    )
    assert lines(body) == ["one\n\ntwo\tthree", "four\u00a0five-sixseven {\\}", "eight"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (r"caf\'e9 \u8211? \emdash  \ldblquote x\rdblquote", "café – — “x”"),
        (r"{\f2 \'e8\'9a}{\f3 \'cf\'f0}", "čšПр"),
        (r"{\f4 \'93\'fa}", "日"),
        (r"\u55357\'3f\u56832\'3f", "\U0001f600"),
        (r"\u-10179 ?\u-8704 ?", "\U0001f600"),
        (r"\uc2\u8364 ab\uc0\u8364 \uc1\u8364{}c", "€€€c"),
        ("{\\f1 \\'b7}é", "\uf0b7é"),
        (r"\u55357?x", "\ufffdx"),
    ],
)
def test_characters(written, read_as):
    assert lines(written) == [read_as]


def test_marks_and_raised_text():
    assert lines(r"{\b a{\i b}}{\b0 c} m{\super 2} CO{\dn6 2}\up6 x\up0 y\plain z") == [
        "<b>a</b><b><i>b</i></b>c m<sup>2</sup> CO<sub>2</sub><sup>x</sup>yz"
    ]


def test_links_are_fields():
    link = r'{\field{\*\fldinst{\rs HYPERLINK "http://www.example.org/a b"}}{\fldrslt{\ul\plain here}}}'
    inside = r'{\field{\*\fldinst HYPERLINK \\l "mark"}{\fldrslt there}}'
    page = r"{\field{\*\fldinst PAGE}{\fldrslt 7}}"
    form = r"{\field{\*\fldinst FORMTEXT {\*\formfield{\fftype0{\*\ffdeftext Type}}}}{\fldrslt answer}}"
    assert lines(f"See {link} or {inside} {page}: {form}.") == [
        "See <a http://www.example.org/a b>here</a> or there : answer."
    ]


LISTS = (
    r"{\*\listtable{\list{\listlevel\levelnfc3\levelnfcn3\levelstartat1{\leveltext\'02\'00);}{\levelnumbers\'01;}}{\listlevel\levelnfc0}\listid7}"
    r"{\list{\listlevel\levelnfc23}{\listlevel\levelnfc255}\listid8}}"
    r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}{\listoverride\listid8\ls2}}"
)


def test_lists_have_marks_levels_and_numbers():
    body = (
        r"{\listtext\pard\plain A)\tab}\pard\ls1\ilvl0 one\par {\listtext\pard\plain 1.\tab}\pard\ilvl1\ls1 sub\par"
        r"\pard\ls0 more\par{\listtext\pard\plain\f1\'b7\tab}\pard\ls2 bullet\par \pard\ls2 no text of it\par"
        r"\pard\ilvl1\ls2 no mark\par {\pntext\f0 2)\tab}\pard old\par"
    )
    assert lines(body, LISTS) == [
        "ol1 A) one",
        "ol2 1. 1 sub",
        "more",
        "ul1 \uf0b7 bullet",
        "ul1 • no text of it",
        "no mark",
        "ol1 2) 2 old",
    ]


def test_marks_end_neither_list_nor_table():
    body = r"\trowd\cellx1000\pard\intbl\ls1\ilvl1{\listtext\pard\plain 1.\tab}one\cell\row\pard "
    assert lines(body, LISTS) == ["1/0/0 ol2 1. 1 one"]


def row(*cells: str, edges: tuple[int, ...] = (), words: str = "") -> str:
    edges = edges or tuple(1_000 * (1 + index) for index in range(len(cells)))
    defined = "".join(f"\\cellx{edge}" for edge in edges)
    return f"\\trowd{words}{defined}\\pard\\intbl " + "\\cell ".join(cells) + "\\cell\\row\n"


def test_tables_have_cells_and_heading_rows():
    body = row("Year", "Cases", words=r"\trhdr") + row("2013", r"12\par and 3") + r"\pard between\par " + row("x")
    assert lines(body) == ["1/0/0h Year", "1/0/1h Cases", "1/1/0 2013", "1/1/1 12", "1/1/1 and 3", "between", "2/0/0 x"]


def test_cells_stand_in_columns():
    body = row("wide", "c", edges=(2_000, 3_000)) + row("a", "b", "c", edges=(1_010, 1_990, 3_020))
    flow = read(body)
    assert shown(flow) == ["1/0/0 wide", "1/0/2 c", "1/1/0 a", "1/1/1 b", "1/1/2 c"]
    assert flow.merged_cells == {1: 1}


def test_merged_cells_are_named():
    body = r"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl a\cell b\cell\cell\row"
    body += r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell c\cell d\cell\row"
    flow = read(body)
    assert shown(flow) == ["1/0/0 a", "1/0/1 b", "1/1/1 c", "1/1/2 d"]
    assert flow.merged_cells == {1: 2}


def test_tables_in_tables():
    inner = (
        r"\pard\intbl\itap2 x\nestcell{\nonesttables\par}y\nestcell{\nonesttables\par}"
        r"{\*\nesttableprops\trowd\cellx400\cellx800\nestrow}{\nonesttables\par}\pard\intbl\itap1 after"
    )
    assert lines(row("before", inner) + row("z", "")) == [
        "1/0/0 before",
        "2/0/0 x",
        "2/0/1 y",
        "1/0/1 after",
        "1/1/0 z",
    ]


def test_definitions_may_follow_their_row():
    body = r"\pard\intbl wide\cell c\cell\trowd\cellx2000\cellx3000\row"
    body += r"\pard\intbl a\cell b\cell c\cell\trowd\cellx1000\cellx2000\cellx3000\row \pard"
    assert lines(body)[1:] == ["1/0/2 c", "1/1/0 a", "1/1/1 b", "1/1/2 c"]


def test_deleted_struck_and_hidden_text():
    body = r"The law is {\deleted\revauthdel1 not }{\revised on 1 May }adopted{\strike  twice}{\v  or so}.\par Next."
    assert lines(body) == ["The law is on 1 May adopted.", "deleted: not twice or so", "Next."]


def test_a_deleted_end_joins_two_paragraphs():
    assert lines(r"One{\deleted  and\par }two\par three\par") == ["Onetwo", "deleted: and", "three"]


def test_notes_follow_their_paragraph():
    body = (
        r"412{\super\chftn{\footnote\pard\plain{\super\chftn} Of which 12 abroad.\par See above.}} files"
        r"{\super\chftn}{\*\footnote\ftnalt\chftn\pard\plain\tab At the end.}.\par Next.\par"
    )
    flow = read(body)
    assert shown(flow) == [
        "412<sup>1</sup> files<sup>2</sup>.",
        "footnote: <sup>1</sup> Of which 12 abroad.",
        "footnote: See above.",
        "footnote: <sup>2</sup> At the end.",
        "Next.",
    ]
    assert flow.paragraphs[1].runs == [Run("1", raised="sup"), Run(" Of which 12 abroad.")]


def test_comments_are_no_text():
    body = (
        r"{\*\atnid AB}{\*\atnauthor A. B.}{\*\annotation{\*\atndate 1}{\*\atnref 0}\pard Is it right?\par}"
        r"The police has {\*\atrfstart 0}twelve{\*\atrfend 0} officers.\par"
    )
    assert lines(body) == ["The police has twelve officers.", "comment: Is it right?"]


def test_headers_and_contents_are_furniture():
    body = (
        r"{\header\pard Belgium\par}{\footerr\pard Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        r"{\field{\*\fldinst TOC \\o}{\fldrslt Target 1\tab 2\par}}\pard Target 1\par"
    )
    assert lines(body) == ["furniture: Belgium", "furniture: Page", "furniture: Target 1\t2", "Target 1"]


def test_text_boxes_stand_once():
    box = r"{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv 1}}{\shptxt\pard In the box.\par}}{\shprslt\pard In the box.\par}}"
    assert lines(f"Before{box} after.\\par") == ["Before after.", "In the box."]


def test_a_table_in_a_text_box_keeps_its_cells():
    box = "{\\shp{\\*\\shpinst{\\shptxt " + row("x", "y") + "\\pard z\\par}}}"
    assert lines(row("a" + box, "b")) == ["2/0/0 a", "1/0/0 x", "1/0/1 y", "2/0/0 z", "2/0/1 b"]


def test_the_end_of_a_section_is_no_paragraph():
    assert [paragraph.text for paragraph in read(r"one\par\sect two\sect three").paragraphs] == ["one", "two", "three"]


def test_pictures_and_objects_are_named():
    body = (
        r"a{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict\wmetafile8 0100}}"
        r"{\object\objemb{\*\objdata 0105}{\result{\pict 00}}}{\shp{\*\shpinst{\sp{\sn pib}{\sv{\pict 00}}}}}"
        r"{\pict\bin4 }}}}}b"
    )
    flow = read(body)
    assert shown(flow) == ["ab"]
    assert flow.left_out == {"picture": 3, "object": 1}


def test_a_language_is_a_hint():
    flow = read(r"\lang2067 Het antwoord.\par\plain\lang1024 --\par")
    assert [paragraph.language for paragraph in flow.paragraphs] == ["nl-BE", ""]


def test_what_old_and_other_programs_write():
    assert shown(flow_of(b"{\\rtf1\\mac caf\\'8e}\x00\x00")) == ["café"]
    assert shown(flow_of(b"\xef\xbb\xbf\r\n{\\rtf1\\ansi\\ansicpg65001 caf\xc3\xa9\\\nb}")) == ["café", "b"]
    assert shown(flow_of(rb"{\rtf1{\info{\title No}{\author No}}{\stylesheet{\s1 No;}}{\*\unknown No}yes}")) == ["yes"]


def test_cells_without_a_row_are_read():
    flow = read(r"\pard\intbl a\cell b\cell \pard c\par \row\nestrow\nestcell d")
    assert shown(flow)[:3] == ["1/0/0 a", "1/0/1 b", "c"]
    assert flow.paragraphs[0].cell == Cell(1, 0, 0)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", NO_RTF),
        (b"{\\urtf1 x}", NO_RTF),
        (b"{\\rtf1 the end is missing", DAMAGED),
        (rtf("{" * 100_000), "nested far deeper"),
        (rtf(r"\b x\b0 y" * 10_000), "changes its style far more often"),
        (rtf(r"\par" * 20_001), "far more paragraphs"),
        (rtf("{}" * 600_000), TOO_LARGE),
    ],
    ids=["empty", "other", "cut off", "braces", "runs", "paragraphs", "groups"],
)
def test_hostile_files_are_refused(data, said):
    assert said in flow_or_refusal(flow_of, data)


HOSTILE = {
    "one paragraph": r"a{\i }" * 100_000 + "\nb" * 100_000,
    "cells": r"\trowd" + r"\cellx1" * 100_000 + r"\pard\intbl" + r"\cell" * 15_000 + r"\row",
    "depth": r"\itap999999999\intbl a\nestcell\nestrow" * 5_000,
    "numbers": r"\u9999999999 \ls9999999999\ilvl-999999999 \bin9999999999 a",
    "notes in notes": r"a{\footnote b" * 400 + "}" * 400,
    "levels": r"{\*\listtable" + r"\levelnfc0" * 100_000 + "}a",
    "fields": r"{\field{\*\fldinst" + " x{}" * 50_000 + r"}{\fldrslt a}}",
    "control characters": r"\u1 \'01\u-2 a",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_end(body):
    flow = flow_or_refusal(flow_of, rtf(body))
    for paragraph in getattr(flow, "paragraphs", []):
        paragraph.text.encode()
        assert "\x01" not in paragraph.text


def test_damaged_files_are_refused_or_read():
    body = row("a", "b") + r"{\listtext 1.\tab}\pard\ls1 one\par x{\super\chftn{\footnote{\super\chftn} n}}\u8364?"
    body += (
        r'{\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt l}}{\shp{\*\shpinst{\shptxt t}}}{\deleted d\par}'
    )
    results = [flow_or_refusal(flow_of, one) for one in damaged(rtf(body, LISTS), 400)]
    assert DAMAGED in results
    assert any(not isinstance(result, str) for result in results)


def test_libreoffice_saves_what_is_read_the_same(tmp_path):
    body = (
        r"\pard The {\b law} is m{\super 2} {\deleted not }adopted"
        r"{\super\chftn{\footnote\pard\plain{\super\chftn} A note.}}.\par"
        r"{\listtext\pard\plain A)\tab}\pard\ls1\ilvl0 one\par\pard "
    )
    body += row("x", "y") + r'\pard {\field{\*\fldinst HYPERLINK "http://www.example.org/"}{\fldrslt here}}\par'
    file = tmp_path / "form.rtf"
    file.write_bytes(rtf(body, LISTS))
    expected = [
        "The <b>law</b> is m<sup>2</sup> adopted<sup>1</sup>.",
        "deleted: not",
        "footnote: <sup>1</sup> A note.",
        "ol1 A) one",
        "1/0/0 x",
        "1/0/1 y",
        "<a http://www.example.org/>here</a>",
    ]
    assert shown(flow_of(file.read_bytes())) == expected
    assert shown(flow_of(saved_by_libreoffice(file, "rtf"))) == expected
