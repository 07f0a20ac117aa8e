"""A report's own JSON. Its schema allows nothing unknown, so there are no lines to account for."""

from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.readers import Expected, Outcome
from reports.readers.identity import OTHER_COUNTRY, OTHER_YEAR


def read(data: bytes, expected: Expected) -> Outcome:
    """The sections of the JSON in this report's frame. Raises Problem if it is another report's."""
    document = Document.from_json(data.removeprefix(b"\xef\xbb\xbf"))
    frame = expected.frame
    if document.form.year != frame.form.year:
        raise Problem(OTHER_YEAR, found=document.form.year, year=frame.form.year)
    if document.country.code != frame.country.code:
        raise Problem(
            OTHER_COUNTRY,
            found=document.country.name or document.country.code,
            country=frame.country.name,
        )
    known = {section.code for section in frame.sections()}
    unknown = [section.code for section in document.sections() if section.code not in known]
    if unknown:
        raise Problem(
            gettext_noop("The file has sections that this form does not have: %(sections)s."),
            sections=", ".join(unknown),
        )
    answers = {
        section.code: frame.section(section.code).model_copy(
            update={"state": section.state, "contributions": section.contributions}
        )
        for section in document.sections()
    }
    return Outcome(frame.blank().with_sections(answers), (), ())
