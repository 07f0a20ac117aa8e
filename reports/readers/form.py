"""Find a form in the flow of a file: its headings and prompts, and the section of everything else.

The steps: find the form's own words, place every other line in a section, take out what is no text, and put each
section's lines together to contributions. Each step accounts for the lines it decides on. How lines become paragraphs
differs: a text file's are put together (`LineAnswers`), those of all other formats are whole (`ParagraphAnswers`).
"""

from reports.document.lengths import check_file, check_pieces_of_file
from reports.document.tree import Contribution, Section
from reports.document.word_identity import PLACEHOLDERS
from reports.readers import Claims, Expected, Pair, ReadResult
from reports.readers.contributions import as_one, contributions_of
from reports.readers.file_text import index_lines
from reports.readers.flow import Flow
from reports.readers.form_phrases import phrases_of
from reports.readers.headings import find_headings
from reports.readers.identity import check_country, check_form
from reports.readers.left_out import left_out
from reports.readers.line_answers import LineAnswers
from reports.readers.non_text import is_nothing, mark_non_text_lines
from reports.readers.paragraph_answers import ParagraphAnswers
from reports.readers.placement import Placement, place_lines
from reports.readers.walk import outline_of


def read_flow(flow: Flow, expected: Expected) -> ReadResult:
    """Return the form that a flow holds. Raise Problem for no form, or the form of another year or country."""
    check_file(sum(len(paragraph.text) for paragraph in flow.paragraphs))
    if flow.is_whole:
        check_pieces_of_file(sum(1 + len(paragraph.runs) for paragraph in flow.visible()))
    form = expected.blank_form
    names = {*form.country.name.values(), *form.form.title.values()}
    answers = ParagraphAnswers(flow) if flow.is_whole else LineAnswers(flow, names)
    answers.lines = ["" if line.strip() in PLACEHOLDERS else line for line in answers.lines]
    # What stands in the control of a contribution is its text, whatever it looks like.
    outside = ["" if answers.claim_of(number) else line for number, line in enumerate(answers.lines)]
    text = index_lines(outside)
    found = find_headings(text, phrases_of(form, expected.countries))
    check_form(found, text, expected)
    notices = [*check_country(found, expected), *flow.notices, *left_out(flow)]
    apart = answers.lines_apart(found)
    placement = place_lines(outline_of(form), answers.lines, found.headings, apart)
    mark_non_text_lines(answers.lines, placement, answers.in_controls())
    answers.prepare(placement, apart)
    read = {section.code: read_section(section, answers, placement, form.country.code) for section in form.sections()}
    placed = sorted(placement.notices, key=lambda notice: notice.line)
    document = form.blank().with_sections({code: section for code, (section, _) in read.items()})
    claims = Claims({code: found for code, (_, found) in read.items() if any(found)}, answers.emptied(), flow.origin)
    notices += answers.numbered(placed)
    return ReadResult(document, answers.account(placement), tuple(notices), flow.format, flow.unit, claims)


def read_section(
    section: Section, answers: LineAnswers | ParagraphAnswers, placement: Placement, country: str
) -> tuple[Section, tuple[Pair | None, ...]]:
    """Return the section with its answer, and which contribution each text of it says that it is.

    Add to the placement what a person should look at.
    """
    starts = placement.answers.get(section.code, {})
    if not starts:
        return section.blank(), ()
    if all(is_nothing(answers.lines, line, start) for line, start in starts.items()):
        return section.with_nothing_to_report(), ()
    contributions: list[Contribution] = []
    claims: list[Pair | None] = []
    for claim, part in answers.by_control(starts):
        blocks = answers.blocks(section.code, part, placement)
        found, notices = (as_one(blocks, country), []) if claim else contributions_of(section.code, blocks, country)
        contributions += found
        claims += [claim] * len(found)
        placement.notices += notices
    if not contributions:  # only marks, which no text would show: a person decides what they mean
        for line in starts:
            placement.take_out(line, "loose", section.code)
    return section.with_contributions(*contributions), tuple(claims)
