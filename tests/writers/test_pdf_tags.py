"""The tags that a screen reader follows: headings, lists, tables, links and languages, in the form's order."""

import io
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest

from reports.writers import pdf
from tests.writers import reading, samples
from tests.writers.reading import Passage, Tag


def squeezed(text: str) -> str:
    """Return the text without spaces: a line's tag does not contain the space at its end."""
    return "".join(text.split())


def paragraphs(passage) -> list[str]:
    """Return the text of each paragraph, without spaces."""
    return ["".join(Passage(part).words) for part in passage.original.split("</p>")]


def texts(tags: list[Tag]) -> list[str]:
    return [squeezed(tag.whole_text) for tag in tags]


def outline(pdf_file: bytes) -> list[tuple[int, str]]:
    return [(mark.level, mark.get_title()) for mark in pypdfium2.PdfDocument(pdf_file).get_toc()]


def passages(document) -> list:
    return [contribution for section in document.sections() for contribution in section.contributions]


DOCUMENTS = [
    pytest.param(samples.rich_by_goal(), id="by-goal"),
    pytest.param(samples.rich_by_target(), id="by-target"),
    pytest.param(samples.by_goal(a_1_1=samples.long_text(5, 14)), id="long by-goal"),
    pytest.param(samples.by_target(undertaken_1=samples.long_text(6, 14)), id="long by-target"),
]


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request):
    return request.param


@pytest.fixture(scope="module")
def tree(document):
    return reading.tag_tree(pdf.write(document))


def test_headings_by_goal():
    tree = reading.tag_tree(pdf.write(samples.rich_by_goal()))
    headings = tree.all("H1", "H2", "H3", "H4")
    assert "".join(tag.name for tag in headings) == "H1" + "H2H3H4H4H4" + "H2H3H4H4H4H3H4H4H4"
    assert texts(headings)[:2] == [
        "GlobalAllianceAgainstChildSexualAbuseOnline–2014ReportingForm",
        "PolicyTargetNo.1",
    ]
    assert texts(headings)[5] == squeezed(f"C) {samples.PROMPTS['C']}")


def test_headings_by_target():
    tree = reading.tag_tree(pdf.write(samples.rich_by_target()))
    assert "".join(tag.name for tag in tree.all("H1", "H2", "H3")) == "H1" + "H2H3H3" * 2


def test_lists_are_whole_across_pages(document, tree):
    tags = [tag for passage in passages(document) for tag in Passage(passage.original).tags]
    assert len(tree.all("L")) == tags.count("ul") + tags.count("ol")
    assert len(tree.all("LI")) == tags.count("li")
    for item in tree.all("LI"):
        assert [part.name for part in item.children] == ["Lbl", "LBody"]
    for body in tree.all("LBody"):
        assert {part.name for part in body.children} <= {"P", "L"}


def test_a_nested_list_is_inside_its_item():
    html = "<ul><li><p>One</p><ul><li><p>Two</p></li></ul></li><li><p>Three</p></li></ul>"
    tree = reading.tag_tree(pdf.write(samples.by_goal(a_1_1=samples.text(("en", html)))))
    outer, inner = tree.all("L")
    assert [item.whole_text[-3:] for item in outer.children] == ["Two", "ree"]
    assert inner in outer.children[0].children[1].children


def test_every_passage_is_tagged_with_its_language(document, tree):
    for passage in passages(document):
        told = squeezed("".join(tag.text for tag in tree.walk() if tag.lang == passage.language))
        assert all(paragraph in told for paragraph in paragraphs(passage))


def test_the_tagged_text_is_the_document_in_order(document, tree):
    told = squeezed(tree.whole_text)
    place = 0
    for passage in passages(document):
        for paragraph in paragraphs(passage):
            assert paragraph in told[place:]
            place = told.index(paragraph, place) + len(paragraph)


def test_a_split_element_is_tagged_once(document, tree):
    answers = sum(Passage(passage.original).tags.count("p") for passage in passages(document))
    nothing = sum(section.state == "nothing" for section in document.sections())
    country = 1
    form_text = {"by-goal": len(samples.TARGETS), "by-target": 2 * 3 + 4}[document.form.layout]
    assert len(tree.all("P")) == country + form_text + answers + nothing


