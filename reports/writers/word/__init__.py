"""Write a document as a Word file (.docx) in the official layout of its form, to be filled in and uploaded again.

What the file says about its origin, exactly:

- Each contribution of which the caller gives primary key and revision stands in a block content control (`w:sdt`
  around whole paragraphs, lists and tables; by target inside the cell) with the tag `c:PK:REVISION`. The title of the
  control (`w:alias`) is the authority, for people only.
- A blank section is one control with the tag `s:CODE`, which shows a placeholder (`w:showingPlcHdr`, runs in the style
  "Placeholder Text"). "--", nothing to report, is the text of such a control. A section in `open_ends` has one more,
  empty, after its contributions.
- The custom part `customXml/item1.xml` (data store item ITEM_ID) is `<report xmlns=NAMESPACE …/>` with the attributes
  country, year, sha256, formLanguage, kind, submission and madeFor. It is there if the caller gives an origin.

Tags, names and meanings are in reports/document/word_identity.py, the reasons in ADR 27. The same arguments give the
same bytes: no part has a date or name but those that are given.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from reports.document.pdf_identity import FINAL
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.document.word_identity import PLACES, Origin
from reports.writers.word.answers import Answers, Place
from reports.writers.word.controls import Places
from reports.writers.word.elements import Element, w
from reports.writers.word.form import FormText
from reports.writers.word.languages import language_element, with_region
from reports.writers.word.package import WordFile
from reports.writers.word.styles import LAYOUTS, answer_width, mm, styles

NEWEST_LAYOUT = 15  # the highest number of a layout engine; without it Word opens in compatibility mode
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"


def write(
    document: Document,
    *,
    form_language: str = "en",
    mark: str = FINAL,
    contributions: Mapping[str, Sequence[tuple[int, int] | None]] | None = None,
    open_ends: frozenset[str] = frozenset(),
    origin: Origin | None = None,
    created: datetime | None = None,
) -> bytes:
    """Return the document as a Word file.

    `form_language` is the language of the form text; answers stand in their original language. `mark` is that of a
    PDF. `contributions` gives, by section code and in the document's order, primary key and revision of each
    contribution (None where it is not known); `open_ends` the sections to which one may add; `origin` where the file
    comes from; `created` its date, by default the first day of the form's year. Raise Problem.
    """
    check(document, form_language)
    country = document.country.code
    file = WordFile()
    layout = LAYOUTS[document.form.layout]
    answers = Answers(country, file.link, Place(indent=mm(layout.indent), width=answer_width(layout)))
    form = FormText(document, Places(answers, form_language, dict(contributions or {}), open_ends), mark)
    footer = file.add("footer1", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, form.footer())
    body = form.body(form.page(footer))
    styled = styles(layout, form_language, country)
    file.add("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styled)
    numbering = answers.lists.part(layout)
    file.add("numbering", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, numbering)
    file.add("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings(form_language, country))
    if origin:
        file.add_origin(origin)
    file.describe(
        title=title_of(document, form_language),
        language=with_region(form_language, country),
        created=created or datetime(document.form.year, 1, 1, tzinfo=UTC),
    )
    return file.pack(body)


def check(document: Document, form_language: str) -> None:
    """Raise Problem for a language or layout that cannot be written."""
    if form_language not in PLACES:
        raise Problem(
            gettext_noop("The form cannot be printed in the language “%(language)s”. Choose one of: %(known)s."),
            language=form_language,
            known=", ".join(PLACES),
        )
    if document.form.layout not in LAYOUTS:
        raise Problem(
            gettext_noop("The form cannot be printed in the layout “%(layout)s”. Give the form one of: %(known)s."),
            layout=document.form.layout,
            known=", ".join(LAYOUTS),
        )


def title_of(document: Document, form_language: str) -> str:
    title, name = document.form.title, document.country.name
    return ", ".join(text.get(form_language) or text.get("en", "") for text in (title, name))


def settings(form_language: str, country: str) -> Element:
    """Return the root of the part with the settings: the layout engine, and the language of what is typed."""
    compatibility = w("compatSetting", name="compatibilityMode", uri=_COMPATIBILITY, val=NEWEST_LAYOUT)
    language = language_element(form_language, country)
    language.tag = language.tag.replace("}lang", "}themeFontLang")
    return w("settings", w("defaultTabStop", val=720), w("compat", compatibility), language)
