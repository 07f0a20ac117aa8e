"""The styles of a Word file: the official layout of templates/pdf/official.css with fonts that every computer has.

Measures are those of WordprocessingML: lengths in twentieths of a point (`pt`, `mm`), sizes of type in half points.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.document.word_identity import PLACE_STYLE
from reports.writers.word.elements import Element, on, paragraph_properties, run_properties, w
from reports.writers.word.languages import language_element

# On Windows and macOS; LibreOffice has Liberation Serif, of the same widths, in its place.
FONT = "Times New Roman"
NAMED_LEVELS = 5  # Word has the styles List Bullet to List Bullet 5
LETTER = 9  # millimetres for the letter of a question, and the indent of its answer


def pt(points: float) -> int:
    return round(points * 20)


def mm(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Style:
    """A paragraph style. `name` is Word's own where there is one, so that its language does not matter."""

    name: str
    based_on: str = "Normal"
    next: str = ""
    size: float = 0
    before: float = 0
    after: float = 7.5
    line: float = 15
    strong: bool = False
    em: bool = False
    keep_next: bool = False
    level: int = -1  # in the outline; -1 is text
    left: int = 0  # the indent, in twips, and how far the first line stands out to the left
    hanging: int = 0
    tracking: float = 0
    color: str = ""
    numbering: tuple[str, int] | None = None  # id of the numbering, and level
    is_plain: bool = False  # takes weight and slant from the style of its table

    @property
    def id(self) -> str:
        return self.name.title().replace(" ", "")

    def element(self) -> Element:
        """Return the style."""
        paragraph = paragraph_properties(
            on("keepNext", self.keep_next),
            on("keepLines", self.keep_next),
            w("numPr", w("ilvl", val=self.numbering[1]), w("numId", val=self.numbering[0])) if self.numbering else None,
            w("tabs", w("tab", val="left", pos=self.left)) if self.hanging and not self.numbering else None,
            w("spacing", before=pt(self.before), after=pt(self.after), line=pt(self.line), lineRule="atLeast"),
            w("ind", left=self.left, hanging=self.hanging) if self.left or self.hanging else None,
            w("outlineLvl", val=self.level) if self.level >= 0 else None,
        )
        look = run_properties(
            *(w(name, val=int(self.strong)) for name in ("b", "bCs") if not self.is_plain),
            *(w(name, val=int(self.em)) for name in ("i", "iCs") if not self.is_plain),
            w("color", val=self.color) if self.color else None,
            w("spacing", val=pt(self.tracking)) if self.tracking else None,
            w("sz", val=round(self.size * 2)) if self.size else None,
            w("szCs", val=round(self.size * 2)) if self.size else None,
        )
        return w(
            "style",
            w("name", val=self.name),
            w("basedOn", val=Style(self.based_on).id),
            w("next", val=Style(self.next).id) if self.next else None,
            w("uiPriority", val=1),
            w("qFormat"),
            paragraph,
            look,
            type="paragraph",
            styleId=self.id,
        )


def list_style(name: str, level: int) -> str:
    """Return the name of the style of a list's items at a level, counted from 0: "List Bullet", "List Bullet 2" …"""
    number = min(level, NAMED_LEVELS - 1) + 1
    return name if number == 1 else f"{name} {number}"


@dataclass(frozen=True)
class Layout:
    """What differs between the layouts. `indent` is that of an answer, the margins are left and right, in mm."""

    indent: int
    margins: tuple[int, int]
    has_tables: bool
    own: tuple[Style, ...]


LAYOUTS = {
    "by-goal": Layout(
        indent=LETTER,
        margins=(31, 39),
        has_tables=False,
        own=(
            Style("Country", next="Heading 1", strong=True, keep_next=True, tracking=0.5),
            Style("heading 1", next="Aim", size=12, before=36, strong=True, keep_next=True, level=0),
            Style("heading 2", next="Prompt", before=24, keep_next=True, level=1),
            Style(
                *("Prompt", "Normal", "Body Text"),
                before=18,
                strong=True,
                em=True,
                keep_next=True,
                level=2,
                left=mm(LETTER),
                hanging=mm(LETTER),
            ),
            Style(PLACE_STYLE, "Body Text", after=37.5, left=mm(LETTER)),
        ),
    ),
    "by-target": Layout(
        indent=0,
        margins=(25, 25),
        has_tables=True,
        own=(
            Style("Country", next="Heading 1", strong=True, keep_next=True),
            Style("heading 1", next="Table Text", size=12, after=15, strong=True, keep_next=True, level=0),
            Style("heading 2", next="Prompt", strong=True, keep_next=True, level=1),
            Style("Prompt", next="Body Text", level=2),
            Style(PLACE_STYLE, "Body Text"),
        ),
    ),
}


