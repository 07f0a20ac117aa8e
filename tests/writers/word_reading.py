"""Read Word files as other programs do: styles, lists, languages and content controls."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from lxml import etree

from reports.document import inline
from reports.document.block import Block, from_blocks
from reports.document.inline import Run
from reports.document.word_identity import NAMESPACE, Origin, origin_of
from tests.office import all_saved_by_libreoffice
from tests.writers.reading import words

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
RAISED = {"superscript": "sup", "subscript": "sub"}


@dataclass
class Control:
    """A content control: its tag and title, whether it only shows a placeholder, and its paragraphs."""

    tag: str
    title: str
    is_empty: bool
    paragraphs: list

    @property
    def text(self) -> str:
        return "\n".join(paragraph_text(one) for one in self.paragraphs)


class WordText:
    def __init__(self, data: bytes) -> None:
        self.zip = ZipFile(BytesIO(data))
        self.document = docx.Document(BytesIO(data))
        self.body = self.document.element.body

    @property
    def paragraphs(self) -> list:
        return paragraphs_in(self.body)

    def styled(self, name: str) -> list[str]:
        """Return the texts of the paragraphs in the style of that name."""
        return [paragraph_text(one) for one in self.paragraphs if self.style_of(one) == name]

    def style_of(self, paragraph) -> str:
        style = value(paragraph, "w:pPr/w:pStyle")
        return next(one.name for one in self.document.styles if one.style_id == style)

    def controls(self) -> list[Control]:
        return [
            Control(
                value(node, "w:sdtPr/w:tag"),
                value(node, "w:sdtPr/w:alias"),
                node.find("w:sdtPr/w:showingPlcHdr", node.nsmap) is not None,
                paragraphs_in(node),
            )
            for node in self.body.iter(qn("w:sdt"))
        ]

    def html(self, paragraphs: list) -> str:
        """Return paragraphs as a text in normal form."""
        return from_blocks(self.block(one) for one in paragraphs)

    def block(self, paragraph) -> Block:
        html = inline.to_html(inline.tidy(self.runs(paragraph)))
        number = value(paragraph, "w:pPr/w:numPr/w:numId")
        if not number:
            return Block("p", 0, html)
        level = int(value(paragraph, "w:pPr/w:numPr/w:ilvl"))
        kind = "ul" if self.format_of(number, level) == "bullet" else "ol"
        return Block(kind, level + 1, html)

    def format_of(self, number: str, level: int) -> str:
        numbering = self.document.part.numbering_part.element
        definition = value(numbering, f"w:num[@w:numId='{number}']/w:abstractNumId")
        return value(numbering, f"w:abstractNum[@w:abstractNumId='{definition}']/w:lvl[@w:ilvl='{level}']/w:numFmt")

    def runs(self, paragraph) -> Iterator[Run]:
        for node in paragraph.iter(qn("w:r")):
            parent = node.getparent()
            link = parent.get(qn("r:id")) if parent.tag == qn("w:hyperlink") else None
            href = self.document.part.rels[link].target_ref if link else ""
            strong, em = (node.find(f"w:rPr/w:{name}", node.nsmap) is not None for name in "bi")
            raised = RAISED.get(value(node, "w:rPr/w:vertAlign"), "")
            yield Run(run_text(node), href, strong, em, raised)

    @property
    def origin(self) -> Origin | None:
        root = etree.fromstring(self.zip.read("customXml/item1.xml"))
        assert root.tag == f"{{{NAMESPACE}}}report"
        return origin_of(root.attrib)


def paragraphs_in(node) -> list:
    """Return the paragraphs that Word shows: it takes the choice, not the fallback, of alternatives."""
    return [one for one in node.iter(qn("w:p")) if next(one.iterancestors(FALLBACK), None) is None]


def value(node, path: str) -> str:
    found = node.find(path, {"w": node.nsmap["w"]})
    return "" if found is None else found.get(qn("w:val"))


def run_text(run) -> str:
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    hidden = (qn("w:rPr"), qn("w:instrText"))
    return "".join(signs.get(node.tag, node.text or "") for node in run if node.tag not in hidden)


def paragraph_text(paragraph) -> str:
    return "".join(run_text(run) for run in paragraph.iter(qn("w:r")))


def languages(paragraphs: list) -> set[str]:
    """Return the languages of all runs with text, without their regions; "" for a run without one."""
    runs = [run for one in paragraphs for run in one.iter(qn("w:r")) if run_text(run).strip()]
    return {value(run, "w:rPr/w:lang").split("-")[0] for run in runs}


def printed_in_order(data: bytes, pdf: bytes) -> bool:
    """Return whether a PDF has every character of a Word file, in order; it also has bullets, and goals once a page."""
    text = "".join("".join(paragraph_text(one).split()) for one in WordText(data).paragraphs)
    shown = "".join(words(pdf)).replace("\x02", "-")  # which PDFium returns for a hyphen at the end of a line
    rest = iter(shown)
    return "HYPERLINK" not in shown and all(character in rest for character in text)


def as_pdf(data: bytes, folder: Path) -> bytes:
    """Return what LibreOffice prints of a Word file. Skip the test where it is not installed."""
    return with_libreoffice(data, folder, "pdf")


def with_libreoffice(data: bytes, folder: Path, ending: str) -> bytes:
    return all_with_libreoffice([data], folder, ending)[0]


def all_with_libreoffice(files: list[bytes], folder: Path, ending: str) -> list[bytes]:
    sources = [folder / f"report-{number}.docx" for number in range(len(files))]
    for source, data in zip(sources, files, strict=True):
        source.write_bytes(data)
    return all_saved_by_libreoffice(sources, ending)
