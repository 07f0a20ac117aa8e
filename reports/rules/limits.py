"""Size limits of a report: more than any country needs, and no more than the portal can process."""

from reports import models
from reports.document.clean import refuse_control_characters
from reports.document.lengths import (
    MOST_PIECES,
    MOST_PIECES_OF_REPORT,
    check_file,
    check_pieces_of_file,
    check_pieces_of_report,
    pieces,
)
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document, Section
from reports.models import save_queries

MOST_CONTRIBUTIONS = 50  # of one section
TOO_LONG = {
    "authority": gettext_noop(
        "In section %(code)s of this file the name of an authority has %(length)s characters; the maximum "
        "is %(limit)s. Shorten it in the file, then upload the file again."
    ),
    "language": gettext_noop(
        "In section %(code)s of this file the code of a language has %(length)s characters; the maximum is "
        "%(limit)s. Correct it in the file, then upload the file again."
    ),
}


def check(document: Document) -> None:
    """Raise Problem if a file has more than a report may have. Called before anything of the file is stored."""
    texts: list[str] = []
    for section in document.sections():
        check_section(section)
        texts += [body for contribution in section.contributions for body in contribution.body.values()]
    check_file(sum(len(text) for text in texts))
    counts = [pieces(text, is_html=True) for text in texts]
    check_pieces_of_file(max(counts, default=0), MOST_PIECES)
    check_pieces_of_file(sum(counts))


def check_pieces(report: int, length: int, *, growth: int) -> None:
    """Raise Problem if the texts of a report would have too many pieces. A text that has fewer is always taken.

    `length` is the number of characters of the texts together: a pair of tags has six at least, so that only a long
    report needs the query.
    """
    if growth > 0 and length > 6 * MOST_PIECES_OF_REPORT:
        check_pieces_of_report(save_queries.report_pieces(report) + growth)


def check_room(section: models.Section) -> None:
    """Raise Problem if the section has as many contributions as it may have."""
    if section.contributions.live().count() >= MOST_CONTRIBUTIONS:
        raise Problem(
            gettext_noop(
                "Section %(code)s already has %(limit)s contributions, which is the maximum. Put this text into "
                "one of them, or remove one first. Nothing was lost: the text is still in its box."
            ),
            code=section.code,
            limit=MOST_CONTRIBUTIONS,
        )


def check_section(section: Section) -> None:
    """Raise Problem for too many contributions, and for an authority or a language too long for its column."""
    if len(section.contributions) > MOST_CONTRIBUTIONS:
        raise Problem(
            gettext_noop(
                "Section %(code)s has %(count)s contributions in this file; the maximum for a section is "
                "%(limit)s. Put some of them together in the file, then upload it again."
            ),
            code=section.code,
            count=len(section.contributions),
            limit=MOST_CONTRIBUTIONS,
        )
    for contribution in section.contributions:
        refuse_control_characters(contribution.authority)
        check_length("authority", contribution.authority, section)
        check_length("language", contribution.language, section)


def check_length(column: str, text: str, section: Section) -> None:
    longest = getattr(models.Contribution._meta.get_field(column), "max_length")  # noqa: B009  (not every field has one)
    if len(text) > longest:
        raise Problem(TOO_LONG[column], code=section.code, length=len(text), limit=longest)
