"""What every file format is read into: its paragraphs in reading order, and a count of what did not come along.

A producer of a flow knows one format and nothing of the form. `form.py` finds the form's own words in a flow and places
everything else, whatever the format was.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from reports.document.characters import is_visible
from reports.document.inline import Run
from reports.document.problem import Problem, gettext_noop
from reports.document.word_identity import Origin
from reports.readers import Format, Notice, Unit

MOST_PARAGRAPHS = 20_000  # the longest real form has some 400
MOST_RUNS = 5_000  # of one paragraph

Kind = Literal["body", "footnote", "comment", "furniture", "deleted"]
# Things without text that a report cannot take.
LeftOut = Literal["picture", "object"]

TOO_MANY_PARAGRAPHS = gettext_noop("This file has far more paragraphs than any report. Is it the right file?")
TOO_MANY_RUNS = gettext_noop(
    "A paragraph of this file changes its style far more often than that of any report. Save the file anew, or copy "
    "its text into a new file."
)


@dataclass(frozen=True)
class Cell:
    """The place of a paragraph in a table, counted from 0. `table` numbers the tables of a file.

    A table in a cell of another one has a number of its own, so `table` is the innermost.
    """

    table: int
    row: int
    column: int
    is_heading: bool = False  # the file says that the row is a row of headings


@dataclass
class FlowParagraph:
    """A paragraph, a list item, or what a file has beside its text.

    `kind`: "body" is text; "footnote" is a note, which follows the paragraph that refers to it; "comment", "furniture"
    (headers, footers, page numbers) and "deleted" (struck or deleted under change tracking) are accounted for, and
    never part of an answer.
    A "\\n" in a run's text is a line break.
    """

    kind: Kind = "body"
    runs: list[Run] = field(default_factory=list)
    list_kind: Literal["", "ul", "ol"] = ""
    level: int = 0  # of the list, from 1 on; 0: not an item
    mark: str = ""  # what the list prints before the item: "•", "A)"
    number: int = 0  # of an item whose list counts in digits, else 0
    cell: Cell | None = None
    place: int = 0  # number of the line or paragraph, or of the page in a PDF, counted from 1
    # Where in `text` a line of a PDF's page begins, but for the first: a prompt and the answer right below it may look
    # like one paragraph, and who knows the form can cut it there.
    line_starts: tuple[int, ...] = ()
    control: str = ""  # tag of the content control around it (Word)
    control_number: int = 0  # which control of the file that is: two may have one tag
    language: str = ""  # what the file says; only a hint

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def add(self, run: Run) -> None:
        """Add text. Neighbouring runs of one style become one. Raise Problem when there are too many."""
        if not run.text:
            return
        if self.runs and self.runs[-1].style() == run.style():
            self.runs[-1] = replace(run, text=self.runs[-1].text + run.text)
        else:
            self.runs.append(run)
        if len(self.runs) > MOST_RUNS:
            raise Problem(TOO_MANY_RUNS)


@dataclass
class Flow:
    """The paragraphs of a file in reading order.

    `unit` says what `place` counts. In a flow that is not `is_whole`, an entry is a line of a text file, and lines are
    put together to paragraphs once it is known where they belong.
    """

    format: Format
    unit: Unit
    is_whole: bool = True
    paragraphs: list[FlowParagraph] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    merged_cells: Counter[int] = field(default_factory=Counter)  # how many a table has, by its number
    origin: Origin | None = None  # what a Word file of the portal says of itself

    def append(self, paragraph: FlowParagraph) -> None:
        """Add a paragraph. Raise Problem when there are too many."""
        if len(self.paragraphs) >= MOST_PARAGRAPHS:
            raise Problem(TOO_MANY_PARAGRAPHS)
        self.paragraphs.append(paragraph)

    def visible(self) -> Iterator[FlowParagraph]:
        """Yield the paragraphs that are not blank."""
        return (paragraph for paragraph in self.paragraphs if is_visible(paragraph.text))
