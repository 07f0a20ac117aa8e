"""A Word document is read into the text that its reader sees, and everything else is named."""

import io
import zipfile

import docx
import pytest

from reports.document.problem import Problem
from reports.readers.word import OLE2, flow_of, refuse_old_word
from tests.readers.word_files import (
    STRICT,
    STRICT_RELATIONS,
    cell,
    cells,
    described,
    p,
    r,
    read,
    style,
    word_file,
    zipped,
)

BOLD, ITALIC = "<w:b/>", "<w:i/>"


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


# Text and its look


def test_paragraphs_of_an_ordinary_file():
    document = docx.Document()
    document.add_heading("Policy Target No. 1", 1)
    paragraph = document.add_paragraph("Twelve ")
    paragraph.add_run("officers").bold = True
    paragraph.add_run(" work ")
    paragraph.add_run("here").italic = True
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph("Two", style="List Bullet 2")
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("Second", style="List Number")
    flow = flow_of(saved(document))
    assert described(flow) == [
        "**Policy Target No. 1**",
        "Twelve **officers** work *here*",
        "ul1 \uf0b7: One",
        "ul2 \uf0b7: Two",
        "ol1 1.: First",
        "ol1 2.: Second",
    ]
    assert [paragraph.place for paragraph in flow.paragraphs] == [1, 2, 3, 4, 5, 6]
    assert [paragraph.number for paragraph in flow.paragraphs] == [0, 0, 0, 0, 1, 2]
    assert (flow.format, flow.unit, flow.is_whole, flow.left_out) == ("word", "paragraph", True, {})


def test_runs_that_are_cut_anywhere():
    assert read(p("Twe", "lve off", r("i", BOLD), r("cers", BOLD), " work")) == ["Twelve off**icers** work"]


def test_characters_that_have_elements_of_their_own():
    runs = ["<w:r><w:t>a</w:t><w:tab/><w:ptab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>"]
    runs.append('<w:r><w:noBreakHyphen/><w:t>e</w:t><w:softHyphen/><w:t>f</w:t><w:br w:type="page"/></w:r>')
    assert read(p(*runs)) == ["a→→b⏎c⏎d-ef⏎"]
    assert read(p("co\u00adoperation, e\u2011mail, 10\u00a0%")) == ["cooperation, e-mail, 10\u00a0%"]


def test_a_line_end_in_the_xml_is_a_space():
    assert read(p("two\nwords")) == ["two words"]


def test_symbols_keep_their_private_character():
    symbols = r('<w:sym w:font="Wingdings" w:char="F0FC"/>'), r('<w:symEx w:char="1F6E1"/>')
    nothing = r('<w:sym w:char="D800"/>'), r('<w:sym w:char="x"/>'), r("<w:sym/>")
    assert read(p(*symbols, *nothing, " yes")) == ["\uf0fc\U0001f6e1 yes"]


def test_raised_digits_stay_distinct():
    sup, sub = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    styles = style("Square", sup)
    squared = r("2", '<w:rStyle w:val="Square"/>')
    assert read(p("m", r("2", sup), ", CO", r("2", sub), ", km", squared), styles=styles) == ["m^2^, CO~2~, km^2^"]


def test_bold_in_two_styles_cancels_out():
    """ISO 29500-1, 17.7.3. Of a run's own properties, those that a tracked change replaced do not count."""
    styles = style("Strong", BOLD) + style("Heading", BOLD + ITALIC, kind="paragraph")
    styles += style("Child", kind="paragraph", based_on="Heading")
    strong = '<w:rStyle w:val="Strong"/>'
    runs = ["a", r("b", strong), r("c", strong + BOLD), r("d", '<w:b w:val="0"/>')]
    runs.append(r("e", '<w:b w:val="0"/><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>'))
    assert read(p(*runs, properties='<w:pStyle w:val="Child"/>'), styles=styles) == ["***a****b****c****de*"]


