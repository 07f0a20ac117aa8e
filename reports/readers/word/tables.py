"""Where the walk is in a table: rows and columns as they are on the page, whatever cells were joined."""

from dataclasses import dataclass

from lxml import etree

from reports.readers.flow import Cell
from reports.readers.word.parts import find, is_on, value, whole_number

MOST_COLUMNS = 63  # Word's own limit


@dataclass
class Table:
    """`number` counts the tables of a file; `column` is the next one in `row`."""

    number: int
    row: int = -1
    column: int = 0
    in_headings: bool = True
    in_deleted_row: bool = False

    def begin_row(self, node: etree._Element, *, is_deleted: bool) -> None:
        """Go to the next row. One that was deleted is not counted.

        Rows of headings are those from the first row on that say so (ISO 29500-1, 17.4.78).
        """
        properties = find(node, "trPr")
        self.in_deleted_row = is_deleted
        if not is_deleted:
            self.row += 1
            self.in_headings = self.in_headings and is_on(find(properties, "tblHeader"))
        self.column = _span(value(properties, "gridBefore"), 0)

    def cell(self, node: etree._Element, *, is_deleted: bool) -> Cell:
        """Return the place of a cell, and go on behind it. What was deleted has the place of what follows it."""
        is_heading = self.in_headings and not is_deleted
        cell = Cell(self.number, max(0, self.row + self.in_deleted_row), self.column, is_heading)
        if self.in_deleted_row or not is_deleted:
            self.column += _span(value(node, "tcPr", "gridSpan"), 1)
        return cell


def is_merged(node: etree._Element) -> bool:
    """Return whether a cell is the first of several that were joined, beside or below one another."""
    properties = find(node, "tcPr")
    is_first = "restart" in (value(properties, "vMerge"), value(properties, "hMerge"))
    return is_first or _span(value(properties, "gridSpan"), 1) > 1


def _span(text: str, default: int) -> int:
    columns = whole_number(text, default)
    return columns if columns <= MOST_COLUMNS else default
