"""A PDF without tags: the places of its characters tell paragraphs, lists, tables and what recurs on each page."""

import contextlib
import io
import random

import pikepdf
import pytest

from reports.document.problem import Problem
from reports.readers import pdf_text
from reports.readers.flow import MOST_RUNS, TOO_MANY_PARAGRAPHS, TOO_MANY_RUNS
from reports.readers.pdf_text import annotations, flow_of, pdfium
from reports.readers.pdf_text.line import pieces_of
from reports.readers.pdf_text.values import Character
from tests.readers.pdf_files import BOLD, ITALIC, drawn, printed, read, text

LONG = (
    "The police compare every seizure of images with the database, and send the results to the prosecutor of the "
    "region, who decides within a week."
)
BULLETS = "ul { list-style: '• '; padding-left: 12pt; margin: 0 } ul ul { list-style: '– ' }"


def refusal(data: bytes) -> str:
    with pytest.raises(Problem) as problem:
        flow_of(data)
    return problem.value.message


def test_lines_become_paragraphs():
    assert read(printed(f"<p>{LONG}</p><p>A short one.</p><p>{LONG}</p>")) == [LONG, "A short one.", LONG]


def test_paragraphs_without_space_between_are_told_apart():
    assert read(printed(f"<p>{LONG}</p><p>A short one.</p><p>Another.</p>", "p { margin: 0 }")) == [
        LONG,
        "A short one.",
        "Another.",
    ]


def test_a_first_line_that_stands_in_starts_a_paragraph():
    page = [
        text(75, 500, "The police and the schools share one list of contact persons", size=10.5),
        text(60, 487, "which is kept by the ministry and renewed each year in May, and", size=10.5),
        text(75, 474, "The courts too have one that nobody but their own people read", size=10.5),
    ]
    assert len(read(drawn(page))) == 2


def test_bold_italic_and_links_are_kept():
    body = '<p>See <a href="https://www.example.org/a">the <b>site</b></a> and <i>ask</i>, or <b><i>both</i></b>.</p>'
    assert read(printed(body)) == [
        "See <https://www.example.org/a|the ><b https://www.example.org/a|site> and <i|ask>, or <b i|both>."
    ]


def test_a_script_is_no_link():
    def finish(pdf):
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("javascript:alert(1)"))
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[50, 490, 200, 515], A=action
        )
        pdf.pages[0].Annots = pikepdf.Array([link])

    assert read(drawn([text(60, 500, "Press here.")], finish=finish)) == ["Press here."]


def test_a_prompt_and_the_answer_below_it_are_two_paragraphs():
    page = [
        text(60, 500, "A) Please report on the measures of this year, and on those before", font=BOLD, size=9),
        text(60, 489, "Every region has one contact person, and the police know who it is.", size=9),
        text(60, 478, "The results are in the report of the ministry, which is not public.", font=ITALIC, size=9),
    ]
    assert read(drawn(page)) == [
        "<b|A) Please report on the measures of this year, and on those before>",
        "Every region has one contact person, and the police know who it is.",
        "<i|The results are in the report of the ministry, which is not public.>",
    ]


def test_an_answer_that_begins_plain_is_not_joined_to_a_bold_prompt():
    page = [
        text(60, 500, "A) Please report on the measures of this year, and on those before", font=BOLD, size=9),
        text(60, 489, "they were taken by each region, see the report of the ", size=9),
        text(275, 489, "ministry of justice", font=BOLD, size=9),
    ]
    assert read(drawn(page)) == [
        "<b|A) Please report on the measures of this year, and on those before>",
        "they were taken by each region, see the report of the <b|ministry of justice>",
    ]


def test_the_country_in_capitals_is_not_joined_to_the_title():
    page = [
        text(60, 500, "Global Alliance Against Child Sexual Abuse Online, Form", font=BOLD),
        text(60, 487, "BELGIUM", font=BOLD),
    ]
    _, country = read(drawn(page))
    assert country == "<b|BELGIUM>"