def paragraph_styles(layout: Layout) -> list[Style]:
    return [
        Style("Title", next="Country", size=17, line=22.5, strong=True),
        *layout.own,
        Style("Aim", next="Heading 2", after=0, keep_next=True),
        Style("Body Text", left=mm(layout.indent)),
        Style("Note", size=8.5, after=0, em=True),
        Style("Table Text", keep_next=True),
        Style("Cell Text", after=3.75, is_plain=True),
        Style("End", after=0, line=1, size=1, keep_next=True),
        Style("footer", size=8.5, after=0),
        *_list_styles(layout),
    ]


def _list_styles(layout: Layout) -> Iterator[Style]:
    """Yield a style for each kind and level; the ids are those of numbering.py."""
    for name, numbering in (("List Bullet", "1"), ("List Number", "2")):
        for level in range(NAMED_LEVELS):
            yield Style(
                list_style(name, level),
                "Body Text",
                after=3.75,
                left=left(layout, level),
                hanging=HANGING,
                numbering=(numbering, level),
            )


HANGING = pt(18)


def left(layout: Layout, level: int) -> int:
    """Return the indent of the text of a list's item at a level, counted from 0."""
    return mm(layout.indent) + HANGING * (level + 1)


def styles(layout: Layout, language: str, country: str) -> Element:
    """Return the root of the part with the styles; `language` is that of the form text."""
    fonts = w("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT)
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            run_properties(fonts, w("sz", val=22), w("szCs", val=22), language_element(language, country)),
        ),
        w("pPrDefault", paragraph_properties(w("spacing", after=pt(7.5), line=pt(15), lineRule="atLeast"))),
    )
    normal = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal")
    paragraphs = [style.element() for style in paragraph_styles(layout)]
    return w("styles", defaults, normal, *paragraphs, *character_styles(), *table_styles())


def character_styles() -> list[Element]:
    return [
        w("style", w("name", val="Default Paragraph Font"), type="character", default=1, styleId=DEFAULT_FONT),
        _character("Hyperlink", w("u", val="single")),
        _character("Placeholder Text", w("color", val="6B6B6B")),
    ]


DEFAULT_FONT = "DefaultParagraphFont"


def _character(name: str, look: Element) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val=DEFAULT_FONT),
        run_properties(look),
        type="character",
        styleId=name.replace(" ", ""),
    )


PAGE = (210, 297)  # millimetres: A4
LABEL = 38  # millimetres: by target, the column of labels


def text_width(layout: Layout) -> int:
    return mm(PAGE[0] - sum(layout.margins))


def answer_width(layout: Layout) -> int:
    return text_width(layout) - mm(LABEL if layout.has_tables else layout.indent)


def table_styles() -> list[Element]:
    """Return the plain table, that of the form (horizontal hairlines), and that of tables in answers (all lines)."""
    line: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": "auto"}
    margins = w("tblCellMar", w("top", w=0, type="dxa"), w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    form = [w(side, **line) for side in ("top", "bottom", "insideH")]
    head = w("tblStylePr", run_properties(w("b"), w("bCs")), type="firstRow")
    grid = [w(side, **line) for side in ("top", "left", "bottom", "right", "insideH", "insideV")]
    return [
        w(
            "style",
            w("name", val="Normal Table"),
            w("tblPr", w("tblInd", w=0, type="dxa"), margins),
            type="table",
            default=1,
            styleId="TableNormal",
        ),
        _table("Form Table", form, {"top": 150, "right": 0}),
        _table("Table Grid", grid, {"top": 75, "left": 100, "right": 100}, head),
    ]


def _table(name: str, borders: list[Element], margins: dict[str, int], *parts: Element) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w(
            "tblPr",
            w("tblBorders", *borders),
            w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in margins.items())),
        ),
        *parts,
        type="table",
        styleId=name.replace(" ", ""),
    )