def test_a_style_based_on_itself_ends():
    styles = style("A", based_on="B") + style("B", BOLD, based_on="A")
    assert read(p(r("word", '<w:rStyle w:val="A"/>')), styles=styles) == ["**word**"]


def test_defaults_hold_for_paragraphs_without_a_style():
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-BE"/></w:rPr></w:rPrDefault></w:docDefaults>'
    styles += style("Normal", ITALIC, kind="paragraph").replace("<w:style ", '<w:style w:default="1" ')
    body = p("un") + p("un", r("twee woorden", '<w:lang w:val="nl-BE"/>'))
    flow = flow_of(word_file(body, styles=styles))
    everywhere = styles.replace("<w:lang", "<w:b/><w:lang") + style("Strong", BOLD)
    assert read(p("un", r("b", '<w:rStyle w:val="Strong"/>')), styles=everywhere) == ["***unb***"]
    assert described(flow) == ["*un*", "*untwee woorden*"]
    assert [paragraph.language for paragraph in flow.paragraphs] == ["fr-BE", "nl-BE"]


def test_formulas_keep_what_is_above_and_below():
    power = "<m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert read(p(f"<m:oMath>{power}</m:oMath>", " ", f"<m:oMath>{half}</m:oMath>")) == ["m^2^ 1/2"]


def test_how_a_word_is_spoken_is_not_read():
    spoken = f"<w:ruby><w:rt>{r('kanji')}</w:rt><w:rubyBase>{r('漢字')}</w:rubyBase></w:ruby>"
    assert read(p(f"<w:r>{spoken}</w:r>")) == ["漢字"]


# What was deleted, struck, hidden or moved


def test_tracked_changes_are_accepted_and_named():
    body = p("Twelve ", f"<w:del>{r('old ', tag='delText')}</w:del>", f"<w:ins>{r('new ')}</w:ins>", "officers")
    assert read(body) == ["Twelve new officers", "deleted: old "]


