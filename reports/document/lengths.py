"""How much text a report may have. Nothing is parsed before its length and its pieces are checked against these.

Every parser is slow on some text, however carefully it is written; a limit on the length is a limit on the time. What
costs time beside the length is the number of pieces: paragraphs, lines, list items, cells, links, passages in bold or
italics. They are counted without a parser: the tags of HTML in pairs, so that a list item or a cell, with its
paragraph, counts as two.
"""

import re

from reports.document.problem import Problem, gettext_noop

LONGEST_TEXT = 200_000  # characters of one contribution: a hundred printed pages
LONGEST_REPORT = 400_000  # characters of all texts of a report, translations among them
MOST_PIECES = 6_000  # of one contribution: sixty on each printed page
MOST_PIECES_OF_REPORT = 16_000
NEARLY = 0.8  # from this part of LONGEST_REPORT on, the pages say how much room there is

_LINE = re.compile("\\S[^\n\r\f\u2028\u2029]*")
_ITEM = re.compile(r"^ *(?:[-*•]|\d{1,3}\.) ", re.M)


def check_text(text: str) -> None:
    """Raise Problem if `text`, as it was typed or sent, is too long for one contribution."""
    if len(text) > LONGEST_TEXT:
        raise too_long(len(text))


def too_long(length: int) -> Problem:
    return Problem(
        gettext_noop(
            "This text has %(length)s characters; the maximum for a contribution is %(limit)s. Split it into "
            "two contributions. Nothing was lost: the text is still in its box."
        ),
        length=length,
        limit=LONGEST_TEXT,
    )


def check_report(length: int) -> None:
    """Raise Problem if the texts of a report would have `length` characters together, and that is too many."""
    if length > LONGEST_REPORT:
        raise Problem(
            gettext_noop(
                "With this text the report would have %(length)s characters; the maximum for all texts of a report, "
                "translations among them, is %(limit)s. Shorten this text or another one. Nothing was lost: the text "
                "is still in its box."
            ),
            length=length,
            limit=LONGEST_REPORT,
        )


def check_file(length: int) -> None:
    """Raise Problem if the text of a file has so many characters that no report can take it."""
    if length > LONGEST_REPORT:
        raise Problem(
            gettext_noop(
                "The texts of this file have %(length)s characters together; the maximum for a report is "
                "%(limit)s. Shorten them in the file, then upload it again."
            ),
            length=length,
            limit=LONGEST_REPORT,
        )


def pieces(text: str, *, is_html: bool) -> int:
    """Return how many pieces a text has, from above, in time that grows with its length alone.

    The plain text of a rich text has about as many as its HTML, and never more than three times as many.
    """
    if is_html:
        return text.count("<") // 2
    cells = text.count("|") - text.count("\\|") + text.count("<br>")
    marks = text.count("*") // 2 + text.count("[") + text.count("\\") + text.count("^{") + text.count("_{") + cells
    return marks + sum(1 for pattern in (_LINE, _ITEM) for _found in pattern.finditer(text))


def check_pieces(count: int) -> None:
    """Raise Problem if a contribution of so many pieces is too many."""
    if count > MOST_PIECES:
        raise Problem(
            gettext_noop(
                "This text has %(count)s paragraphs, lines, list items, table cells, links and passages in bold or "
                "italics; the maximum for a contribution is %(limit)s. Remove formatting, or split it into two "
                "contributions. Nothing was lost: the text is still in its box."
            ),
            count=count,
            limit=MOST_PIECES,
        )


def check_pieces_of_report(count: int) -> None:
    """Raise Problem if the texts of a report would have so many pieces together, and that is too many."""
    if count > MOST_PIECES_OF_REPORT:
        raise Problem(
            gettext_noop(
                "With this text the report would have %(count)s paragraphs, lines, list items, table cells, links and "
                "passages in bold or italics; the maximum for all texts of a report is %(limit)s. Shorten this text or "
                "another one, or remove formatting. Nothing was lost: the text is still in its box."
            ),
            count=count,
            limit=MOST_PIECES_OF_REPORT,
        )


def check_pieces_of_file(count: int, limit: int = MOST_PIECES_OF_REPORT) -> None:
    """Raise Problem if a file, or with MOST_PIECES as `limit` one text of it, has more pieces than that."""
    if count > limit:
        raise Problem(
            gettext_noop(
                "This file has %(count)s paragraphs, lines, list items, table cells, links and passages in bold or "
                "italics where at most %(limit)s are possible. Remove formatting or text in the file, then upload it "
                "again."
            ),
            count=count,
            limit=limit,
        )