def test_a_bold_start_after_a_sentence_is_a_paragraph():
    page = [
        text(60, 500, "The police and the schools share one list of contact persons.", size=10.5),
        text(60, 487, "Operational Goal:", font=BOLD, size=10.5),
        text(155, 487, "Improve the joint efforts.", size=10.5),
    ]
    assert len(read(drawn(page))) == 2


def test_a_line_in_italics_is_not_joined_to_a_plain_one():
    page = [
        text(60, 500, "The police and the schools share one list of contact persons", size=10.5),
        text(60, 487, "which is kept by the ministry and renewed each year in May", font=ITALIC, size=10.5),
    ]
    assert len(read(drawn(page))) == 2


def test_a_wide_gap_is_a_space():
    """In some files PDFium sees no gaps in the first line of a page."""
    word = [Character(sign, 10 + 5 * place, 15 + 5 * place, 0, 10) for place, sign in enumerate("Thepolice")]
    for character in word[3:]:
        character.left, character.right = character.left + 2.5, character.right + 2.5
    (piece,) = pieces_of(word, lambda *_: False)
    assert "".join(character.text for character in piece) == "The police"


def test_where_physical_lines_begin_is_told():
    page = [
        text(60, 500, "Please report on the measures that your country takes"),
        text(60, 486, "as announced, and the answer of a country that has none"),
        text(60, 472, "follows right here."),
    ]
    paragraph = flow_of(drawn(page)).paragraphs[0]
    assert [paragraph.text[start:].split()[0] for start in paragraph.line_starts] == ["as", "follows"]


def test_list_levels_come_from_how_far_items_stand_in():
    items = f"<ul><li>One<ul><li>{LONG}</li><li>Two</li></ul></li><li>Three</li></ul><p>After.</p>"
    assert read(printed(items, BULLETS)) == [
        "ul1• One",
        f"ul2– {LONG}",
        "ul2– Two",
        "ul1• Three",
        "After.",
    ]


def test_numbered_and_lettered_lists_keep_their_marks():
    items = (
        f"<ol><li>One<ol><li>{LONG}</li><li>Two</li><li>Three</li></ol></li><li>Four</li></ol>"
        "<ol style='counter-reset: list-item 8'><li>Nine</li><li>Ten</li></ol>"
    )
    css = "ol { list-style: decimal; padding-left: 20pt; margin: 0 0 6pt } ol ol { list-style: lower-alpha }"
    flow = flow_of(printed(items, css))
    assert [(one.list_kind, one.level, one.mark, one.number) for one in flow.paragraphs] == [
        ("ol", 1, "1.", 1),
        ("ol", 2, "a.", 0),
        ("ol", 2, "b.", 0),
        ("ol", 2, "c.", 0),
        ("ol", 1, "2.", 2),
        ("ol", 1, "9.", 9),
        ("ol", 1, "10.", 10),
    ]
    assert flow.paragraphs[1].text == LONG


def test_bullets_of_symbol_fonts_stay_what_they_are():
    css = "ul { list-style: '\uf0b7 '; padding-left: 12pt }"
    assert [paragraph.mark for paragraph in flow_of(printed("<ul><li>One</li></ul>", css)).paragraphs] == ["\uf0b7"]


def test_a_dash_or_number_within_a_sentence_begins_no_item():
    page = [
        text(60, 500, "The police met the schools of the region, and in section", size=12),
        text(60, 486, "5. of the plan they say how children can ask for help soon", size=12),
        text(60, 472, "- at any time of the day - and who then answers them.", size=12),
    ]
    whole = (
        "The police met the schools of the region, and in section 5. of the plan they say how children can ask for "
        "help soon - at any time of the day - and who then answers them."
    )
    assert read(drawn(page)) == [whole]


