"""The portal's own PDF is read back completely from the data in it; without that data it is read as text."""

import io
import struct
import zlib
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document import richtext
from reports.document.problem import Problem
from reports.document.tree import Contribution
from reports.readers import read
from reports.readers.file_text import plain_words
from reports.writers import pdf, pdf_seal
from tests import blank_forms
from tests.blank_forms import expected
from tests.readers.account import states

BODY = "<p>De politie meldt elke zaak.</p><ul><li><p>Één</p><ul><li><p>Twee</p></li></ul></li></ul>"
FRENCH = "<p>La police signale chaque affaire.</p>"
PASSAGE = Contribution(authority="Federale Politie", language="nl", body={"nl": BODY, "fr": FRENCH})


def filled(year: int):
    """A form with one text in two languages, one "--", and the rest blank."""
    blank = blank_forms.blank_form(year)
    first, second = list(blank.sections())[:2]
    sections = first.with_contributions(PASSAGE), second.with_nothing_to_report()
    return blank.with_sections({section.code: section for section in sections})


def changed(file: bytes, change, **saving) -> bytes:
    """Return the file after `change(pdf, stream of the attachment)`, with everything else as it was."""
    with pikepdf.open(io.BytesIO(file)) as opened:
        change(opened, opened.Root.AF[0].EF.F)
        target = io.BytesIO()
        opened.save(target, fix_metadata_version=False, **saving)
        return target.getvalue()


def refusal(data: bytes, year: int = 2014) -> str:
    with pytest.raises(Problem) as problem:
        read(data, "report.pdf", expected(year))
    return str(problem.value)


@pytest.mark.parametrize("year", [2013, 2014])
@pytest.mark.parametrize("options", [{}, {"form_language": "fr", "translation": "fr"}, {"mark": "Draft"}])
def test_every_print_gives_its_document_back(year, options):
    document = filled(year)
    outcome = read(pdf.write(document, **options), "report.pdf", expected(year))
    assert outcome.document == document
    assert (outcome.lines, outcome.notices) == ((), ())


def test_a_sealed_record_gives_its_document_back(tmp_path):
    pdf_seal.make_demo_key(tmp_path / "demo.p12")
    sealed = pdf_seal.seal(pdf.write(filled(2014)), tmp_path / "demo.p12", "")
    assert read(sealed, "record.pdf", expected(2014)).document == filled(2014)


def test_reading_and_printing_again_gives_the_same_bytes():
    file = pdf.write(filled(2014))
    assert pdf.write(read(file, "report.pdf", expected(2014)).document) == file


def test_a_corrected_form_is_kept_and_the_difference_named():
    document = filled(2014)
    section = document.section("1.1.A").model_copy(update={"prompt": {"en": "An older prompt", "nl": "", "fr": ""}})
    older = document.with_sections({"1.1.A": section})
    outcome = read(pdf.write(older), "report.pdf", expected(2014))
    assert outcome.document == document
    assert {(notice.section, notice.params["language"]) for notice in outcome.notices} == {
        ("1.1.A", "en"),
        ("1.1.A", "nl"),
        ("1.1.A", "fr"),
    }
    assert "An older prompt" in str(outcome.notices[0])


def test_a_pdf_of_another_report_is_refused():
    assert "2013" in refusal(pdf.write(filled(2013)), year=2014)


def other_words(opened, stream):
    stream.write(stream.read_bytes().replace(b"elke zaak", b"geen zaak"))


def other_words_with_their_hash(opened, stream):
    import hashlib

    data = stream.read_bytes().replace(b"elke zaak", b"geen zaak")
    stream.write(data)
    stream.Params.CheckSum = pikepdf.String(hashlib.md5(data).digest())


def another_schema(opened, stream):
    import hashlib

    data = stream.read_bytes().replace(b'"schema":1', b'"schema":7')
    stream.write(data)
    stream.Params.CheckSum = pikepdf.String(hashlib.md5(data).digest())


def bomb(opened, stream):
    """50 MB of spaces in 50 kB."""
    stream.write(zlib.compress(b" " * 50_000_000, 9), filter=pikepdf.Name.FlateDecode)


def small_bomb(opened, stream):
    """One byte more than the data may have."""
    stream.write(zlib.compress(b" " * 2_000_001, 9), filter=pikepdf.Name.FlateDecode)


def layered_bomb(opened, stream):
    data = b" " * 50_000_000
    for _layer in range(2):
        data = zlib.compress(data, 9)
    stream.write(data, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))


def no_attachment(opened, stream):
    del opened.Root.AF


def attachment_is_a_page(opened, stream):
    opened.Root.AF[0].EF.F = opened.pages[0].obj


def attachments_are_a_number(opened, stream):
    opened.Root.AF = 7


