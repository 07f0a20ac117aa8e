"""A tagged PDF: its structure tree tells paragraphs, lists, tables and notes, in the ways of several programs."""

import io
from pathlib import Path

import docx
import pikepdf
import pytest
from lxml import html

from reports import readers
from reports.readers.pdf_text import flow_of
from reports.writers import pdf as writer
from tests import blank_forms
from tests.office import saved_by_libreoffice
from tests.readers.pdf_files import ARTIFACT, BOLD, drawn, marked, printed, read, text, with_tree
from tests.writers import samples

LONG = "The police compare every seizure of images with the database, and send the results to the prosecutor."
FIRST, SECOND = "The police compare every seizure of images with", "the database."


def test_paragraphs_are_those_of_the_tags():
    """Without the tags, a short line would end its paragraph, and a long one would not."""
    page = [
        text(60, 500, FIRST, mark=marked(0)),
        text(60, 486, SECOND, mark=marked(1)),
        text(60, 472, "The schools too", mark=marked(2)),
        text(60, 458, "ask for help.", mark=marked(3)),
    ]
    tree = with_tree(("P", [(1, 0)]), ("Heading", [(1, 1), (1, 2)]), ("P", [(1, 3)]), roles={"Heading": "H1"})
    assert read(drawn(page, finish=tree)) == [FIRST, f"{SECOND}\nThe schools too", "ask for help."]


def test_the_order_is_that_of_the_tags():
    page = [text(60, 500, "Second.", mark=marked(0)), text(60, 400, "First.", mark=marked(1))]
    assert read(drawn(page, finish=with_tree(("P", [(1, 1)]), ("P", [(1, 0)])))) == ["First.", "Second."]


def test_a_paragraph_over_two_pages_is_one():
    pages = [text(60, 60, FIRST, mark=marked(0))], [text(60, 500, "The database.", mark=marked(0))]
    found = flow_of(drawn(*pages, finish=with_tree(("P", [(1, 0), (2, 0)])))).paragraphs
    assert [(one.text, one.place, one.line_starts) for one in found] == [
        (f"{FIRST} The database.", 1, (len(FIRST) + 1,))
    ]


def test_a_line_break_in_a_paragraph_is_kept():
    page = [text(60, 500, "Police:", mark=marked(0)), text(60, 486, f"{FIRST}, and more.", mark=marked(0))]
    assert read(drawn(page, finish=with_tree(("P", [(1, 0)])))) == [f"Police:\n{FIRST}, and more."]


LIST = [
    text(60, 500, "•", mark=marked(0, "Lbl")),
    text(75, 500, FIRST, mark=marked(1, "LBody")),
    text(75, 486, "o", mark=marked(2, "Lbl")),
    text(90, 486, "Below", mark=marked(3, "LBody")),
    text(60, 472, "•", mark=marked(4, "Lbl")),
    text(75, 472, "Last", mark=marked(5, "LBody")),
]


def test_lists_of_word_have_levels_and_marks():
    inner = ("L", [("LI", [("Lbl", [(1, 2)]), ("LBody", [(1, 3)])])])
    items = [
        ("LI", [("Lbl", [(1, 0)]), ("LBody", [(1, 1), inner])]),
        ("LI", [("Lbl", [(1, 4)]), ("LBody", [(1, 5)])]),
    ]
    assert read(drawn(LIST, finish=with_tree(("L", items)))) == [f"ul1• {FIRST}", "ul2o Below", "ul1• Last"]


def test_lists_beside_one_another_have_the_levels_one_sees():
    """Word writes a list for each style: "List Bullet 2" is not inside of "List Bullet"."""
    lists = [("L", [("LI", [("Lbl", [(1, number)]), ("LBody", [(1, number + 1)])])]) for number in (0, 2, 4)]
    assert read(drawn(LIST, finish=with_tree(*lists))) == [f"ul1• {FIRST}", "ul2o Below", "ul1• Last"]


def test_the_letter_of_a_numbered_prompt_is_its_mark():
    page = [text(60, 500, "A)", font=BOLD, mark=marked(0)), text(80, 500, "Please report.", font=BOLD, mark=marked(1))]
    tree = with_tree(("L", [("LI", [("Lbl", [(1, 0)]), ("LBody", [("P", [(1, 1)])])])]))
    assert read(drawn(page, finish=tree)) == ["ol1A) <b|Please report.>"]


def test_an_item_without_a_label_has_the_mark_in_its_text():
    page = [text(60, 500, "2. Two", mark=marked(0))]
    tree = with_tree(("L", [("LI", [("LBody", [("P", [(1, 0)])])])], {"ListNumbering": pikepdf.Name.Decimal}))
    (item,) = flow_of(drawn(page, finish=tree)).paragraphs
    assert (item.list_kind, item.mark, item.number, item.text) == ("ol", "2.", 2, "Two")