def test_a_dash_that_stands_apart_begins_an_item():
    """Even where the line before is full and ends no sentence, and its text begins where the dash is."""
    page = [
        text(60, 500, "\u2022"),
        text(72, 500, "The police met the schools of the region, and the others too", size=10.5),
        text(72, 486, "\u2013", size=10.5),
        text(86, 486, "the second meeting of that year was with the parents", size=10.5),
    ]
    assert [paragraph.level for paragraph in flow_of(drawn(page)).paragraphs] == [1, 2]


def test_a_break_before_french_quotation_marks_is_no_end():
    words = "Le service central tient la liste des personnes de contact, voir"
    rest = "\u00ab Fiche de signalement \u00bb : cette page."
    page = [text(60, 500, words, size=10), text(60, 487, rest, size=10)]
    assert read(drawn(page)) == [f"{words} {rest}"]


def test_the_letters_of_prompts_stay_text():
    assert read(printed("<p>A) Please report.</p><p>B) Please assess.</p>")) == [
        "A) Please report.",
        "B) Please assess.",
    ]


def test_a_line_break_in_an_item_stays_in_it():
    items = f"<ul><li>One.<br>{LONG}</li><li>Two</li></ul>"
    assert read(printed(items, BULLETS)) == [f"ul1• One.\n{LONG}", "ul1• Two"]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the exchange of self-", "exploitative images", "the exchange of self-exploitative images"),
        ("the rules for in-", "en uitvoer", "the rules for in- en uitvoer"),
        ("the provinces and/", "or the regions", "the provinces and/or the regions"),
        ("the years 2010\u2013", "2014 of the plan", "the years 2010\u20132014 of the plan"),
        ("a database: the data\u2010", "base of images", "a database: the database of images"),
        ("a database: the data-", "base of images", "a database: the database of images"),
        ("at https://www.example.org/?a=", "two&b=3 today", "at https://www.example.org/?a=two&b=3 today"),
        ("see www.example.org.", "The ministry", "see www.example.org. The ministry"),
        ("of the ministry", "of justice", "of the ministry of justice"),
    ],
)
def test_words_at_line_ends_are_whole(first, second, whole):
    line = f"The ministry and its services {first}"
    other_lines = "".join(f"<p>{line}x\nof the regions</p>" for _ in range(8))
    css = "@page { size: A4 } p { white-space: pre }"
    assert read(printed(f"{other_lines}<p>{line}\n{second}</p>", css))[-1] == f"The ministry and its services {whole}"


def test_soft_hyphens_go_and_no_break_hyphens_are_hyphens():
    assert read(printed("<p>co\u00adoperation, e\u2011mail</p>")) == ["cooperation, e-mail"]


def test_ligatures_and_accents_have_one_form():
    assert read(
        printed("<p>\ufb01rst o\ufb03ce, Cafe\u0301 België m²</p>", "html { font-variant-ligatures: none }")
    ) == ["first office, Café België m²"]


def test_raised_and_lowered_characters_are_told():
    raised = "<p>5<sup>th</sup> of H<sub>2</sub>O, 4\u00b0</p>"
    assert read(printed(raised, "sup, sub { font-size: 60%; line-height: 0 }")) == ["5<sup|th> of H<sub|2>O, 4°"]


def test_struck_text_is_a_deletion():
    page = [
        text(60, 500, "Twelve new"),
        text(130, 500, "old"),
        text(160, 500, "staff"),
        "0.7 w 129 503.5 m 148 503.5 l S",
    ]
    assert read(drawn(page)) == ["Twelve new  staff", "(deleted) old"]


def test_an_underline_is_no_border_of_a_cell():
    cell = f"<p>{LONG}</p><p>See <u>the list of all the measures that were taken in the year before</u> and more.</p>"
    assert read(printed(f"<table><tr><td>Label</td><td>{cell}</td></tr></table>")) == [
        "[0.0.0] Label",
        f"[0.0.1] {LONG}",
        "[0.0.1] See the list of all the measures that were taken in the year before and more.",
    ]


TABLE = (
    "<table><tr><td>Operational Goal:</td><td>Increase the number of identified victims</td></tr>"
    "<tr><td colspan=2><b>Actions</b></td></tr>"
    f"<tr><td>Description of the actions</td><td><p>Police:</p><ul><li>{LONG}</li><li>Two</li></ul></td></tr></table>"
)