def attachment_of_itself(opened, stream):
    opened.Root.AF[0].EF = opened.Root


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (other_words, "has changed since the portal made the file"),
        (other_words_with_their_hash, "has changed since the portal made the file"),
        (another_schema, "This is not a report's JSON"),
        (bomb, "far larger than any report"),
        (small_bomb, "far larger than any report"),
        (layered_bomb, "far larger than any report"),
        (attachment_is_a_page, "damaged"),
        (attachments_are_a_number, "damaged"),
        (attachment_of_itself, "damaged"),
    ],
)
def test_a_tampered_pdf_is_refused(change, sentence):
    assert sentence in refusal(changed(pdf.write(filled(2014)), change))


def test_an_encrypted_pdf_is_refused():
    file = changed(pdf.write(filled(2014)), lambda *_: None, encryption=pikepdf.Encryption(user="a", owner="b"))
    assert "password" in refusal(file)


def test_a_pdf_without_data_is_refused():
    empty = io.BytesIO()
    with pikepdf.new() as new:
        new.add_blank_page()
        new.save(empty)
    assert "This PDF has no text" in refusal(empty.getvalue())


def test_a_pdf_that_lost_its_data_is_read_as_text():
    outcome = read(changed(pdf.write(filled(2014)), no_attachment), "report.pdf", expected(2014))
    assert outcome.lines
    assert states(outcome, "nothing") == [one.code for one in filled(2014).sections() if one.state == "nothing"]
    for section in filled(2014).sections():
        said = [word for one in section.contributions for word in plain_words(richtext.text_content(one.original))]
        read_ = outcome.document.section(section.code).contributions
        assert [word for one in read_ for word in plain_words(richtext.text_content(one.original))] == said


def test_bullets_and_numbers_of_one_level_are_beside_each_other():
    item = "<p>De dienst meldt elke zaak binnen vijf werkdagen aan de eenheid.</p>"
    body = f"<ul><li>{item}<ul><li>{item}</li></ul><ol><li>{item}<ul><li>{item}</li></ul></li></ol></li></ul>"
    blank = blank_forms.blank_form(2014)
    text = Contribution(authority="", language="nl", body={"nl": body})
    document = blank.with_sections({"1.1.A": blank.section("1.1.A").with_contributions(text)})
    outcome = read(changed(pdf.write(document), no_attachment), "report.pdf", expected(2014))
    assert outcome.document.section("1.1.A").contributions == (text,)


def packed_catalog(megabytes: int) -> bytes:
    """Return a PDF whose catalog is packed in a stream (ISO 32000-1, 7.5.7) behind so many megabytes of spaces.

    Such a stream is unpacked as soon as the file is opened, before anybody can ask how large it is.
    """
    packer = zlib.compressobj(1)
    packed = packer.compress(b"2 0 ") + b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes))
    packed += packer.compress(b"<< /Type /Catalog /Pages << /Type /Pages /Kids [] /Count 0 >> >>") + packer.flush()
    head = b"%PDF-1.7\n"
    body = head + b"1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\n" % len(packed)
    body += b"stream\n" + packed + b"\nendstream\nendobj\n"
    entries = [(0, 0, 0), (1, len(head), 0), (2, 1, 0), (1, len(body), 0)]
    table = b"".join(struct.pack(">BIB", *entry) for entry in entries)
    xref = b"3 0 obj\n<< /Type /XRef /Size 4 /W [1 4 1] /Root 2 0 R /Length %d >>\n" % len(table)
    return body + xref + b"stream\n" + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def test_a_bomb_cannot_fill_the_memory():
    assert "damaged" in refusal(packed_catalog(megabytes=1))
    assert any(why in refusal(packed_catalog(megabytes=1_200)) for why in ("damaged", "far larger than any report"))
    assert read(pdf.write(filled(2013)), "report.pdf", expected(2013)).document == filled(2013)


SMALL = pdf.write(filled(2013))
PIECES = [
    b"",
    b"\x00",
    b"endstream",
    b"endobj",
    b"<<",
    b">>",
    b"[",
    b"1 0 R",
    b"/AF",
    b"99999999999999999999",
    b"-1",
    b"stream\n",
    b"trailer",
]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SMALL)), st.integers(0, 40), st.sampled_from(PIECES)), min_size=1, max_size=6
    ),
    st.booleans(),
)
def test_a_damaged_pdf_is_read_right_or_refused(cuts, is_cut_short):
    data = SMALL
    for at, length, piece in cuts:
        data = data[:at] + piece + data[at + length :]
    if is_cut_short:
        data = data[: cuts[0][0]]
    with suppress(Problem):  # anything else would be a stack trace for its reader
        outcome = read(b"%PDF" + data[4:], "report.pdf", expected(2013))
        assert outcome.document == filled(2013) or outcome.lines  # without its data it is read as text
