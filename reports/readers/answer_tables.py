"""Tables in an answer. The form's own table, in which the answers stand, is none: prompts are in it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from reports.document import grid
from reports.document.block import Block, from_blocks
from reports.document.characters import is_visible
from reports.document.problem import gettext_noop
from reports.document.word_identity import tagged_contribution
from reports.readers.flow import Cell, FlowParagraph

MERGED_CELLS = gettext_noop(
    "Merged cells in this table: %(count)s. A table of a report has none: each was split, and its text stands in the "
    "first of its cells."
)


def tables_of_answers(paragraphs: Sequence[FlowParagraph], of_the_form: Collection[int]) -> set[int]:
    """Return the tables that are part of an answer: without the form's words, and with text in more than one column.

    `of_the_form` are the paragraphs, counted from 0, that hold words of the form. A table with text in one column is
    the box that some forms have below a prompt, unless it is in the control of a contribution.
    """
    forms = {cell.table for number in of_the_form if (cell := paragraphs[number].cell)}
    columns: dict[int, set[int]] = {}
    controlled: set[int] = set()
    for paragraph in paragraphs:
        if paragraph.cell and is_visible(paragraph.text):
            columns.setdefault(paragraph.cell.table, set()).add(paragraph.cell.column)
            controlled |= {paragraph.cell.table} if tagged_contribution(paragraph.control) else set()
    return {table for table, used in columns.items() if len(used) > 1 or table in controlled} - forms


@dataclass
class AnswerTable:
    """The rows of one table while its paragraphs are read: by row and column, with the row's first line."""

    number: int
    cells: dict[tuple[int, int], list[Block]] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    headings: dict[int, bool] = field(default_factory=dict)

    def add(self, line: int, cell: Cell, block: Block) -> None:
        self.cells.setdefault((cell.row, cell.column), []).append(block)
        self.lines.setdefault(cell.row, line)
        self.headings[cell.row] = self.headings.get(cell.row, True) and cell.is_heading

    def rows(self) -> Iterator[tuple[int, Block]]:
        """Yield each row as a block, with the number of its first line. Headings are only those of the first row."""
        width = 1 + max(column for _row, column in self.cells)
        for index, (row, line) in enumerate(sorted(self.lines.items())):
            cells = [from_blocks(self.cells.get((row, column), [])) for column in range(width)]
            is_head = index == 0 and self.headings[row]
            yield line, Block("head" if is_head else "row", 0, grid.row_html(cells))
