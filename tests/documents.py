"""Random documents, and how many of them a test tries: EXAMPLES=800 asks for more than a usual run does."""

import os
from dataclasses import dataclass

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from reports.document import grid, richtext
from reports.document.block import Block, from_blocks
from reports.document.tree import Contribution, Document
from tests.readers.sentences import SENTENCES

LANGUAGES = ("en", "nl", "fr", "de", "bg", "el")
MORE = {
    "en": "The service reports each case within five working days to the unit of the other region.",
    "nl": "De dienst meldt elke zaak binnen vijf werkdagen aan de eenheid van het andere gewest.",
    "fr": "Le service signale chaque affaire dans les cinq jours ouvrables à l’unité de l’autre région.",
    "de": "Die Dienststelle meldet jeden Fall innerhalb von fünf Arbeitstagen der Einheit des anderen Landes.",
    "bg": "Службата съобщава за всеки случай в срок от пет работни дни на звеното в другата област.",
    "el": "Η υπηρεσία αναφέρει κάθε υπόθεση εντός πέντε εργάσιμων ημερών στη μονάδα της άλλης περιφέρειας.",
}
SENTENCES_EN = "The police and the child protection services work with one list of contact persons in each district."
POOL = {code: (SENTENCES_EN if code == "en" else SENTENCES[code], MORE[code]) for code in LANGUAGES}
# What stands between the sentences: marks, links, signs of HTML and of plain text, and what is printed with care.
MARKED = [
    "<strong>R&amp;D</strong>",
    "<em>5 &lt; 6</em>",
    "10<sup>6</sup>",
    "CO<sub>2</sub>",
    '<a href="https://www.example.org/?a=1&amp;b=(2)">www.example.org</a>',
    '<strong><em><a href="mailto:unit@example.org">unit@example.org</a></em></strong>',
    "«\u00a0x\u00a0»",
    "x<br>y",
    "**x** _y_ [z]",
    "well-known",
    "2011/93/EU,",
]
# Paragraphs that look like a part of the form, a mark of a list, or nothing.
ODD = [
    "--",
    "—",
    "___",
    "***",
    "- x",
    "• x",
    "1. x",
    "A) x",
    "12",
    "Page 3",
    "Operational Goal:",
    "Policy Target No. 2",
]


def examples(usual: int) -> settings:
    """Return the settings of a test that tries `usual` examples, or as many as the environment says."""
    return settings(
        max_examples=int(os.environ.get("EXAMPLES", usual)),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


@dataclass(frozen=True)
class Look:
    """`odd`: paragraphs that look like something else; `marks`: with bold, links …; `tables`: with tables."""

    odd: bool = True
    marks: bool = True
    tables: bool = True


def sentences(language: str, look: Look) -> st.SearchStrategy[str]:
    """Return inline HTML that a reader takes for this language."""
    words = st.lists(st.sampled_from(MARKED), max_size=2 if look.marks else 0)
    return st.builds(lambda said, more: " ".join([said, *more]), st.sampled_from(POOL[language]), words)


@st.composite
def answers(draw, language: str, look: Look = Look()) -> str:
    """Return a text in normal form: paragraphs, lists up to three levels deep, and tables."""
    said = sentences(language, look)
    odd = st.one_of(st.sampled_from(ODD), st.sampled_from(MARKED)) if look.odd else said
    text = st.one_of(said, said, odd)
    found = [Block("p", 0, draw(said))]
    for kind in draw(st.lists(st.sampled_from(["p", "p", "ul", "ol", *["table"] * look.tables]), max_size=4)):
        if kind == "table":
            found += draw(tables(text, look))
        elif kind == "p":
            found.append(Block("p", 0, draw(text)))
        else:
            depths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
            found += [Block(kind, depth, draw(text)) for depth in depths]
    return richtext.normalise(from_blocks(found))


@st.composite
def tables(draw, text: st.SearchStrategy[str], look: Look) -> list[Block]:
    columns = draw(st.integers(1, 3)) if look.odd else 2
    item = text.map("<ul><li><p>{}</p></li></ul>".format)
    cell = st.one_of(
        st.just(""), text.map("<p>{}</p>".format), item, st.builds("<p>{}</p><p>{}</p>".format, text, text)
    )
    full = text.map("<p>{}</p>".format)
    cell = cell if look.odd else full
    rows = draw(st.lists(st.tuples(full, *[cell] * (columns - 1)), min_size=1, max_size=3))
    first = draw(st.sampled_from(["head", "row"])) if len(rows) > 1 else "row"
    return [Block("row" if number else first, 0, grid.row_html(row)) for number, row in enumerate(rows)]


@st.composite
def documents(draw, blank: Document, look: Look = Look(), *, apart: bool = False) -> Document:
    """Return a filled-in form. With `apart`, neighbouring contributions have different languages."""
    sections = list(blank.sections())
    filled = {}
    for section in draw(st.lists(st.sampled_from(sections), min_size=1, max_size=4, unique_by=lambda one: one.code)):
        if draw(st.integers(0, 4)) == 0:
            filled[section.code] = section.with_nothing_to_report()
            continue
        languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=apart))
        texts = [
            Contribution(authority="", language=code, body={code: draw(answers(code, look))}) for code in languages
        ]
        filled[section.code] = section.with_contributions(*texts)
    return blank.with_sections(filled)
