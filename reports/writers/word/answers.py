"""A text in its normal form as paragraphs, lists and links of Word."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from reports.document import inline
from reports.document.block import Block, blocks
from reports.document.inline import Run
from reports.writers.word.elements import RELATION, Element, on, paragraph_properties, run_properties, text_elements, w
from reports.writers.word.languages import is_right_to_left, language_element
from reports.writers.word.numbering import BULLETS, Lists
from reports.writers.word.styles import Style, list_style, pt

LONGEST_TARGET = 2_000  # characters of an address; Word takes a file with a longer relation for damaged
AFTER_LIST = pt(7.5)  # below its last item, as below a paragraph
RAISED = {"sup": "superscript", "sub": "subscript"}


def paragraph(style: str, *content: Element, properties: Iterable[Element | None] = ()) -> Element:
    """Return a paragraph in the style of that name. `properties` are further ones of it."""
    return w("p", paragraph_properties(w("pStyle", val=Style(style).id), *properties), *content)


def run(text: str, language: str, country: str, *look: Element | None) -> Element:
    """Return a run. `look` are further properties of it."""
    properties = run_properties(*look, on("rtl", is_right_to_left(language)), language_element(language, country))
    return w("r", properties, *text_elements(text))


@dataclass
class Answers:
    """Write the answers of one file. `relate` stores a link's address there and returns the id of its relation."""

    country: str
    relate: Callable[[str], str]
    lists: Lists = field(default_factory=Lists)

    def elements(self, html: str, language: str) -> list[Element]:
        """Return the elements of a text in normal form.

        A further kind of block, such as the row of a table, gets its branch here; the style "Table Grid" is there.
        """
        out: list[Element] = []
        for is_list, alike in groupby(blocks(html), lambda block: block.depth > 0):
            if is_list:
                out += self.list_items(list(alike), language)
            else:
                out += [self.text("Body Text", block, language) for block in alike]
        return out

    def list_items(self, items: list[Block], language: str) -> Iterator[Element]:
        numbered: dict[int, str] = {}  # by level, the numbered list that is open there
        for place, block in enumerate(items):
            level = block.depth - 1
            for closed in [one for one in numbered if one > level or (one == level and block.kind == "ul")]:
                del numbered[closed]
            if block.kind == "ol" and level not in numbered:
                numbered[level] = self.lists.numbered(level)
            name = "List Number" if block.kind == "ol" else "List Bullet"
            numbering = w("numPr", w("ilvl", val=level), w("numId", val=numbered.get(level, BULLETS)))
            is_last = place + 1 == len(items)
            after = w("spacing", after=AFTER_LIST) if is_last else None
            yield self.text(list_style(name, level), block, language, numbering, after)

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