def test_cells_come_row_by_row():
    flow = flow_of(printed(TABLE, BULLETS))
    assert read(printed(TABLE, BULLETS)) == [
        "[0.0.0] Operational Goal:",
        "[0.0.1] Increase the number of identified victims",
        "[0.1.0] <b|Actions>",
        "[0.2.0] Description of the actions",
        "[0.2.1] Police:",
        f"[0.2.1] ul1• {LONG}",
        "[0.2.1] ul1• Two",
    ]
    assert flow.merged_cells == {0: 1}


def test_a_cell_over_two_pages_is_one():
    answers = "".join(f"<p>Measure {number}: {LONG} See below.</p>" for number in range(12))
    table = f"<table><tr><td>Description</td><td>{answers}</td></tr><tr><td>Next</td><td>Last</td></tr></table>"
    flow = flow_of(printed(table))
    assert flow.paragraphs[-1].place > 1
    assert [(one.text, one.cell.row, one.cell.column) for one in flow.paragraphs if one.cell] == [
        ("Description", 0, 0),
        *((f"Measure {number}: {LONG} See below.", 0, 1) for number in range(12)),
        ("Next", 1, 0),
        ("Last", 1, 1),
    ]


def test_repeated_headings_of_a_table_are_read_once():
    rows = "".join(f"<tr><td>Row {number}</td><td>{LONG}</td></tr>" for number in range(12))
    table = f"<table><thead><tr><td>Name</td><td>Measure</td></tr></thead><tbody>{rows}</tbody></table>"
    found = read(printed(table))
    assert found[:3] == ["[0.0.0] Name", "[0.0.1] Measure", "[0.1.0] Row 0"]
    assert found[-4:] == ["[0.12.0] Row 11", f"[0.12.1] {LONG}", "(furniture) Name", "(furniture) Measure"]


def test_text_between_two_tables_ends_the_first():
    table = "<table><tr><td>One</td><td>Two</td></tr></table>"
    assert read(printed(f"{table}<p>Between.</p>{table}")) == [
        "[0.0.0] One",
        "[0.0.1] Two",
        "Between.",
        "[1.0.0] One",
        "[1.0.1] Two",
    ]


def test_a_table_at_the_top_of_a_page_after_text_is_a_new_one():
    table = "<table><tr><td>One</td><td>Two</td></tr></table>"
    found = read(printed(f"{table}<p>Between.</p><div style='break-before: page'>{table}</div>"))
    assert found[-2:] == ["[1.0.0] One", "[1.0.1] Two"]


def test_a_line_right_above_a_table_is_outside_of_it():
    frames = ["60 480 100 40 re S", "160 480 200 40 re S"]
    page = [*frames, text(65, 521.5, "Policy target"), text(65, 500, "One"), text(165, 500, "Two")]
    assert read(drawn(page)) == ["Policy target", "[0.0.0] One", "[0.0.1] Two"]


PAGES = """@page {
  @top-left { content: 'Report of Belgium' }
  @bottom-center { content: counter(page) ' of ' counter(pages) }
}"""


def test_headers_and_footers_are_furniture_once():
    body = "".join(f"<p>Paragraph {number}. {LONG}</p>" for number in range(30))
    found = read(printed(body, PAGES))
    assert [line for line in found if line.startswith("(furniture)")] == [
        "(furniture) Report of Belgium",
        "(furniture) 1 of 4",
    ]
    assert [line for line in found if not line.startswith("(furniture)")] == [
        f"Paragraph {number}. {LONG}" for number in range(30)
    ]


def test_headings_at_the_top_of_pages_are_no_furniture():
    body = "".join(f"<h2>Policy Target No. {number}</h2><p>{LONG}</p>" for number in range(1, 6))
    found = read(printed(body, "h2 { break-before: page; font-size: 14pt; margin: 0 0 10pt }"))
    assert found == [line for number in range(1, 6) for line in (f"<b|Policy Target No. {number}>", LONG)]


