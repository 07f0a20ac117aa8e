"""Whether a file is the form it should be: a form at all, of this year, of this country."""

from collections.abc import Sequence

from reports.document.problem import Problem, gettext_noop
from reports.readers import Expected, Notice
from reports.readers.headings import Scan
from reports.readers.wording import Wording, Words

NO_FORM = gettext_noop(
    "This file is not a filled-in form of %(year)s: none of the form's prompts is in it. Is it the right file?"
)
OTHER_YEAR = gettext_noop(
    "This is the form of %(found)s, not of %(year)s. Upload it to the report of %(found)s, or choose another file."
)
OTHER_COUNTRY = gettext_noop(
    "This is the form of %(found)s, not of %(country)s. Upload it to that country's report, or choose another file."
)
NO_COUNTRY = gettext_noop("The file does not name its country. Check that this is the form of %(country)s.")


def check_form(scan: Scan, lines: Sequence[str], words: Words, expected: Expected) -> None:
    """Raises Problem for a file that is no form, or another year's."""
    year = expected.blank_form.form.year
    titled = next((heading.year for heading in scan.headings if heading.kind == "title" and heading.year), year)
    if titled != year:
        raise Problem(OTHER_YEAR, found=titled, year=year)
    exact = _exact_prompts(scan)
    for other in expected.other_forms:
        if _exact_prompts(Scan(lines, words, Wording(other, {}), exactly=True)) > exact:
            raise Problem(OTHER_YEAR, found=other.form.year, year=year)
    if not any(heading.kind == "prompt" and not heading.is_letter for heading in scan.headings):
        raise Problem(NO_FORM, year=year)


def _exact_prompts(scan: Scan) -> int:
    return sum(heading.kind == "prompt" and heading.exact for heading in scan.headings)


def check_country(scan: Scan, expected: Expected) -> list[Notice]:
    """Raises Problem for another country's form; a form that names none gets a notice."""
    code = expected.blank_form.country.code
    named = [heading.codes for heading in scan.headings if heading.kind == "country"]
    if not named:
        return [Notice(NO_COUNTRY, {"country": expected.blank_form.country.name})]
    if not any(code in codes for codes in named):
        found = named[0][0]
        names = expected.country_names.get(found) or {"en": expected.countries.get(found, (found,))[0]}
        raise Problem(OTHER_COUNTRY, found=names, country=expected.blank_form.country.name)
    return []
