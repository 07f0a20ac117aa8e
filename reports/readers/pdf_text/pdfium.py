"""Open a PDF with PDFium and read its pages. PDFium is called through pypdfium2's raw functions.

PDFium is not safe for threads, and unpacks streams before anybody can count them: run this in a process with limits.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from reports.document.problem import Problem, gettext_noop
from reports.readers.pdf_text.annotations import form_of, typed_on
from reports.readers.pdf_text.characters import characters_of
from reports.readers.pdf_text.drawings import Drawings
from reports.readers.pdf_text.frame import Frame
from reports.readers.pdf_text.values import Page

MOST_PAGES = 300  # the longest real form has 13
MOST_CHARACTERS = 300_000  # of all pages; the longest real form has 30,000

DAMAGED = gettext_noop("This PDF is damaged or incomplete. Open it, save it anew, and upload the new file.")
LOCKED = gettext_noop("This PDF is protected by a password. Save a copy without it, and upload the copy.")
TOO_MANY_PAGES = gettext_noop("This PDF has %(pages)s pages. A filled-in form has far fewer: is it the right file?")
TOO_MUCH_TEXT = gettext_noop("This PDF has far more text than any report. Is it the right file?")


def pages_of(data: bytes) -> Iterator[Page]:
    """Yield the pages. Raise Problem for a file that is damaged, protected or far too long."""
    with _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise Problem(DAMAGED)
        if count > MOST_PAGES:
            raise Problem(TOO_MANY_PAGES, pages=count)
        left = MOST_CHARACTERS
        with form_of(document) as form:
            for number in range(1, count + 1):
                page = _page(document, form, number, left)
                left -= len(page.characters)
                yield page


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    pdfium.FPDF_InitLibrary()
    buffer = ctypes.create_string_buffer(data, len(data))  # PDFium reads from it until the document is closed
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        is_locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Problem(LOCKED if is_locked else DAMAGED)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, form: Any, number: int, most: int) -> Page:
    """Read one page; one that PDFium cannot load is blank."""
    page = Page(number)
    handle = pdfium.FPDF_LoadPage(document, number - 1)
    if not handle:
        return page
    text = pdfium.FPDFText_LoadPage(handle)
    try:
        frame = Frame.of(handle)
        page.width, page.height = frame.width, frame.height
        drawings = Drawings(document, handle, frame)
        page.rules, page.discs = drawings.rules, drawings.discs
        page.pictures, page.picture_area = drawings.pictures, drawings.picture_area
        page.typed = list(typed_on(handle, form, frame))
        if text and pdfium.FPDFText_CountChars(text) > most:
            raise Problem(TOO_MUCH_TEXT)
        if text:
            page.characters, page.turned = characters_of(text, frame, drawings)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(handle)
    return page