def test_cells_are_those_of_the_tags():
    words = ["Head", "Other", "A", "B", "C", "D"]
    page = [
        text(60 + 150 * (index % 2), 500 - 20 * (index // 2), word, mark=marked(index))
        for index, word in enumerate(words)
    ]
    rows = [
        ("THead", [("TR", [("TH", [("P", [(1, 0)])]), ("TH", [("P", [(1, 1)])])])]),
        ("TR", [("TD", [("P", [(1, 2)])], {"RowSpan": 2}), ("TD", [("P", [(1, 3)])])]),
        ("TR", [("TD", [("P", [(1, 4)])], {"ColSpan": 3}), ("TD", [("P", [(1, 5)])])]),
    ]
    flow = flow_of(drawn(page, finish=with_tree(("Table", rows))))
    assert read(drawn(page, finish=with_tree(("Table", rows)))) == [
        "[0.0.0h] Head",
        "[0.0.1h] Other",
        "[0.1.0] A",
        "[0.1.1] B",
        "[0.2.1] C",
        "[0.2.4] D",
    ]
    assert flow.merged_cells == {0: 2}


def test_a_footnote_follows_the_paragraph_around_it():
    page = [
        text(60, 500, "The law", mark=marked(0)),
        text(100, 504, "1", size=6, mark=marked(1)),
        text(104, 500, "helps.", mark=marked(2)),
        text(60, 60, "1 Of 2014.", size=8, mark=marked(3)),
    ]
    tree = with_tree(("P", [(1, 0), ("Reference", [(1, 1)]), ("Note", [("P", [(1, 3)])]), (1, 2)]))
    assert read(drawn(page, finish=tree)) == ["The law<sup|1>helps.", "(footnote) <sup|1> Of 2014."]


def test_a_footnote_that_is_tagged_at_the_end_follows_its_paragraph():
    page = [
        text(60, 500, "The law", mark=marked(0)),
        text(99, 504, "1", size=6, mark=marked(0)),
        text(60, 480, "Another paragraph.", mark=marked(1)),
        text(60, 60, "1 Of 2014.", size=8, mark=marked(2)),
    ]
    tree = with_tree(("P", [(1, 0)]), ("P", [(1, 1)]), ("Note", [("P", [(1, 2)])]))
    assert read(drawn(page, finish=tree)) == ["The law<sup|1>", "(footnote) <sup|1> Of 2014.", "Another paragraph."]


def test_what_the_file_calls_an_artifact_is_furniture():
    page = [text(60, 500, FIRST, mark=marked(0)), text(60, 30, "Belgium 1", mark=ARTIFACT)]
    assert read(drawn(page, finish=with_tree(("P", [(1, 0)])))) == [FIRST, "(furniture) Belgium 1"]


def test_text_that_the_tags_leave_out_is_read_at_its_place():
    page = [
        text(60, 500, LONG, size=5, mark=marked(0)),
        text(60, 480, "Added.", size=5),
        text(60, 460, LONG, size=5, mark=marked(1)),
    ]
    assert read(drawn(page, finish=with_tree(("P", [(1, 0)]), ("P", [(1, 1)])))) == [LONG, "Added.", LONG]


def test_tags_of_a_small_part_are_not_used():
    page = [text(60, 500, "Title", mark=marked(0)), text(60, 480, FIRST), text(60, 466, SECOND)]
    assert read(drawn(page, finish=with_tree(("P", [(1, 0)])))) == ["Title", f"{FIRST} {SECOND}"]


@pytest.mark.parametrize("fault", ["loop", "twice", "deep", "string", "kids", "page"])
def test_a_damaged_tree_is_no_tree(fault):
    def finish(pdf):
        with_tree(("P", [(1, 0)]))(pdf)
        document = pdf.Root.StructTreeRoot.K[0]
        if fault == "loop":
            document.K[0].K.append(document)
        elif fault == "twice":
            document.K.append(document.K[0])
        elif fault == "deep":
            node = document
            for _ in range(3000):
                node.K = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Div))])
                node = node.K[0]
        elif fault == "string":
            document.K[0].K = pikepdf.String("no content")
        elif fault == "kids":
            document.K[0].S = 5
        else:
            document.K[0].K[0].Pg = 7

    page = [text(60, 500, FIRST, mark=marked(0)), text(60, 486, SECOND, mark=marked(0))]
    assert read(drawn(page, finish=finish)) == [f"{FIRST} {SECOND}"]


def test_elements_that_a_page_break_splits_are_whole():
    """WeasyPrint makes two tables of one, so its own tags are not used."""
    rows = "".join(f"<tr><td>Row {number}</td><td>{LONG}</td></tr>" for number in range(12))
    found = read(printed(f"<table>{rows}</table>", tagged=True))
    assert found == [
        line for number in range(12) for line in (f"[0.{number}.0] Row {number}", f"[0.{number}.1] {LONG}")
    ]


BODY = f"""<p>The prompt:</p><ul><li>One<ul><li>{LONG}</li></ul></li><li>Two</li></ul>
<ol><li>First</li><li>Second</li></ol><p>See <a href="https://www.example.org/a">the site</a>.</p>
<table border=1 style="border-collapse: collapse">
<tr><td>Label</td><td><p>Police:</p><ul><li>{LONG}</li></ul></td></tr></table>"""


