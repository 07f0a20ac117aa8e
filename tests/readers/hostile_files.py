"""Files that are made to do harm: what each is called, its content, and a part of the sentence that answers it.

A file that is read for what it is has no form in it, and is refused for that. The benchmarks print what each costs.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf

from tests.readers import pdf_files
from tests.readers.word_files import cell, cells, p, r, word_file, zipped

NO_FORM = "is not a filled-in form"


@dataclass(frozen=True)
class Hostile:
    name: str
    content: Callable[[], bytes]
    answer: str


def with_part(name: str, content: bytes) -> bytes:
    """Return a Word file with one more part, or another one in place of its own."""
    source = io.BytesIO(word_file(p("a")))
    with zipfile.ZipFile(source) as file:
        parts: dict[str, str | bytes] = {one: file.read(one) for one in file.namelist()}
    return zipped(parts | {name: content})


def nested(opening: str, closing: str) -> bytes:
    return word_file(opening * 5_000 + p("a") + closing * 5_000)


def entities() -> bytes:
    names = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10))
    return with_part("word/document.xml", f'<!DOCTYPE d [<!ENTITY e0 "ha">{names}]><d>&e9;</d>'.encode())


def wide_cell() -> bytes:
    return word_file(cells(cell("a", properties='<w:gridSpan w:val="20000000"/>') + cell("b")))


def page_tree() -> bytes:
    """Return a PDF whose tree of pages says that it has two thousand million of them, and holds itself."""

    def finish(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Count = 2_000_000_000
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    return pdf_files.drawn([pdf_files.text(40, 500, "a")], finish=finish)


def large_stream() -> bytes:
    """Return a PDF whose only page is 500 MB of operators, in 500 kB."""

    def finish(pdf: pikepdf.Pdf) -> None:
        packer = zlib.compressobj(9)
        packed = b"".join(packer.compress(b"0 0 m\n" * 200_000) for _ in range(400)) + packer.flush()
        pdf.pages[0].Contents = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)

    return pdf_files.drawn([], finish=finish, stream_decode_level=pikepdf.StreamDecodeLevel.none)


HOSTILE = [
    Hostile("bomb.docx", lambda: with_part("word/media/a.bin", bytes(201_000_000)), "far larger inside"),
    Hostile("one-part.docx", lambda: with_part("word/document.xml", b" " * 150_000_000), "far larger inside"),
    Hostile("entities.docx", entities, "damaged"),
    Hostile("nested-tables.docx", lambda: nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), "damaged"),
    Hostile("nested-controls.docx", lambda: nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), "damaged"),
    Hostile("macros.docm", lambda: with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(100_000)), NO_FORM),
    Hostile("runs.docx", lambda: word_file(p("<w:r><w:t>a</w:t></w:r>" * 200_000)), NO_FORM),
    Hostile("styles.docx", lambda: word_file(p(*[r("a", "<w:b/>"), r("b")] * 50_000)), "changes its style"),
    Hostile("paragraphs.docx", lambda: word_file(p("a") * 50_000), "far more paragraphs"),
    Hostile("wide-cell.docx", wide_cell, NO_FORM),
    Hostile("picture.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000), "This is a picture"),
    Hostile("spreadsheet.docx", lambda: zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a spreadsheet"),
    Hostile("page-tree.pdf", page_tree, "damaged"),
    Hostile("large-stream.pdf", large_stream, "far larger"),
]