def test_turned_text_is_furniture():
    page = [text(60, 500, "The text."), "q 0.7 0.7 -0.7 0.7 100 100 cm BT /F1 40 Tf 0 0 Td (DRAFT) Tj ET Q"]
    assert read(drawn([*page])) == ["The text.", "(furniture) DRAFT"]


def test_a_page_on_its_side_is_read():
    def finish(pdf):
        pdf.pages[0].Rotate = 90

    page = ["q 0 1 -1 0 420 0 cm", text(60, 300, "First line."), text(60, 280, "Second."), "Q"]
    assert read(drawn(page, finish=finish)) == ["First line.", "Second."]


def test_two_columns_without_rules_are_not_mixed():
    left = ["Description", "of the actions", "already", "undertaken"]
    right = ["The police compare every seizure", "with the database, and send the", "results to the prosecutor of the"]
    page = [text(60, 500 - 14 * row, words) for row, words in enumerate(left)]
    page += [text(180, 500 - 14 * row, words) for row, words in enumerate([*right, "region."])]
    page += [
        text(60, 540, "Policy target No. 3: Enhancing efforts to increase public"),
        text(60, 526, "awareness online"),
    ]
    found = read(drawn(page))
    assert found[0] == "Policy target No. 3: Enhancing efforts to increase public awareness online"
    assert "Description of the actions already undertaken" in " ".join(found)
    assert "send the results to the prosecutor of the region." in " ".join(found)


NOTES = """
.note { float: footnote; font-size: 8pt }
::footnote-call { font-size: 60%; vertical-align: super; line-height: 0 }
::footnote-marker { content: counter(footnote) " " }
"""


def test_a_footnote_follows_its_paragraph():
    note = "<span class=note>Law of 10 April 2014 on the protection of minors, in force since the first of May.</span>"
    other = f"<p>{LONG}</p>" * 14
    assert read(printed(f"<p>The law of 2014{note} protects children.</p>{other}", NOTES)) == [
        "The law of 2014<sup|1> protects children.",
        "(footnote) <sup|1> Law of 10 April 2014 on the protection of minors, in force since the first of May.",
        *[LONG] * 14,
    ]


def annotation(subtype: str, rect: list[int], **more):
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{subtype}"), Rect=pikepdf.Array(rect), **more
    )


def test_what_people_typed_onto_the_page_is_read_at_its_place():
    def finish(pdf):
        pdf.pages[0].Annots = pikepdf.Array(
            [
                annotation("FreeText", [60, 440, 300, 482], Contents=pikepdf.String("The police.\rThe schools.")),
                annotation("Text", [300, 500, 320, 520], Contents=pikepdf.String("Is this right?")),
            ]
        )

    page = [text(60, 500, "A) Please report."), text(60, 400, "B) Please assess.")]
    assert read(drawn(page, finish=finish)) == [
        "(comment) Is this right?",
        "A) Please report.",
        "The police.",
        "The schools.",
        "B) Please assess.",
    ]


def test_fields_of_a_form_are_read_at_their_place():
    def finish(pdf):
        field = annotation("Widget", [60, 440, 300, 482], FT=pikepdf.Name.Tx, T="a", V="The police.", DA="/F1 11 Tf")
        field = pdf.make_indirect(field)
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))

    page = [text(60, 500, "A) Please report."), text(60, 400, "B) Please assess.")]
    assert read(drawn(page, finish=finish)) == ["A) Please report.", "The police.", "B) Please assess."]


