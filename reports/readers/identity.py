"""Whether a file is the form it should be: a form at all, of this year, of this country."""

from reports.document.problem import Problem, gettext_noop
from reports.readers import Expected, Notice
from reports.readers.file_text import FileText
from reports.readers.form_phrases import phrases_of
from reports.readers.headings import FoundHeadings, find_headings

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


def check_form(found: FoundHeadings, text: FileText, expected: Expected) -> None:
    """Raise Problem for a file that is no form, or another year's."""
    year = expected.blank_form.form.year
    titled = next((heading.year for heading in found.headings if heading.kind == "title" and heading.year), year)
    if titled != year:
        raise Problem(OTHER_YEAR, found=titled, year=year)
    # Many files have no title. Then the form whose prompts occur most often, word for word, is the one.
    for other in expected.other_forms:
        if find_headings(text, phrases_of(other, {}), exactly=True).exact_prompts() > found.exact_prompts():
            raise Problem(OTHER_YEAR, found=other.form.year, year=year)
    if not any(heading.is_prompt and not heading.is_letter for heading in found.headings):
        raise Problem(NO_FORM, year=year)


def check_country(found: FoundHeadings, expected: Expected) -> list[Notice]:
    """Raise Problem for another country's form. Return a notice if the form names no country."""
    own = expected.blank_form.country
    named = [heading.codes for heading in found.headings if heading.kind == "country"]
    if not named:
        return [Notice(NO_COUNTRY, {"country": own.name})]
    if not any(own.code in codes for codes in named):
        code = named[0][0]
        names = expected.country_names.get(code) or {"en": expected.countries.get(code, (code,))[0]}
        raise Problem(OTHER_COUNTRY, found=names, country=own.name)
    return []
