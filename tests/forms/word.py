"""Write a filled-in form as ministries' Word files look, with python-docx. `shape` says where the answers stand."""

import io
from itertools import groupby
from typing import Literal

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.document import grid, richtext
from reports.document.inline import from_html
from reports.document.tree import Document, Section

Shape = Literal["layout", "boxes", "controls"]


def written(document: Document, shape: Shape = "layout") -> bytes:
    """Return a Word file in the layout of the form: with "boxes" each answer stands in a table below its prompt."""
    writer = Writer(shape)
    writer.write(document)
    content = io.BytesIO()
    writer.file.save(content)
    return content.getvalue()


class Writer:
    def __init__(self, shape: Shape) -> None:
        self.file = docx.Document()
        self.shape = shape
        self.file.sections[0].footer.paragraphs[0].text = "Luxembourg, page 1"

    def write(self, document: Document) -> None:
        self.file.add_paragraph().add_run(document.form.title["en"]).bold = True
        self.file.add_paragraph().add_run(document.country.name["en"].upper()).bold = True
        for target in document.targets:
            if document.form.layout == "by-goal":
                self.by_goal(target)
            else:
                self.by_target(target)

    def by_goal(self, target) -> None:
        self.file.add_heading(f"Policy Target No. {target.number}", level=1)
        self.file.add_paragraph(f"{target.text['en']}.")
        for goal in target.goals:
            paragraph = self.file.add_paragraph()
            paragraph.add_run("Operational Goal: ").bold = True
            paragraph.add_run(f"{goal.text['en']}.")
            for section in goal.sections:
                run = self.file.add_paragraph().add_run(f"{section.letter}) {section.prompt['en']}")
                run.bold = run.italic = True
                self.answer(self.box(section), section)

    def by_target(self, target) -> None:
        table = self.file.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        self.across(table, f"Policy target No. {target.number}: {target.text['en']}")
        for goal in target.goals:
            self.row(table, "Operational Goal:", goal.text["en"])
        for section in target.sections:
            self.across(table, section.heading["en"])
            self.answer(self.row(table, section.prompt["en"], ""), section)
        self.file.add_page_break()

    def across(self, table, text: str) -> None:
        cells = table.add_row().cells
        cells[0].merge(cells[1]).paragraphs[0].add_run(text).bold = True

    def row(self, table, label: str, text: str):
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(label).bold = True
        cells[1].paragraphs[0].text = text
        return cells[1]

    def box(self, section: Section):
        """Return what the answer goes into: the file or a table's cell."""
        if self.shape == "boxes":
            table = self.file.add_table(rows=1, cols=1)
            table.style = "Table Grid"
            return table.cell(0, 0)
        return self.file

    def answer(self, holder, section: Section) -> None:
        blocks = [block for one in section.contributions for block in richtext.blocks(one.original)]
        if section.state == "nothing":
            blocks = richtext.blocks("<p>--</p>")
        before = holder.paragraphs[-1] if holder is not self.file and not holder.paragraphs[-1].text else None
        self.lists: dict[str, int] = {}
        added = []
        for is_row, alike in groupby(blocks, key=lambda block: block.is_row):
            some = list(alike)
            added += [self.table(holder, some)] if is_row else [self.paragraph(holder, one) for one in some]
        if before is not None and added:
            before._p.getparent().remove(before._p)  # the empty paragraph that each new cell has
        if self.shape == "controls" and added:
            put_into_control(section.code, [one._element for one in added])

    def table(self, holder, rows):
        """Add a table of rows in normal form, each cell with one paragraph."""
        texts = [grid.cells(row.html) for row in rows]
        sizes = {"rows": len(texts), "cols": max(map(len, texts))}
        table = holder.add_table(**sizes)
        table.style = "Table Grid"
        for row, cells in zip(table.rows, texts, strict=True):
            for cell, html in zip(row.cells, cells, strict=False):
                for run in from_html(html.removeprefix("<p>").removesuffix("</p>")):
                    cell.paragraphs[0].add_run(run.text)
        return table

    def paragraph(self, holder, block):
        paragraph = holder.add_paragraph(style="List Paragraph" if block.depth else "Normal")
        if block.depth:
            self.mark(paragraph, block)
        for run in from_html(block.html):
            made = self.link(paragraph, run) if run.href else paragraph.add_run(run.text)
            made.bold, made.italic = run.strong or None, run.em or None
        return paragraph

    def mark(self, paragraph, block) -> None:
        """Give an item its list and level, as Word's buttons and the Tab key do. Each list counts from 1."""
        if block.kind not in self.lists:
            self.lists[block.kind] = add_list(self.file.part.numbering_part.element, block.kind)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = block.depth - 1, self.lists[block.kind]

    def link(self, paragraph, run):
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.file.part.relate_to(run.href, kind, is_external=True))
        made = paragraph.add_run(run.text)
        paragraph._p.append(link)
        link.append(made._r)
        return made


LEVELS = 3


def add_list(numbering, kind: str) -> int:
    """Add a list of several levels, and return its number."""
    abstract = OxmlElement("w:abstractNum")
    number = 1_000 + len(numbering.num_lst)
    abstract.set(qn("w:abstractNumId"), str(number))
    for level in range(LEVELS):
        shown = "•" if kind == "ul" else f"%{level + 1}."
        values = {"w:start": "1", "w:numFmt": "bullet" if kind == "ul" else "decimal", "w:lvlText": shown}
        abstract.append(level_of(level, values))
    numbering.insert(0, abstract)  # Word wants these before the lists that use them
    return numbering.add_num(number).numId


def level_of(level: int, values: dict[str, str]):
    element = OxmlElement("w:lvl")
    element.set(qn("w:ilvl"), str(level))
    for name, value in values.items():
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        element.append(child)
    properties, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
    indent.set(qn("w:left"), str(720 * (level + 1)))
    indent.set(qn("w:hanging"), "360")
    properties.append(indent)
    element.append(properties)
    return element


def put_into_control(tag: str, paragraphs: list) -> None:
    """Move paragraphs into a new content control. python-docx knows none."""
    control, properties, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    named = OxmlElement("w:tag")
    named.set(qn("w:val"), tag)
    properties.append(named)
    paragraphs[0].addprevious(control)
    control.extend([properties, content])
    content.extend(paragraphs)
