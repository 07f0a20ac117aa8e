"""Read a report's own JSON. Its schema allows no unknown keys, so there are no lines to account for."""

import codecs
import json
from collections.abc import Iterator
from typing import Any

from reports.document.lengths import check_file, check_pieces_of_file, pieces
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document, Section, Text
from reports.document.wrapped_links import wrapped_links
from reports.readers import Expected, Notice, ReadResult
from reports.readers.identity import OTHER_COUNTRY, OTHER_YEAR
from reports.readers.links import wrapper_notices

FORM_TEXT = gettext_noop(
    "The file says “%(found)s” where the form now says “%(stored)s” (%(language)s). The text of the form is kept."
)
NOT_THE_COUNTRYS = gettext_noop(
    "Translations by the secretariat in section %(section)s were left out: a report has those of the country only."
)
PROMPT = gettext_noop(
    "The question of section %(section)s is “%(found)s” in the file and “%(stored)s” in the current "
    "form (%(language)s). The text of the form is kept; the answer was imported."
)


def read(data: bytes, expected: Expected) -> ReadResult:
    """Return the answers of the JSON in the expected form. Raise Problem if they are of another report."""
    data = data.removeprefix(codecs.BOM_UTF8)
    check_texts(data)
    document = Document.from_json(data)
    blank_form = expected.blank_form
    if document.form.year != blank_form.form.year:
        raise Problem(OTHER_YEAR, found=document.form.year, year=blank_form.form.year)
    if document.country.code != blank_form.country.code:
        raise Problem(
            OTHER_COUNTRY,
            found=document.country.name or document.country.code,
            country=blank_form.country.name,
        )
    known = {section.code for section in blank_form.sections()}
    unknown = [section.code for section in document.sections() if section.code not in known]
    if unknown:
        raise Problem(
            gettext_noop("The file has sections that this form does not have: %(sections)s."),
            sections=", ".join(unknown),
        )
    answers = {section.code: answered(blank_form.section(section.code), section) for section in document.sections()}
    notices = [*differences(document, blank_form), *wrapped(document), *left_out(document)]
    return ReadResult(blank_form.blank().with_sections(answers), (), tuple(notices), format="json")


def wrapped(document: Document) -> Iterator[Notice]:
    """Yield a notice for each link that a mail program had wrapped."""
    for section in document.sections():
        texts = [html for one in section.contributions for html in one.body.values()]
        yield from wrapper_notices((found for html in texts for found in wrapped_links(html)), section.code, 0)


def left_out(document: Document) -> Iterator[Notice]:
    """Yield a notice for each section with translations that are not the country's, and are not imported."""
    for section in document.sections():
        if any(one.of_country() != one for one in section.contributions):
            yield Notice(NOT_THE_COUNTRYS, {"section": section.code}, section.code)


def check_texts(data: bytes) -> None:
    """Raise Problem if the texts have more than a report may have. The document parses each of them as it is read."""
    try:
        texts = list(bodies(json.loads(data)))
    except (ValueError, RecursionError):
        return  # no JSON: the document says so
    check_file(sum(len(text) for text in texts))
    check_pieces_of_file(sum(pieces(text, is_html=True) for text in texts))


def bodies(value: Any) -> Iterator[str]:
    """Yield every text of any `body` in parsed JSON."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key == "body" and isinstance(inner, dict):
            yield from (text for text in inner.values() if isinstance(text, str))
        else:
            yield from bodies(inner)
    for inner in value if isinstance(value, list) else ():
        yield from bodies(inner)


def answered(blank: Section, found: Section) -> Section:
    """Return the section of the form with the answer of the file."""
    if found.state == "nothing":
        return blank.with_nothing_to_report()
    return blank.with_contributions(*filter(None, (one.of_country().canonical_texts() for one in found.contributions)))


def differences(document: Document, blank_form: Document) -> Iterator[Notice]:
    """Yield a notice for each text of the form that differs in the file. The stored form is always kept."""
    yield from compare_texts(FORM_TEXT, document.form.title, blank_form.form.title)
    stored_targets = {target.number: target for target in blank_form.targets}
    for target in document.targets:
        stored_target = stored_targets.get(target.number)
        yield from compare_texts(FORM_TEXT, target.text, stored_target.text if stored_target else {})
        goals = {goal.code: goal for goal in stored_target.goals} if stored_target else {}
        for goal in target.goals:
            yield from compare_texts(FORM_TEXT, goal.text, goals[goal.code].text if goal.code in goals else {})
    for section in document.sections():
        stored = blank_form.section(section.code)
        yield from compare_texts(PROMPT, section.prompt, stored.prompt, section.code)
        yield from compare_texts(PROMPT, section.heading, stored.heading, section.code)


def compare_texts(message: str, found: Text, stored: Text, section: str = "") -> Iterator[Notice]:
    for language in sorted(found.keys() | stored.keys()):
        if found.get(language) != stored.get(language):
            params: dict[str, object] = {
                "found": storable(found.get(language, "")),
                "stored": stored.get(language, ""),
                "language": storable(language),
                "section": section,
            }
            yield Notice(message, params, section)


def storable(text: str) -> str:
    """Return a text of the file as a notice can repeat it: PostgreSQL stores no NUL."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
