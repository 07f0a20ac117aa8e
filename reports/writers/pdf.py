"""Write a document as the official PDF: PDF/A-3a and PDF/UA-1 in one file, with the document attached.

The same document with the same options gives the same bytes, so nothing here depends on a date, a path or a setting.
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
# WeasyPrint writes the current time where an attachment has no date, and the document has none.
NO_DATE = datetime(2000, 1, 1)

# WeasyPrint can declare one standard. This declares the other in the XMP metadata (ISO 14289-1, 5), with the extension
# schema that PDF/A asks for, since "pdfuaid" is none of the schemas it knows (ISO 19005-3, 6.6.2.3).
PDF_UA_METADATA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
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
# WeasyPrint's font configuration and the functions replaced below are not safe for threads.
ONE_AT_A_TIME = threading.Lock()

pdf_line_breaking.install()
pdf_tags.install()


def write(document: Document, *, form_language: str = "en", translation: str = "", mark: str = FINAL) -> bytes:
    """Return the document as a PDF.

    `form_language` is the language of the form text. Without `translation` every answer is printed as it was written.
    With a language code the PDF is a copy, marked as such, with the translations that exist. Raise Problem.
    """
    page = html(document, form_language=form_language, translation=translation, mark=mark)
    key = key_of(document.sha256(), form_language, translation, mark)
    return _render(page, identifier_of(key), [_source(document)])


def write_compilation(documents: Sequence[Document], *, form_language: str = "en", translation: str = "") -> bytes:
    """Return the answers of many countries to one form as a PDF with a table of contents; it carries no data.

    `documents` are of one form, in the order in which the countries are printed. Raise Problem.
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
    """Return the HTML page that becomes the PDF. Raise Problem."""
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
    """Return the template of the layout. Raise Problem if it would leave out a section of the document."""
    layout = document.form.layout
    if layout not in LAYOUTS:
        raise Problem(
            gettext_noop("The form cannot be printed in the layout “%(layout)s”. Give the form one of: %(known)s."),
            layout=layout,
            known=", ".join(LAYOUTS),
        )
    # By goal, the template prints the sections of goals only; by target, those of targets only.
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
    """Correct what WeasyPrint made, before it writes the file. WeasyPrint calls this as its finisher."""
    pdf_tags.correct(pdf)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", PDF_UA_METADATA + b"</rdf:RDF>", 1)]
    for item in pdf.objects:  # bookmarks
        if isinstance(item, dict) and "Dest" in item and "Title" in item:
            item["Title"] = pydyf.String(pdf_typography.without_marks(item["Title"].string))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Pause garbage collection: printing makes very many small objects, and scanning them takes a sixth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
