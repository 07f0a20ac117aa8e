"""A document as the official PDF: PDF/A-3a and PDF/UA-1 in one file that carries its own source.

The same document printed the same way gives the same bytes, so nothing in here asks for a date, a path or a setting.
"""

import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pydyf
from django.template import Context, Engine
from weasyprint import HTML, Attachment

from reports.document.pdf_identity import ALL_COUNTRIES, ATTACHMENT, DRAFT, FINAL, identifier_of, key_of
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.writers import json, pdf_line_breaking, pdf_tags, pdf_typography
from reports.writers.pdf_compilation import Compilation
from reports.writers.pdf_context import PrintedReport
from reports.writers.pdf_fonts import TEMPLATES, NoFetcher, style
from reports.writers.pdf_strings import STRINGS

LAYOUTS = {"by-goal": "by-goal.html", "by-target": "by-target.html"}
# The attachment must name a date, and the document knows none.
NO_DATE = datetime(2000, 1, 1)

# The marker of the second standard, and the description of its name that the first standard asks for.
ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>The part of ISO 14289 that this file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

ENGINE = Engine(dirs=[str(TEMPLATES)], autoescape=True)
ONE_AT_A_TIME = threading.Lock()  # neither the fonts nor the mended functions are made for threads

pdf_line_breaking.install()
pdf_tags.install()


def write(document: Document, *, form_language: str = "en", translation: str = "", mark: str = FINAL) -> bytes:
    """The document as a PDF.

    `form_language` is the language of the form's own words. Without `translation` every answer is printed as it was
    written; with a language code it is a copy, marked as such, with the translations that exist. Raises Problem.
    """
    page = html(document, form_language=form_language, translation=translation, mark=mark)
    key = key_of(document.sha256(), form_language, translation, mark)
    return _render(page, identifier_of(key), [_source(document)])


def write_compilation(documents: Sequence[Document], *, form_language: str = "en", translation: str = "") -> bytes:
    """The answers of many countries to one form, goal by goal, with a table of contents. Carries no data.

    `documents` are of one form, in the order in which the countries are printed. Raises Problem.
    """
    _check_printed(form_language, translation)
    compilation = Compilation(documents, form_language, translation)
    context = Context({"compilation": compilation, "report": compilation.first})
    page = str(ENGINE.get_template("compilation.html").render(context))
    hashes = "\n".join(document.sha256() for document in documents)
    key = key_of(hashes, form_language, translation, ALL_COUNTRIES)
    return _render(page, identifier_of(key), [])


def _render(page: str, identifier: bytes, attachments: list[Attachment]) -> bytes:
    with ONE_AT_A_TIME, _no_garbage_collection():
        parsed = HTML(string=page, url_fetcher=NoFetcher())
        pdf_typography.prepare(parsed.etree_element)
        pdf: bytes = parsed.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=identifier,
            stylesheets=[style().sheet],
            font_config=style().fonts,
            attachments=attachments,
            finisher=_finish,
        )
    return pdf


def html(document: Document, *, form_language: str = "en", translation: str = "", mark: str = FINAL) -> str:
    """The page that becomes the PDF. Raises Problem."""
    _check_printed(form_language, translation)
    report = PrintedReport(document, form_language, translation, is_draft=mark == DRAFT)
    return str(ENGINE.get_template(_layout(document)).render(Context({"report": report})))


def _check_printed(form_language: str, translation: str) -> None:
    for language in filter(None, [form_language, translation]):
        if language not in STRINGS:
            raise Problem(
                gettext_noop("The form cannot be printed in the language “%(language)s”. Choose one of: %(known)s."),
                language=language,
                known=", ".join(STRINGS),
            )


def _layout(document: Document) -> str:
    """The template of the document's layout. Refuses a document of which the layout would leave something out."""
    layout = document.form.layout
    if layout not in LAYOUTS:
        raise Problem(
            gettext_noop("The form cannot be printed in the layout “%(layout)s”. Give the form one of: %(known)s."),
            layout=layout,
            known=", ".join(LAYOUTS),
        )
    left_out = {
        "by-goal": [section.code for target in document.targets for section in target.sections],
        "by-target": [
            section.code for target in document.targets for goal in target.goals for section in goal.sections
        ],
    }[layout]
    if left_out:
        raise Problem(
            gettext_noop("The layout “%(layout)s” has no place for section %(code)s. Check the reporting form."),
            layout=layout,
            code=left_out[0],
        )
    return LAYOUTS[layout]


def _source(document: Document) -> Attachment:
    return Attachment(
        string=json.write(document),
        name=ATTACHMENT,
        description="The report as data",
        created=NO_DATE,
        modified=NO_DATE,
        relationship="Source",
    )


def _finish(rendered: Any, pdf: Any) -> None:
    """What WeasyPrint leaves undone, done before the file is written."""
    pdf_tags.mend(pdf)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>", 1)]
    for item in pdf.objects:
        if isinstance(item, dict) and "Dest" in item and "Title" in item:
            item["Title"] = pydyf.String(pdf_typography.without_marks(item["Title"].string))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A print makes very many small objects and no garbage: searching it would cost a sixth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