@pytest.mark.parametrize("tagged", [True, False])
def test_a_page_printed_by_chromium(tagged, browser):
    page = browser.new_page()
    page.set_content(BODY)
    data = page.pdf(tagged=tagged)
    page.close()
    found = flow_of(data).paragraphs
    assert [(one.text, one.list_kind, one.level, one.number, one.cell and one.cell.column) for one in found] == [
        ("The prompt:", "", 0, 0, None),
        ("One", "ul", 1, 0, None),
        (LONG, "ul", 2, 0, None),
        ("Two", "ul", 1, 0, None),
        ("First", "ol", 1, 1, None),
        ("Second", "ol", 1, 2, None),
        ("See the site.", "", 0, 0, None),
        ("Label", "", 0, 0, 0),
        ("Police:", "", 0, 0, 1),
        (LONG, "ul", 1, 0, 1),
    ]
    assert [run.href for run in found[6].runs] == ["", "https://www.example.org/a", ""]


@pytest.fixture(scope="module")
def office_file(tmp_path_factory) -> Path:
    """A Word file with lists and a table."""
    document = docx.Document()
    document.add_paragraph("The prompt:").runs[0].bold = True
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph(LONG, style="List Bullet 2")
    document.add_paragraph("Two", style="List Bullet")
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("Second", style="List Number")
    document.add_paragraph("After.")
    table = document.add_table(1, 2, style="Table Grid")
    table.cell(0, 0).text = "Label"
    table.cell(0, 1).text = LONG
    path = tmp_path_factory.mktemp("office") / "form.docx"
    document.save(path)
    return path


@pytest.mark.parametrize("tagged", ["true", "false"])
def test_a_file_printed_by_libreoffice(office_file, tagged):
    target = f'pdf:writer_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"{tagged}"}}}}'
    found = flow_of(saved_by_libreoffice(office_file, target)).paragraphs
    assert [(one.text, one.list_kind, one.level, one.number, one.cell and one.cell.column) for one in found] == [
        ("The prompt:", "", 0, 0, None),
        ("One", "ul", 1, 0, None),
        (LONG, "ul", 2, 0, None),
        ("Two", "ul", 1, 0, None),
        ("First", "ol", 1, 1, None),
        ("Second", "ol", 1, 2, None),
        ("After.", "", 0, 0, None),
        ("Label", "", 0, 0, 0),
        (LONG, "", 0, 0, 1),
    ]


DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


def paragraphs_of(body: str) -> list[tuple[str, int]]:
    """Return the texts and list levels of an answer."""
    return [
        (" ".join(one.text_content().replace("\xa0", " ").split()), len(list(one.iterancestors("ul", "ol"))))
        for one in html.fragment_fromstring(body.replace("<br>", "\n"), create_parent="div").iter("p")
    ]


@pytest.mark.parametrize("tags", [True, False], ids=["with tags", "without tags"])
@pytest.mark.parametrize("name", ["netherlands-2013.txt", "netherlands-2014.txt"])
def test_the_official_pdf_of_a_demo_form_is_read_back(name, tags):
    """Without its attachment. Prompts and answers each are paragraphs of their own, in order."""
    year = int(name[-8:-4])
    expected = blank_forms.expected(year, "NL")
    document = readers.read((DEMO / name).read_bytes(), name, expected).document
    with pikepdf.open(io.BytesIO(writer.write(document))) as pdf:
        del pdf.Root.AF
        if not tags:
            del pdf.Root.StructTreeRoot
        target = io.BytesIO()
        pdf.save(target)
    flow = flow_of(target.getvalue())
    body = [one for one in flow.paragraphs if one.kind == "body"]
    found = [(" ".join(one.text.replace("\xa0", " ").split()), one.level) for one in body]
    wanted = [
        entry
        for section in document.sections()
        for entry in [
            (f"{section.letter}) {section.prompt['en']}" if section.letter else section.prompt["en"], 0),
            *([("--", 0)] if section.state == "nothing" else []),
            *(entry for one in section.contributions for entry in paragraphs_of(one.body[one.language])),
        ]
    ]
    assert [entry for entry in found if entry in wanted] == wanted
    assert " ".join(one.text for one in flow.paragraphs if one.kind != "body") == "Netherlands 1"


@pytest.mark.parametrize(
    "document",
    [
        samples.rich_by_goal(),
        samples.rich_by_target(),
        samples.by_goal(a_1_1=samples.long_text(1, 30), b_2_1=samples.long_text(2, 30)),
        samples.by_target(undertaken_1=samples.long_text(3, 30), planned_2=samples.long_text(4, 30)),
    ],
    ids=["rich by goal", "rich by target", "random by goal", "random by target"],
)
def test_every_paragraph_of_an_official_pdf_is_read_back(document):
    flow = flow_of(writer.write(document))
    found = [(" ".join(one.text.replace("\xa0", " ").split()), one.level) for one in flow.paragraphs]
    wanted = [
        entry
        for section in document.sections()
        for one in section.contributions
        for entry in paragraphs_of(one.body[one.language])
    ]
    assert [entry for entry in found if entry in wanted] == wanted
