"""A random document that is written as a Word file or a PDF is read back as the same document."""

from hypothesis import given
from hypothesis import strategies as st

from reports import readers
from reports.document import richtext
from reports.readers import ReadResult, form, formats
from reports.writers import pdf, word
from tests.blank_forms import blank_form, expected
from tests.documents import Look, documents, examples
from tests.readers.test_pdf import changed, no_attachment
from tests.writers.test_word_read_back import pairs

YEARS = st.sampled_from([2013, 2014])
any_document = YEARS.flatmap(lambda year: documents(blank_form(year)))
plain_document = YEARS.flatmap(lambda year: documents(blank_form(year), Look(odd=False), apart=True))
printed_document = YEARS.flatmap(lambda year: documents(blank_form(year), Look(odd=False, tables=False), apart=True))


def read(data: bytes, file_format: readers.Format, year: int) -> ReadResult:
    """Read a file without the process of its own, whose start takes longer than the reading."""
    return form.read_flow(formats.read_apart(file_format, data), expected(year))


@examples(20)
@given(any_document, st.booleans())
def test_word_with_controls_gives_its_document_back(document, has_ends):
    ends = frozenset(one.code for one in document.sections()) if has_ends else frozenset()
    data = word.write(document, contributions=pairs(document), open_ends=ends)
    outcome = read(data, "word", document.form.year)
    assert outcome.document == document
    assert {code: list(found) for code, found in outcome.claims.sections.items()} == {
        code: found for code, found in pairs(document).items() if found
    }
    assert list(outcome.unplaced()) == []


@examples(20)
@given(plain_document)
def test_word_without_controls_gives_its_document_back(document):
    outcome = read(word.write(document), "word", document.form.year)
    assert outcome.document == document
    assert list(outcome.unplaced()) == []


@examples(10)
@given(printed_document)
def test_a_pdf_without_its_data_gives_texts_and_levels(document):
    data = changed(pdf.write(document), no_attachment)
    assert shown(read(data, "pdf", document.form.year).document) == shown(document)


def shown(document):
    """Return by section its state and, for each contribution, its language, and level and text of each paragraph."""
    return {
        section.code: (
            section.state,
            [
                (
                    one.language,
                    [
                        (block.depth, richtext.text_content(block.html).replace("\u00a0", " "))
                        for block in richtext.blocks(one.original)
                    ],
                )
                for one in section.contributions
            ],
        )
        for section in document.sections()
    }
