"""What is drawn on a page beside its text: rules, discs, pictures, and the places of links."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from reports.document.clean import address
from reports.readers.pdf_text.frame import Frame
from reports.readers.pdf_text.values import Box, Character

MOST_OBJECTS, MOST_RULES, MOST_LINKS = 50_000, 1_000, 1_000  # of one page
LONGEST_ADDRESS = 4_096
_DEEPEST_FORM = 4
_THIN = 2.0  # points: a filled box that is no thicker is a rule
_LARGEST_DISC = 8.0


class Drawings:
    def __init__(self, document: Any, page: Any, frame: Frame) -> None:
        self.rules: list[Box] = []
        self.discs: list[Character] = []
        self.pictures = 0
        self.picture_area = 0.0
        self._frame = frame
        self._left = MOST_OBJECTS
        for index in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
            self._read(pdfium.FPDFPage_GetObject(page, index), ())
        del self.rules[MOST_RULES:]
        self.links = list(self._links(document, page))

    def href(self, x: float, y: float) -> str:
        """Return the address of the link at that place, or ""."""
        return next((uri for uri, box in self.links if box.holds(x, y)), "")

    def _read(self, item: Any, forms: tuple[Any, ...]) -> None:
        """Read an object. `forms` are the matrices of the form objects around it, the innermost last."""
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            self._read_form(item, forms)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            return
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(item, *edges):
            return
        box = _on_page(tuple(edge.value for edge in edges), forms)
        box = self._frame.box(*box)
        width, height = box.right - box.left, box.top - box.bottom
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures += 1
            self.picture_area += width * height
        elif min(width, height) <= _THIN:
            self.rules.append(box)
        elif width < _LARGEST_DISC and abs(width - height) < 1:
            self.discs.append(Character("•", box.left, box.right, box.bottom - 0.5, 2 * height))
        elif _is_stroked(item):
            self.rules += [
                Box(box.left, box.bottom, box.left, box.top),
                Box(box.right, box.bottom, box.right, box.top),
                Box(box.left, box.bottom, box.right, box.bottom),
                Box(box.left, box.top, box.right, box.top),
            ]

    def _read_form(self, form: Any, forms: tuple[Any, ...]) -> None:
        """Read what a form object draws: some programs put a whole page into one."""
        matrix = pdfium.FS_MATRIX()
        if len(forms) >= _DEEPEST_FORM or not pdfium.FPDFPageObj_GetMatrix(form, matrix):
            return
        for index in range(pdfium.FPDFFormObj_CountObjects(form)):
            self._left -= 1
            if self._left < 0:
                return
            self._read(pdfium.FPDFFormObj_GetObject(form, index), (*forms, matrix))

    def _links(self, document: Any, page: Any) -> Iterator[tuple[str, Box]]:
        position, link, rect = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        for _ in range(MOST_LINKS):
            if not pdfium.FPDFLink_Enumerate(page, position, link):
                return
            action = pdfium.FPDFLink_GetAction(link)
            if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
                continue
            uri = ctypes.create_string_buffer(LONGEST_ADDRESS)
            length = pdfium.FPDFAction_GetURIPath(document, action, uri, LONGEST_ADDRESS)
            href = address(uri.value.decode("utf-8", "replace")) if length <= LONGEST_ADDRESS else ""
            if href and pdfium.FPDFLink_GetAnnotRect(link, rect):
                # The box may stand on its head (WeasyPrint): Frame.box puts it right.
                yield href, self._frame.box(rect.left, rect.bottom, rect.right, rect.top)


def _on_page(edges: tuple[float, ...], forms: tuple[Any, ...]) -> tuple[float, float, float, float]:
    left, bottom, right, top = edges
    for matrix in reversed(forms):
        points = [
            (matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f)
            for x, y in ((left, bottom), (right, top))
        ]
        (left, bottom), (right, top) = points
    return left, bottom, right, top


def _is_stroked(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, fill, stroke) and stroke.value)
