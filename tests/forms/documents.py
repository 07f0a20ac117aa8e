"""What the filled-in forms of this folder say: a document for each layout, to be written and read in every format."""

from reports.document.tree import Contribution, Document
from tests.blank_forms import blank_form

COUNTRY = "LU"
ENGLISH = (
    "<p>The police trained twelve investigators in 2013, and <strong>six more</strong> began their work in May.</p>"
    "<ul><li><p>Training for the police:</p><ul><li><p>two courses in spring;</p></li><li><p>one course in autumn."
    "</p></li></ul></li><li><p>A helpline for victims, described in "
    '<a href="https://www.example.org/helpline">the yearly report</a>.</p></li></ul>'
    "<p>The number of reports rose from 412 to 530 – an increase of 29 % in a single year.</p>"
)
FRENCH = (
    "<p>Les autorités judiciaires ont adopté une directive qui <em>précise les compétences</em> des enquêteurs et des "
    "magistrats en la matière.</p>"
    "<ol><li><p>La directive est entrée en vigueur au printemps.</p></li><li><p>Elle sera évaluée après deux années "
    "d’application.</p></li></ol>"
)
GERMAN = (
    "<p>Die Staatsanwaltschaft hat die Zusammenarbeit mit den Schulen und den Jugendämtern verstärkt, damit Meldungen "
    "schneller bearbeitet werden.</p>"
)
SHORT = "<p>The agreement between the two ministries will be extended for another three years.</p>"

TABLE = (
    "<p>The number of reports that each service received in these two years is shown below:</p>"
    "<table><tbody><tr><td><p>Service</p></td><td><p>2012</p></td><td><p>2013</p></td></tr>"
    "<tr><td><p>Federal police</p></td><td><p>412</p></td><td><p>530</p></td></tr>"
    "<tr><td><p>Civil hotline</p></td><td><p>1 204</p></td><td><p>1 388, of which 97 abroad</p></td></tr>"
    "</tbody></table>"
    "<p>Both services published a joint report about these numbers in the spring of 2014.</p>"
)

ANSWERS: dict[int, dict[str, list[tuple[str, str]] | None]] = {
    2014: {
        "1.1.A": [("en", ENGLISH)],
        "1.1.B": [("fr", FRENCH)],
        "1.1.C": [("en", SHORT)],
        "2.1.A": [("en", SHORT), ("de", GERMAN)],
        "2.2.A": None,
        "2.2.B": None,
        "3.1.B": [("fr", FRENCH), ("en", ENGLISH)],
        "4.1.B": [("en", TABLE)],
        "4.2.C": [("de", GERMAN)],
    },
    2013: {
        "1.undertaken": [("en", ENGLISH)],
        "1.planned": [("en", SHORT)],
        "2.undertaken": [("fr", FRENCH), ("en", SHORT)],
        "3.undertaken": None,
        "4.planned": [("de", GERMAN), ("fr", FRENCH)],
    },
}


def filled(year: int) -> Document:
    """Return the filled-in form of a year. In ANSWERS, None is "nothing to report"; other sections stay blank."""
    blank = blank_form(year, COUNTRY)
    sections = {}
    for code, said in ANSWERS[year].items():
        section = blank.section(code)
        texts = [Contribution(authority="", language=language, body={language: html}) for language, html in said or ()]
        sections[code] = section.with_contributions(*texts) if said else section.with_nothing_to_report()
    return blank.with_sections(sections)
