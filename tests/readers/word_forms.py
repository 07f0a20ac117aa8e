"""Filled-in forms as Word documents, made with python-docx: real lists, links, tables, and letters that Word prints."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree, html

from reports.document.tree import Document, Section
from tests.readers.writing import written

BULLETS, NUMBERS, LETTERS = 901, 902, 903  # ids of lists that python-docx's template does not have
FORMATS = {BULLETS: ("bullet", "•"), NUMBERS: ("decimal", "%{}."), LETTERS: ("upperLetter", "%{})")}
PLACE = re.compile("@@(.+)@@")
PROMPT = re.compile(r"[A-Z]\) ")


def written_as_word(document: Document, *, automatic_letters: bool = False, in_cells: bool = False) -> bytes:
    """Return the form with its answers. Answers may stand in the second cell of a table below each prompt."""
    sections = {section.code: section for section in document.sections()}
    form = written(document.blank(), {code: [f"@@{code}@@"] for code in sections})
    file = _File()
    for paragraph in filter(None, (block.replace("\n", " ").strip(" *") for block in form.split("\n\n"))):
        text = paragraph.replace("*", "")
        if place := PLACE.fullmatch(text):
            file.answer(sections[place[1]], in_cells=in_cells)
        else:
            file.frame(text, automatic_letters=automatic_letters)
    return file.saved()


@dataclass
class _File:
    document: docx.document.Document = field(default_factory=docx.Document)
    lists: int = 1_000  # the id of the newest list
    letters: int = 0  # that of the list of prompts

    def __post_init__(self) -> None:
        for name, (form, text) in FORMATS.items():
            levels = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{text.format(level + 1)}"/></w:lvl>'
                for level in range(9)
            )
            definition = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{name}">{levels}</w:abstractNum>'
            self.document.part.numbering_part.element.insert(0, parse_xml(definition))

    def new_list(self, of: int) -> int:
        """Begin a list that counts from 1, and return its id."""
        self.lists += 1
        anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        content = f'<w:abstractNumId w:val="{of}"/>{anew}'
        self.document.part.numbering_part.element.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{self.lists}">{content}</w:num>')
        )
        return self.lists

    def frame(self, text: str, *, automatic_letters: bool) -> None:
        paragraph = self.document.add_paragraph()
        if automatic_letters and PROMPT.match(text):
            self.letters = self.new_list(LETTERS) if text.startswith("A") else self.letters
            number(paragraph, self.letters, 0)
            text = PROMPT.sub("", text, count=1)
        paragraph.add_run(text).bold = True

    def answer(self, section: Section, *, in_cells: bool) -> None:
        bodies = [next(iter(one.body.values())) for one in section.contributions]
        if section == section.with_nothing_to_report():
            bodies = ["<p>--</p>"]
        if not in_cells:
            add = self.document.add_paragraph
        else:
            cell = self.document.add_table(1, 2).rows[0].cells[1]
            first = iter(cell.paragraphs)
            add = lambda: next(first, None) or cell.add_paragraph()  # noqa: E731
        for body in bodies:
            self.blocks(html.fragment_fromstring(body, create_parent="div"), add, 0, 0)

    def blocks(self, node: etree._Element, add: Callable, list_: int, level: int) -> None:
        for child in node:
            if child.tag == "p":
                paragraph = add()
                if level:
                    number(paragraph, list_, level - 1)
                write(paragraph, child)
            elif child.tag == "li":
                self.blocks(child, add, list_, level)
            else:
                self.blocks(child, add, self.new_list(BULLETS if child.tag == "ul" else NUMBERS), level + 1)

    def saved(self) -> bytes:
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()


def number(paragraph, list_: int, level: int) -> None:
    """Make a paragraph an item of a list."""
    content = f'<w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}>{content}</w:numPr>"))


def write(paragraph, node: etree._Element, bold: bool = False, italic: bool = False, href: str = "") -> None:
    """Write the text of an element with its bold, italics, links and line breaks."""

    def say(text: str | None) -> None:
        if not text:
            return
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        if href:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            paragraph._p.append(link)
            link.append(run._r)

    say(node.text)
    for child in node:
        if child.tag == "br":
            say("\n")
        else:
            write(paragraph, child, bold or child.tag == "strong", italic or child.tag == "em", child.get("href", href))
        say(child.tail)
