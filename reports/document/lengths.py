"""How much text a report may have. Nothing is parsed before its length is checked against these.

Every parser is slow on some text, however carefully it is written; a limit on the length is a limit on the time.
"""

from reports.document.problem import Problem, gettext_noop

LONGEST_TEXT = 200_000  # characters of one contribution: a hundred printed pages
LONGEST_REPORT = 400_000  # characters of all texts of a report, translations among them
NEARLY = 0.8  # from this part of LONGEST_REPORT on, the pages say how much room there is


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
