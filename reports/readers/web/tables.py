"""Where the cells of an HTML table stand, with cells that reach over columns and rows."""

from dataclasses import dataclass, field

from lxml import etree

MOST_SPANNED = 100  # columns or rows that one cell may claim


@dataclass
class HtmlTable:
    """Counts the rows and cells of a table as they come."""

    number: int
    row: int = -1
    column: int = 0
    is_heading: bool = False  # the row that is read
    _until: dict[int, int] = field(default_factory=dict)  # last row of the cell that covers a column

    def next_row(self, node: etree._Element) -> None:
        self.row, self.column = self.row + 1, 0
        cells = [child.tag for child in node if child.tag in ("td", "th")]
        parent = node.getparent()
        in_head = parent is not None and parent.tag == "thead"
        self.is_heading = in_head or (bool(cells) and all(tag == "th" for tag in cells))

    def next_cell(self, node: etree._Element) -> tuple[int, bool]:
        """Return the column of the next cell, and whether the cell is merged."""
        while self._until.get(self.column, -1) >= self.row:
            self.column += 1
        column, columns, rows = self.column, _spanned(node, "colspan"), _spanned(node, "rowspan")
        if rows > 1:
            self._until.update(dict.fromkeys(range(column, column + columns), self.row + rows - 1))
        self.column += columns
        return column, columns > 1 or rows > 1


def _spanned(node: etree._Element, name: str) -> int:
    text = node.get(name, "1").strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 12
    return max(1, min(int(text), MOST_SPANNED)) if is_number else 1
