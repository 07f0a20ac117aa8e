"""A text in its normal form as paragraphs, lists, tables and links of Word."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from reports.document import grid, inline
from reports.document.block import Block, blocks, blocks_of_cell
from reports.document.inline import Run
from reports.writers.word.elements import RELATION, Element, on, paragraph_properties, run_properties, text_elements, w
from reports.writers.word.languages import is_right_to_left, language_element
from reports.writers.word.numbering import BULLETS, Lists
from reports.writers.word.styles import HANGING, Style, list_style, pt

LONGEST_TARGET = 2_000  # characters of an address; Word takes a file with a longer relation for damaged
BELOW = pt(7.5)  # a list and a table, as below a paragraph
RAISED = {"sup": "superscript", "sub": "subscript"}


def paragraph(style: str, *content: Element, properties: Iterable[Element | None] = ()) -> Element:
    """Return a paragraph in the style of that name. `properties` are further ones of it."""
    return w("p", paragraph_properties(w("pStyle", val=Style(style).id), *properties), *content)


def run(text: str, language: str, country: str, *look: Element | None) -> Element:
    """Return a run. `look` are further properties of it."""
    properties = run_properties(*look, on("rtl", is_right_to_left(language)), language_element(language, country))
    return w("r", properties, *text_elements(text))


@dataclass(frozen=True)
class Place:
    """Where a text stands: the style of its paragraphs, and the indent and width of its tables, in twips."""

    style: str = "Body Text"
    indent: int = 0
    width: int = 0


IN_CELL = Place("Cell Text")


@dataclass
class Answers:
    """Write the answers of one file. `relate` stores a link's address there and returns the id of its relation."""

    country: str
    relate: Callable[[str], str]
    place: Place
    lists: Lists = field(default_factory=Lists)

    def elements(self, html: str, language: str) -> list[Element]:
        """Return the elements of a text in normal form."""
        return self.of_blocks(blocks(html), language, self.place)

    def of_blocks(self, found: Iterable[Block], language: str, place: Place) -> list[Element]:
        out: list[Element] = []
        for kind, alike in groupby(found, lambda block: "row" if block.is_row else "list" if block.depth else "p"):
            if kind == "row":
                out += self.tables(list(alike), language)
            elif kind == "list":
                out += self.list_items(list(alike), language, place)
            else:
                out += [self.text(place.style, block, language) for block in alike]
        return out

    def tables(self, rows: list[Block], language: str) -> Iterator[Element]:
        """Yield the tables, each with an empty paragraph below: Word joins tables that touch."""
        starts = [place for place, row in enumerate(rows) if row.kind == "head" or not place]
        for start, end in pairwise([*starts, len(rows)]):
            yield self.table(rows[start:end], language)
            yield paragraph("End", properties=[w("spacing", after=BELOW)])

    def table(self, rows: list[Block], language: str) -> Element:
        cells = [grid.cells(row.html) for row in rows]
        columns = max(map(len, cells))
        width = self.place.width // columns
        return w(
            "tbl",
            w(
                "tblPr",
                w("tblStyle", val="TableGrid"),
                on("bidiVisual", is_right_to_left(language)),
                w("tblW", w=width * columns, type="dxa"),
                w("tblInd", w=self.place.indent, type="dxa"),
                w("tblLook", val="0620" if rows[0].kind == "head" else "0600", firstRow=int(rows[0].kind == "head")),
            ),
            w("tblGrid", *(w("gridCol", w=width) for _column in range(columns))),
            *(
                w(
                    "tr",
                    w("trPr", w("cantSplit"), w("tblHeader")) if row.kind == "head" else None,
                    *(self.cell(cell, width, language) for cell in [*found, *[""] * (columns - len(found))]),
                )
                for row, found in zip(rows, cells, strict=True)
            ),
        )

    def cell(self, html: str, width: int, language: str) -> Element:
        """Return a cell. It has to have a paragraph, and to end with one."""
        content = self.of_blocks(blocks_of_cell(html), language, IN_CELL)
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *(content or [paragraph(IN_CELL.style)]))

    def list_items(self, items: list[Block], language: str, place: Place) -> Iterator[Element]:
        numbered: dict[int, str] = {}  # by level, the numbered list that is open there
        for position, block in enumerate(items):
            level = block.depth - 1
            for closed in [one for one in numbered if one > level or (one == level and block.kind == "ul")]:
                del numbered[closed]
            if block.kind == "ol" and level not in numbered:
                numbered[level] = self.lists.numbered(level)
            name = "List Number" if block.kind == "ol" else "List Bullet"
            numbering = w("numPr", w("ilvl", val=level), w("numId", val=numbered.get(level, BULLETS)))
            is_last = position + 1 == len(items)
            after = w("spacing", after=BELOW) if is_last else None
            indent = w("ind", left=HANGING * block.depth, hanging=HANGING) if place is IN_CELL else None
            yield self.text(list_style(name, level), block, language, numbering, after, indent)

    def text(self, style: str, block: Block, language: str, *properties: Element | None) -> Element:
        content = self.runs(inline.from_html(block.html), language)
        return paragraph(style, *content, properties=(*properties, on("bidi", is_right_to_left(language))))

    def runs(self, runs: Iterator[Run], language: str) -> Iterator[Element]:
        for href, alike in groupby(runs, lambda one: one.href):
            elements = [self.run(one, language) for one in alike]
            if href:
                yield from self.link(href, elements)
            else:
                yield from elements

    def link(self, href: str, elements: list[Element]) -> list[Element]:
        """Return a link: a relation, or a field where the address is longer than Word allows for one."""
        if len(href) <= LONGEST_TARGET:
            link = w("hyperlink", *elements)
            link.set(RELATION, self.relate(href))
            return [link]
        code = w("instrText")
        code.text = ' HYPERLINK "{}" '.format(href.replace("\\", "\\\\"))
        begin, separate, end = (w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
        return [begin, w("r", code), separate, *elements, end]

    def run(self, one: Run, language: str) -> Element:
        look = [
            w("rStyle", val="Hyperlink") if one.href else None,
            *(on(name, one.strong) for name in ("b", "bCs")),
            *(on(name, one.em) for name in ("i", "iCs")),
            w("vertAlign", val=RAISED[one.raised]) if one.raised else None,
        ]
        return run(one.text, language, self.country, *look)