def test_struck_and_hidden_text_is_a_deletion():
    body = p("Ten ", r("or two ", "<w:strike/>"), "men ", r("not", "<w:dstrike/>"), "here", r("secret", "<w:vanish/>"))
    assert read(body) == ["Ten men here", "deleted: or two not secret"]
    styles = style("Struck", "<w:strike/><w:dstrike/>")
    struck, kept = r("a", '<w:rStyle w:val="Struck"/>'), r("b", '<w:strike w:val="false"/>')
    assert read(p(struck, kept), styles=styles) == ["b", "deleted: a"]
    styles = style("Struck", "<w:dstrike/>")
    assert read(p(struck, r("b")), styles=styles) == ["b", "deleted: a"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert read(p("Twelve ", properties=deleted) + p("officers") + p("Next")) == ["Twelve officers", "Next"]
    item = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    whole = p(f"<w:del>{r('Gone', tag='delText')}</w:del>", properties=item + deleted)
    assert read(whole + p("Kept"), numbering=LETTERS) == ["Kept", "deleted: Gone"]
    assert read(whole + p("One", properties=item) + p("Two", properties=item), numbering=LETTERS) == [
        "ol1 A): One",
        "deleted: Gone",
        "ol1 B): Two",
    ]
    last = p("Zero", properties=item) + whole + cells(cell("x")) + p("One", properties=item)
    assert read(last, numbering=LETTERS) == ["ol1 A): Zero", "deleted: Gone", "0/0/0: x", "ol1 B): One"]


def test_a_deleted_mark_at_the_end_of_a_cell_joins_nothing():
    deleted = p("a", properties="<w:rPr><w:del/></w:rPr>")
    assert read(cells(cell(deleted) + cell("b")) + deleted) == ["0/0/0: a", "0/0/1: b", "a"]


def test_a_deleted_row_is_no_row():
    gone = "<w:trPr><w:del/></w:trPr>"
    body = cells(cell("a"), gone + cell("b") + cell("c"), cell("d"))
    assert read(body) == ["0/0/0: a", "deleted 0/1/0: b", "deleted 0/1/1: c", "0/1/0: d"]


def test_a_deleted_cell_is_a_deletion():
    body = cells(cell("a") + cell("b", properties="<w:cellDel/>") + cell("c"))
    assert read(body) == ["0/0/0: a", "deleted 0/0/1: b", "0/0/1: c"]


def test_moved_text_stands_once():
    away = p(f"<w:moveFrom>{r('Moved.')}</w:moveFrom>", properties="<w:rPr><w:moveFrom/></w:rPr>")
    here = p(f"<w:moveTo>{r('Moved.')}</w:moveTo>", properties="<w:rPr><w:moveTo/></w:rPr>")
    assert read(away + p("First.") + here) == ["First.", "Moved."]
    assert read(away + p("First.")) == ["First.", "deleted: Moved."]


# Lists and what Word numbers by itself


def level(ilvl: int, form: str, text: str, inner: str = "") -> str:
    content = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{inner}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{ilvl}">{content}</w:lvl>'


def definition(name: int, *levels: str, inner: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{inner}{"".join(levels)}</w:abstractNum>'


def num(name: int, of: int, inner: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def item(text: str, list_: int = 1, depth: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_}"/></w:numPr>')


LETTERS = definition(0, level(0, "upperLetter", "%1)"), level(1, "bullet", "\uf0a7")) + num(1, 0)


def test_prompts_have_the_letters_that_word_prints():
    body = item("Please report") + item("One", depth=1) + p("Text") + item("Please assess")
    assert read(body, numbering=LETTERS) == [
        "ol1 A): Please report",
        "ul2 \uf0a7: One",
        "Text",
        "ol1 B): Please assess",
    ]


def test_numbers_of_several_levels():
    numbering = definition(0, level(0, "decimal", "%1."), level(1, "lowerRoman", "%1.%2")) + num(1, 0)
    body = item("a") + item("b", depth=1) + item("c", depth=1) + item("d") + item("e", depth=1)
    assert read(body, numbering=numbering) == ["ol1 1.: a", "ol2 1.i: b", "ol2 1.ii: c", "ol1 2.: d", "ol2 2.i: e"]


def test_a_level_may_go_on_counting_or_count_in_digits():
    on = level(1, "decimal", "%1/%2", '<w:lvlRestart w:val="0"/><w:isLgl/>')
    numbering = definition(0, level(0, "upperRoman", "%1"), on) + num(1, 0)
    body = item("a") + item("b", depth=1) + item("c") + item("d", depth=1)
    assert read(body, numbering=numbering) == ["ol1 I: a", "ol2 1/1: b", "ol1 II: c", "ol2 2/2: d"]


def test_a_list_that_starts_anew_does_so_once():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = definition(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, anew)
    body = item("a") + item("b", 2) + item("c", 2) + item("d")
    assert read(body, numbering=numbering) == ["ol1 1.: a", "ol1 5.: b", "ol1 6.: c", "ol1 7.: d"]


def test_a_list_comes_from_a_style_and_its_level_from_another():
    numbering = definition(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>'))
    numbering += num(1, 0)
    styles = style("H1", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>', kind="paragraph")
    styles += style("H2", kind="paragraph", based_on="H1")
    styles += style("H3", paragraph='<w:numPr><w:ilvl w:val="1"/></w:numPr>', kind="paragraph", based_on="H1")
    body = "".join(p(name, properties=f'<w:pStyle w:val="{name}"/>') for name in ("H1", "H2", "H3"))
    body += p("own", properties='<w:pStyle w:val="H2"/><w:numPr><w:ilvl w:val="0"/></w:numPr>')
    body += p("none", properties='<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert read(body, styles=styles, numbering=numbering) == [
        "ol1 1: H1",
        "ol2 1.1: H2",
        "ol2 1.2: H3",
        "ol1 2: own",
        "none",
    ]


def test_a_definition_that_refers_to_a_style_of_lists():
    numbering = definition(0, level(0, "bullet", "–"), inner='<w:styleLink w:val="Dashes"/>')
    numbering += definition(1, inner='<w:numStyleLink w:val="Dashes"/>') + num(1, 1)
    assert read(item("a"), numbering=numbering) == ["ul1 –: a"]


@pytest.mark.parametrize(
    ("form", "text", "mark", "number"),
    [
        ("decimalZero", "%1", "09", 9),
        ("lowerLetter", "(%1)", "(i)", 0),
        ("upperRoman", "%1.", "IX.", 0),
        ("ordinal", "%1", "9", 0),
        ("none", "Note:", "Note:", 0),
        ("none", "", "", 0),
        ("bullet", " ", "", 0),
    ],
)
def test_marks_of_other_formats(form, text, mark, number):
    numbering = definition(0, level(0, form, text)).replace('start w:val="1"', 'start w:val="9"') + num(1, 0)
    (paragraph,) = flow_of(word_file(item("a"), numbering=numbering)).paragraphs
    assert (paragraph.mark, paragraph.number, paragraph.level) == (mark, number, int(mark != ""))


def test_a_newer_format_has_an_older_one_beside_it():
    newer = '<w:numFmt w:val="custom" w:format="001, 002"/>'
    older = '<w:numFmt w:val="lowerLetter"/>'
    both = f'<mc:AlternateContent><mc:Choice Requires="w14">{newer}</mc:Choice><mc:Fallback>{older}</mc:Fallback>'
    numbering = definition(0, f'<w:lvl w:ilvl="0">{both}</mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>')
    assert read(item("a"), numbering=numbering + num(1, 0)) == ["ol1 a.: a"]


# Links and fields


def field(instruction: str, *shown: str) -> list[str]:
    turns = [r(f'<w:fldChar w:fldCharType="{turn}"/>') for turn in ("begin", "separate", "end")]
    cut = [r(piece, tag="instrText") for piece in (instruction[:4], instruction[4:])]
    return [turns[0], *cut, turns[1], *shown, turns[2]]


def test_hyperlinks_as_relations():
    links = {"a": "https://example.org/x", "b": "mailto:info@example.org"}
    body = p(
        f'<w:hyperlink r:id="a">{r("site")}</w:hyperlink>',
        " or ",
        f'<w:hyperlink r:id="b">{r("mail", BOLD)}</w:hyperlink>',
        f'<w:hyperlink r:id="a" w:anchor="part">{r(" part")}</w:hyperlink>',
        f'<w:hyperlink w:anchor="bookmark">{r(" below")}</w:hyperlink>',
    )
    assert read(body, links=links) == [
        "[site](https://example.org/x) or [**mail**](mailto:info@example.org)[ part](https://example.org/x#part) below"
    ]


@pytest.mark.parametrize(
    ("instruction", "href"),
    [
        (' HYPERLINK "https://example.org/a b" ', "https://example.org/a b"),
        ("HYPERLINK https://example.org", "https://example.org"),
        (' HYPERLINK "https://example.org" \\l "part" \\o "a tip" ', "https://example.org#part"),
        (' HYPERLINK \\o "a tip" "https://example.org"', "https://example.org"),
        (' HYPERLINK \\l "bookmark" ', ""),
        (" REF bookmark \\h ", ""),
        ("", ""),
    ],
)
def test_hyperlinks_as_fields(instruction, href):
    expected = f"See [here]({href})." if href else "See here."
    assert read(p("See ", *field(instruction, r("here")), ".")) == [expected]
    simple = instruction.replace('"', "&quot;")
    assert read(p("See ", f'<w:fldSimple w:instr="{simple}">{r("here")}</w:fldSimple>', ".")) == [expected]


def test_a_field_within_a_field_and_over_paragraphs():
    inner = field(' HYPERLINK "https://example.org" ', r("link"))
    begin, *middle, end = field("IF 1 = 1", "a", *inner, "b")
    assert read(p(begin, *middle) + p("c", end, "d")) == ["a[link](https://example.org)b", "cd"]


def test_a_field_in_the_text_of_a_link():
    link = field(' HYPERLINK "https://example.org" ', "see ", *field("REF b", "there"))
    assert read(p(*link)) == ["[see there](https://example.org)"]


def test_a_field_in_an_instruction_shows_nothing():
    begin, *instruction, separate, shown, end = field("IF 1 = 1", "yes")
    assert read(p(begin, *instruction, *field("REF b", "1"), separate, shown, end)) == ["yes", "deleted: 1"]


def test_fields_of_older_forms():
    character = '<w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar>'
    entries = '<w:listEntry w:val="no"/><w:listEntry w:val="yes"/>'
    end = r('<w:fldChar w:fldCharType="end"/>')
    shown = {
        f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>': "yes",
        f"<w:ddList>{entries}</w:ddList>": "no",
        f'<w:ddList><w:result w:val="7"/>{entries}</w:ddList>': "",
        '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>': "☒",
        '<w:checkBox><w:default w:val="0"/></w:checkBox>': "☐",
        "<w:checkBox><w:default/></w:checkBox>": "☒",
        '<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>': "☐",
    }
    for data, text in shown.items():
        assert read(p(r(character.format(data)), r(" FORM ", tag="instrText"), end)) == [text]
    begin, *middle = field(" FORMTEXT ", "Twelve")
    assert read(p(begin, *middle)) == ["Twelve"]


def test_page_fields_are_not_read():
    body = p("Page ", *field(" PAGE ", r("3")), " of ", f'<w:fldSimple w:instr=" NUMPAGES ">{r("5")}</w:fldSimple>')
    assert read(body) == ["Page  of ", "furniture: 35"]


def test_a_table_of_contents_is_not_read_as_text():
    entry = field(' HYPERLINK \\l "_Toc1" ', r("Policy Target"), r("<w:tab/>"), *field(" PAGEREF _Toc1 ", r("1")))
    begin, *middle, end = field(' TOC \\o "1-3" ', *entry)
    body = p(begin, *middle) + p(end) + p("Policy Target")
    assert read(body) == ["", "", "Policy Target", "furniture: Policy Target→1"]


def test_a_control_with_a_table_of_contents_is_not_read_as_text():
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    assert read(control(p("Policy Target"), gallery) + p("Text")) == ["", "Text", "furniture: Policy Target"]


def test_a_link_that_was_deleted_around_its_text():
    begin, *instruction, separate, text, end = field("HYPERLINK https://example.org", r("here"))
    deleted = [one.replace("instrText", "delInstrText") for one in (begin, *instruction, separate)]
    body = p(f"<w:del>{''.join(deleted)}</w:del>", text, f"<w:del>{end}</w:del>", ".")
    assert read(body) == ["[here](https://example.org)."]


def test_a_field_without_its_end_loses_nothing():
    assert read(p("a", r('<w:fldChar w:fldCharType="begin"/>'), "b") + p("c")) == ["a", "deleted: b", "", "deleted: c"]
    assert read(p(r('<w:fldChar w:fldCharType="end"/>'), "a")) == ["a"]


# Notes, comments, furniture


def notes(kind: str, *texts: str) -> str:
    separator = f'<w:{kind} w:id="-1" w:type="separator">{p(r("<w:separator/>"))}</w:{kind}>'
    reference = r(f"<w:{kind}Ref/>", '<w:vertAlign w:val="superscript"/>')
    return separator + "".join(
        f'<w:{kind} w:id="{number}">{p(reference, " ", text)}</w:{kind}>' for number, text in enumerate(texts, 2)
    )


def reference(kind: str, name: int, inner: str = "") -> str:
    return r(f'<w:{kind}Reference {inner} w:id="{name}"/>', '<w:rStyle w:val="FootnoteReference"/>')


def test_notes_follow_their_paragraph():
    footnotes, endnotes = notes("footnote", "In 2014.", "By law."), notes("endnote", "At the end.")
    body = p("Ten", reference("footnote", 3), " officers", reference("endnote", 2), " work", reference("footnote", 2))
    flow = flow_of(word_file(p("Before") + body + p("After"), footnotes=footnotes, endnotes=endnotes))
    assert described(flow) == [
        "Before",
        "Ten^1^ officers^i^ work^2^",
        "footnote: ^1^ By law.",
        "footnote: ^i^ At the end.",
        "footnote: ^2^ In 2014.",
        "After",
    ]
    assert [paragraph.place for paragraph in flow.paragraphs] == [1, 2, 2, 2, 2, 3]


def test_a_note_with_a_mark_of_its_own():
    own = r('<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>', '<w:vertAlign w:val="superscript"/>')
    body = p("Twelve", own, " men", reference("footnote", 3))
    about = f'<w:footnote w:id="2">{p("* About.")}</w:footnote>'
    following = notes("footnote", "", "Next.").replace('w:id="2"', 'w:id="9"')
    assert read(body, footnotes=about + following) == [
        "Twelve^*^ men^1^",
        "footnote: * About.",
        "footnote: ^1^ Next.",
    ]


def test_the_file_may_choose_how_notes_are_numbered():
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="upperLetter"/></w:footnotePr></w:sectPr>'
    settings = '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'
    body = p("a", reference("footnote", 2), reference("endnote", 2)) + section
    parts = {"footnotes": notes("footnote", "b"), "endnotes": notes("endnote", "c"), "settings": settings}
    assert read(body, **parts) == ["a^A1^", "footnote: ^A^ b", "footnote: ^1^ c"]


def test_a_note_in_itself_is_read_once():
    itself = f'<w:footnote w:id="2">{p("a", reference("footnote", 2))}</w:footnote>'
    body = p("b", reference("footnote", 2)) + p("c", reference("footnote", 2))
    assert read(body, footnotes=itself) == ["b^1^", "footnote: ^1^ a", "c^1^"]


def test_a_note_of_several_paragraphs_has_its_number_once():
    two = f'<w:footnote w:id="2">{p("")}{p("a")}{p("b")}</w:footnote>'
    assert read(p("x", reference("footnote", 2)), footnotes=two) == [
        "x^1^",
        "footnote: ^1^ ",
        "footnote: a",
        "footnote: b",
    ]


def test_a_note_has_the_style_of_its_paragraph():
    styles = style("FootnoteText", ITALIC, kind="paragraph")
    note = p(r("<w:footnoteRef/>"), " In 2014.", properties='<w:pStyle w:val="FootnoteText"/>')
    footnotes = f'<w:footnote w:id="2">{note}</w:footnote>'
    bold = r('<w:footnoteReference w:id="2"/>', BOLD)
    assert read(p("a", bold), styles=styles, footnotes=footnotes) == ["a^1^", "footnote: ^1^ *In 2014.*"]


def test_a_note_whose_place_was_moved_is_read_once():
    away, here = (f"<w:{name}>{reference('footnote', 2)}</w:{name}>" for name in ("moveFrom", "moveTo"))
    body = p("a", away, reference("footnote", 3)) + p("b", here)
    assert read(body, footnotes=notes("footnote", "Moved.", "Next.")) == [
        "a^1^",
        "footnote: ^1^ Next.",
        "b^2^",
        "footnote: ^2^ Moved.",
    ]


def test_a_deleted_note_is_deleted_and_not_counted():
    gone = f"<w:del>{reference('footnote', 2)}</w:del>"
    body = p("a", gone, reference("footnote", 3))
    assert read(body, footnotes=notes("footnote", "Old.", "New.")) == ["a^1^", "deleted:  Old.", "footnote: ^1^ New."]


def test_comments_are_named_and_not_in_the_text():
    comment = (
        f'<w:comment w:id="0">{p(r("<w:annotationRef/>"), "Is this number right?")}{p("Do not send.")}</w:comment>'
    )
    body = p(
        '<w:commentRangeStart w:id="0"/>', "Twelve", '<w:commentRangeEnd w:id="0"/>', reference("comment", 0), " men"
    )
    assert read(body, comments=comment) == ["Twelve men", "comment: Is this number right?", "comment: Do not send."]
    gone = f"<w:del>{r('Ten', tag='delText')}{reference('comment', 0)}</w:del>"
    assert read(p(gone, "men"), comments=comment)[1:] == [
        "comment: Is this number right?",
        "comment: Do not send.",
        "deleted: Ten",
    ]


def test_headers_and_footers_come_last_and_once():
    footer = p("Page ", *field(" PAGE ", r("3")))
    body = p("Text") + '<w:sectPr><w:headerReference r:id="pheader1"/></w:sectPr>'
    assert read(body, header1=p("Restricted"), footer1=footer) == ["Text", "furniture: Restricted", "furniture: Page 3"]


# Boxes, controls, pictures

BOX = "<wp:inline><a:graphic><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></a:graphic></wp:inline>"
OLD_BOX = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
PICTURE = "<w:drawing><wp:inline><a:graphicData><pic:pic/></a:graphicData></wp:inline></w:drawing>"


def both(inner: str) -> str:
    new, old = f"<w:drawing>{BOX.format(inner)}</w:drawing>", OLD_BOX.format(inner)
    return r(
        f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent>"
    )


def test_a_text_box_is_read_once():
    flow = flow_of(word_file(p("Before ", both(p("In the box") + p(both(p("Deeper")))), "after") + p("Next")))
    assert described(flow) == ["Before after", "In the box", "", "Deeper", "Next"]
    assert [paragraph.place for paragraph in flow.paragraphs] == [1, 1, 1, 1, 2]
    assert flow.left_out == {}
    assert read(p(r(OLD_BOX.format(p("Old"))))) == ["", "Old"]


def test_pictures_and_objects_are_counted():
    chart = "<w:drawing><wp:inline><a:graphicData><c:chart/></a:graphicData></wp:inline></w:drawing>"
    line = '<w:pict><v:rect o:hr="t"/></w:pict>'
    body = p(r(PICTURE), r(PICTURE), r(chart), r("<w:object/>"), r(line), f"<w:del>{r(PICTURE)}</w:del>")
    flow = flow_of(word_file(body + '<w:altChunk r:id="x"/>', header1=p(r(PICTURE))))
    assert flow.left_out == {"picture": 2, "object": 3}


def control(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def tag(name: str) -> str:
    return f'<w:tag w:val="{name}"/>'


def test_content_controls_give_their_tag():
    inner = control(p("Two"), tag("inner")) + control(p("Three"), tag("goog_rdk_0"))
    body = control(p("One") + inner, tag("outer")) + p("Name: ", control(r("Four"), tag("line"))) + p("Five")
    body += cells(control(cell("Six"), tag("cell")))
    assert read(body) == [
        "<outer>: One",
        "<inner>: Two",
        "<outer>: Three",
        "<line>: Name: Four",
        "Five",
        "0/0/0 <cell>: Six",
    ]


def test_placeholders_of_controls_are_blank():
    showing, styled = "<w:showingPlcHdr/>", '<w:rStyle w:val="PlaceholderText"/>'
    empty = control(p(r("Click here to enter text.", styled)), tag("a") + showing)
    assert read(empty + p("Name: ", control(r("Choose", styled), showing))) == ["<a>: ", "Name: "]
    localised = style("Tekstvanaanduiding").replace('name w:val="Tekstvanaanduiding"', 'name w:val="Placeholder Text"')
    dutch = r("Klik hier", '<w:rStyle w:val="Tekstvanaanduiding"/>')
    assert read(control(p(dutch), showing), styles=localised) == [""]


def test_text_that_a_program_put_into_an_empty_control_is_named():
    body = control(p(r("Typed by a script")), tag("a") + "<w:showingPlcHdr/>")
    assert read(body) == ["<a>: ", "furniture <a>: Typed by a script"]


def test_a_control_that_shows_no_placeholder_is_read():
    assert read(control(p("Text"), '<w:showingPlcHdr w:val="0"/>')) == ["Text"]


# Tables


def test_cells_have_their_place():
    inner = cells(cell("x") + cell("y"))
    body = cells(cell("a") + cell("b", inner, "c"), cell("d") + cell("e")) + cells(cell("f"))
    assert read(body) == [
        "0/0/0: a",
        "0/0/1: b",
        "1/0/0: x",
        "1/0/1: y",
        "0/0/1: c",
        "0/1/0: d",
        "0/1/1: e",
        "2/0/0: f",
    ]


def test_rows_of_headings_are_the_first_ones():
    heading = "<w:trPr><w:tblHeader/></w:trPr>"
    off = '<w:trPr><w:tblHeader w:val="false"/></w:trPr>'
    assert read(cells(heading + cell("a"), off + cell("b"), heading + cell("c"))) == [
        "0/0/0h: a",
        "0/1/0: b",
        "0/2/0: c",
    ]


def test_merged_cells_keep_the_columns():
    wide, first, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = cells(
        cell("a", properties=wide) + cell("b"),
        cell("c", properties=first) + cell("d") + cell("e"),
        cell("", properties=below) + cell("f") + cell("g"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("h"),
    )
    flow = flow_of(word_file(body))
    assert [line for line in described(flow) if not line.endswith(": ")] == [
        "0/0/0: a",
        "0/0/2: b",
        "0/1/0: c",
        "0/1/1: d",
        "0/1/2: e",
        "0/2/1: f",
        "0/2/2: g",
        "0/3/1: h",
    ]
    assert flow.merged_cells == {0: 2}


def test_an_initial_that_drops_into_the_text():
    initial = p("T", properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert read(initial + p("welve officers")) == ["Twelve officers"]


# Kinds of files


def test_a_strict_file_with_its_main_part_elsewhere():
    body = p(r("Twelve", BOLD), f'<w:hyperlink r:id="a">{r("site")}</w:hyperlink>')
    file = word_file(
        body, links={"a": "https://example.org"}, main="text/main.xml", namespace=STRICT, base=STRICT_RELATIONS
    )
    assert described(flow_of(file)) == ["**Twelve**[site](https://example.org)"]


def refusal(data: bytes) -> str:
    with pytest.raises(Problem) as problem:
        flow_of(data)
    return str(problem.value)


def compound(stream: str) -> bytes:
    return OLE2 + b"\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def test_an_old_document_is_refused_with_what_to_do():
    assert refusal(compound("WordDocument")) == (
        "This file was saved in the format of older versions of Word (.doc). Open it, choose “Save as” and the type "
        "“Word document (.docx)”, and upload the new file."
    )
    assert refuse_old_word(word_file(p("a"))) is None


def test_a_document_with_a_password_is_not_called_old():
    sentence = "This file is protected by a password. Save a copy without it, and upload the copy."
    assert refusal(compound("EncryptedPackage")) == sentence


@pytest.mark.parametrize("stream", ["Workbook", "__substg1.0_0037001F", ""])
def test_other_files_of_old_programs(stream):
    assert refusal(compound(stream)).startswith("This is not a Word document.")


def test_a_file_with_macros_is_read_for_its_text():
    document = word_file(p("Text"))
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert described(flow_of(zipped(parts | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100}))) == ["Text"]