def picture(pdf):
    image = pdf.make_stream(b"\x80" * 100, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    image.Width = image.Height = 10
    image.BitsPerComponent, image.ColorSpace = 8, pikepdf.Name.DeviceGray
    for page in pdf.pages:
        page.Resources.XObject = pikepdf.Dictionary(I=image)


SCANNED = ["q 420 0 0 595 0 0 cm /I Do Q"]


def test_a_scan_is_refused_with_what_to_do():
    assert refusal(drawn(SCANNED, SCANNED, finish=picture)) == pdf_text.SCAN


def test_pictures_are_counted():
    page = [text(60, 500, "Figure 1"), "q 50 0 0 50 60 400 cm /I Do Q"]
    assert flow_of(drawn(page, finish=picture)).left_out == {"picture": 1}


def test_an_empty_pdf_is_refused():
    assert refusal(drawn([])) == pdf_text.EMPTY


def test_a_protected_pdf_is_refused():
    page = [text(60, 500, "Secret.")]
    assert refusal(drawn(page, encryption=pikepdf.Encryption(owner="a", user="b"))) == pdfium.LOCKED


def test_a_pdf_that_opens_without_a_password_is_read():
    page = [text(60, 500, "Public.")]
    assert read(drawn(page, encryption=pikepdf.Encryption(owner="a", user=""))) == ["Public."]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(data):
    assert refusal(data) == pdfium.DAMAGED


def test_far_too_many_pages_are_refused():
    pdf = pikepdf.new()
    for _ in range(pdfium.MOST_PAGES + 1):
        pdf.add_blank_page()
    target = io.BytesIO()
    pdf.save(target)
    assert refusal(target.getvalue()) == pdfium.TOO_MANY_PAGES


def test_far_too_much_text_is_refused():
    page = [text(60, 590 - 2 * line, "x" * 250, size=1) for line in range(250)]
    assert refusal(drawn(*[page] * 5)) == pdfium.TOO_MUCH_TEXT


def test_far_too_many_comments_are_refused():
    def finish(pdf):
        note = annotation("FreeText", [60, 440, 300, 482], Contents=pikepdf.String("The police."))
        pdf.pages[0].Annots = pikepdf.Array([note] * (annotations.MOST_ANNOTATIONS + 1))

    assert refusal(drawn([text(60, 500, "The text.")], finish=finish)) == TOO_MANY_PARAGRAPHS


def test_a_paragraph_of_far_too_many_styles_is_refused():
    words = [f"/F{1 + number % 2} .05 Tf (a) Tj" for number in range(MOST_RUNS + 10)]
    assert refusal(drawn(["BT 60 500 Td", *words, "ET"])) == TOO_MANY_RUNS


def test_fonts_that_do_not_say_their_letters_are_refused():
    def finish(pdf):
        names = pikepdf.Array([65, *[pikepdf.Name(f"/unknown{number}") for number in range(26)]])
        font = pdf.pages[0].Resources.Font.F1
        font.Encoding = pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=names)
        codes = b"begincmap 1 begincodespacerange <00><ff> endcodespacerange 1 beginbfrange <41><5a><e000> endbfrange"
        font.ToUnicode = pdf.make_stream(codes + b" endcmap")

    assert refusal(drawn([text(60, 500, "THE POLICE COMPARE")], finish=finish)) == pdf_text.UNREADABLE


def test_a_table_within_a_form_object_has_cells():
    def finish(pdf):
        page = pdf.pages[0]
        form = pdf.make_stream(page.Contents.read_bytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.BBox, form.Matrix = pikepdf.Array([0, 0, 420, 595]), pikepdf.Array([1, 0, 0, 1, 10, -100])
        form.Resources = page.Resources
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        page.Contents = pdf.make_stream(b"/X Do")

    frames = ["50 480 100 40 re S", "150 480 200 40 re S"]
    page = [*frames, text(60, 500, "Label"), text(160, 500, "Answer")]
    assert read(drawn(page, finish=finish)) == ["[0.0.0] Label", "[0.0.1] Answer"]


@pytest.mark.parametrize("tagged", [True, False])
def test_a_file_that_is_damaged_anywhere_is_read_or_refused(tagged):
    whole = printed(TABLE + f"<p>{LONG}</p>", BULLETS, tagged=tagged)
    chance = random.Random(17)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        with contextlib.suppress(Problem):
            flow_of(bytes(data))
