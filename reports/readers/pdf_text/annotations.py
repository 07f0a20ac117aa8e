"""What people typed onto a page: fields of a form, text of a viewer's typewriter, and comments."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from reports.document.problem import Problem
from reports.readers.flow import TOO_MANY_PARAGRAPHS, Kind
from reports.readers.pdf_text.frame import Frame
from reports.readers.pdf_text.values import Typed

MOST_ANNOTATIONS = 1_000  # of one page
LONGEST_TEXT = 200_000  # bytes in UTF-16
_FIELDS = {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX}
_KINDS: dict[int, Kind] = {
    pdfium.FPDF_ANNOT_FREETEXT: "body",
    pdfium.FPDF_ANNOT_TEXT: "comment",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "comment",
    pdfium.FPDF_ANNOT_UNDERLINE: "comment",
    pdfium.FPDF_ANNOT_STRIKEOUT: "comment",
    pdfium.FPDF_ANNOT_CARET: "comment",
}


@contextmanager
def form_of(document: Any) -> Iterator[Any]:
    """Open the document's form, whose fields have values."""
    settings = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, settings)
    try:
        yield form
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def typed_on(page: Any, form: Any, frame: Frame) -> Iterator[Typed]:
    """Yield the texts on a page, in the order in which they were added. Raise Problem for far too many."""
    count = pdfium.FPDFPage_GetAnnotCount(page)
    if count > MOST_ANNOTATIONS:
        raise Problem(TOO_MANY_PARAGRAPHS)
    for index in range(count):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
            kind = _KINDS.get(subtype, "body")
            if subtype == pdfium.FPDF_ANNOT_WIDGET:
                text = _value(annotation, form)
            elif subtype in _KINDS:
                text = _string(annotation, pdfium.FPDFAnnot_GetStringValue, b"Contents")
            else:
                continue
            rect = pdfium.FS_RECTF()
            if text.strip() and pdfium.FPDFAnnot_GetRect(annotation, rect):
                yield Typed(kind, text, frame.box(rect.left, rect.bottom, rect.right, rect.top))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _value(annotation: Any, form: Any) -> str:
    if not form or pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _FIELDS:
        return ""

    def read(_: Any, buffer: Any, size: int) -> int:
        return int(pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))

    return _string(annotation, read)


def _string(annotation: Any, read: Callable[..., int], *arguments: Any) -> str:
    size = read(annotation, *arguments, None, 0)
    if size > LONGEST_TEXT:
        raise Problem(TOO_MANY_PARAGRAPHS)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(annotation, *arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    text = buffer.raw[: size - 2].decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