def test_tables_are_whole_and_cells_name_headers():
    contributions = samples.long_text(7, 14)
    tree = reading.tag_tree(pdf.write(samples.by_target(undertaken_1=contributions)))
    first, second = tree.all("Table")
    assert [len(table.all("TR")) for table in (first, second)] == [1 + 4, 2 + 4]
    rows = first.all("TR")
    scopes = [[str(cell.attributes["/Scope"]) for cell in row.all("TH")] for row in rows]
    assert scopes == [["/Row"], ["/Column"], ["/Row"], ["/Column"], ["/Row"]]
    identifiers = [row.all("TH")[0].attributes["ID"] for row in rows]
    assert len(set(identifiers)) == len(rows)
    headers = [cell.attributes["/Headers"] for cell in first.all("TD")]
    assert headers == [identifiers[:1], identifiers[1:3], identifiers[3:]]


@pytest.mark.parametrize("layout", ["by-goal", "by-target"])
def test_a_table_of_an_answer_is_read_once_by_columns(layout):
    file = pdf.write(samples.with_tables(layout))
    innermost = [table for table in reading.tag_tree(file).all("Table") if len(table.all("Table")) == 1]
    first, without, wide = innermost[:3]
    assert [child.name for child in first.children] == ["THead", "TBody"]
    assert texts(first.all("TH")) == ["Year", "Whatwasdone", "Steps"]
    assert {str(cell.attributes["/Scope"]) for cell in first.all("TH")} == {"/Column"}
    columns = [[cell.attributes["ID"]] for cell in first.all("TH")]
    assert [cell.attributes["/Headers"] for cell in first.all("TD")] == columns * 60
    assert texts(first.all("TR"))[-1] == "2059Casenumber59ofthefederalpolice•first•second"
    assert texts(without.all("TD")) == ["a", "", "c", "d"]
    assert without.all("TH") == []
    assert len(wide.all("TH")) == len(wide.all("TD")) == 12


@pytest.mark.parametrize("layout", ["by-goal", "by-target"])
def test_headings_of_a_table_are_printed_on_every_page(layout):
    pages = reading.pages(pdf.write(samples.with_tables(layout)))
    with_rows = [page for page in pages if "Case number" in page]
    assert len(with_rows) > 2
    assert all(page.index("What was done") < page.index("Case number") for page in with_rows)
    assert all(page.count("first") == page.count("second") for page in with_rows)  # no row is on two pages


def test_every_link_is_tagged_once_with_its_address(document, tree):
    expected = [link for passage in passages(document) for link in Passage(passage.original).links]
    links = [tag for tag in tree.walk() if tag.links]
    assert {link.name for link in links} <= {"Link"}
    assert [unquote(link.links[0]) for link in links] == [unquote(address) for address in expected]
    assert all(len(set(link.links)) == 1 for link in links)


def test_a_link_over_two_lines_or_with_bold_is_one():
    html = f'<p><a href="https://www.example.org/">{"a long text " * 12}<strong>with a bold word</strong></a></p>'
    file = pdf.write(samples.by_goal(a_1_1=samples.text(("en", html))))
    (link,) = reading.tag_tree(file).all("Link")
    assert squeezed(link.whole_text) == squeezed("a long text " * 12 + "with a bold word")
    with pikepdf.open(io.BytesIO(file)) as opened:
        annotations = list(opened.pages[0].Annots)
        assert len(annotations) == len(link.links)
        assert {str(annotation.Contents) for annotation in annotations} == {"https://www.example.org/"}


def test_bookmarks_are_the_headings_without_marks():
    marks = outline(pdf.write(samples.rich_by_goal()))
    assert marks[:2] == [
        (0, "Global Alliance Against Child Sexual Abuse Online – 2014 Reporting Form"),
        (1, "Policy Target No. 1"),
    ]
    assert marks[5] == (3, f"C) {samples.PROMPTS['C']}")
    assert [level for level, _ in marks] == [0, 1, 2, 3, 3, 3, 1, 2, 3, 3, 3, 2, 3, 3, 3]


def test_title_and_language_of_the_file():
    with pikepdf.open(io.BytesIO(pdf.write(samples.by_target(), form_language="fr"))) as opened:
        assert str(opened.docinfo.Title) == "Alliance mondiale, Belgique"
        assert str(opened.Root.Lang) == "fr"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
