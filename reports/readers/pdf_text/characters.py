"""The characters of a page, in the order in which they were drawn."""

import ctypes
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from reports.readers.pdf_text.drawings import Drawings
from reports.readers.pdf_text.frame import Frame
from reports.readers.pdf_text.values import MOST_COMPARED, Character, Style

# PDFium gives U+0002 or U+FFFE for a hyphen at a line's end. It takes ligatures apart itself.
_SIGNS = {0x02: "-", 0xFFFE: "-", 0x2011: "-"}
_LEFT_OUT = {0, 10, 13, 0xFEFF}
_LONGEST_NAME = 200
_BOLD = 600  # the weight from which a font is bold (CSS Fonts 4, 2.2)
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # flags of a font (ISO 32000-1, table 123)
_STYLE_WORDS = re.compile(
    r"[-, ]?(?:bold|italic|oblique|regular|black|semi|demi|roman|mt|ps|it)(?![a-z])", re.IGNORECASE
)


@dataclass
class _Piece:
    """What the characters of one text object share."""

    style: Style
    size: float
    mark: int
    artifact: bool
    is_level: bool


def characters_of(text: Any, frame: Frame, drawings: Drawings) -> tuple[list[Character], str]:
    """Return the characters of a page, and its text that does not run from left to right."""
    return _Reader(text, frame, drawings).read()


class _Reader:
    def __init__(self, text: Any, frame: Frame, drawings: Drawings) -> None:
        self.text, self.frame, self.drawings = text, frame, drawings
        self.count = pdfium.FPDFText_CountChars(text)
        flat = [((rule.bottom + rule.top) / 2, rule.left, rule.right) for rule in drawings.rules if not rule.is_upright]
        self.flat = sorted(flat)
        self.heights = [height for height, _, _ in self.flat]
        self.x, self.y, self.box, self.matrix = (
            ctypes.c_double(),
            ctypes.c_double(),
            pdfium.FS_RECTF(),
            pdfium.FS_MATRIX(),
        )
        self.has_links = 0 < self.count * len(drawings.links) <= MOST_COMPARED
        self.styles: dict[int, Style] = {}
        self.objects: dict[int, _Piece] = {}
        self.nothing = _Piece(Style(), 0.0, -1, False, True)
        self.found: list[Character] = []
        self.turned: list[str] = []

    def read(self) -> tuple[list[Character], str]:
        high, after_gap = 0, False
        for index in range(self.count):
            code = pdfium.FPDFText_GetUnicode(self.text, index)
            if code in _LEFT_OUT:
                continue
            if 0xD800 <= code < 0xDC00:  # PDFium counts in UTF-16: the other half follows
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
            if code == 32 and pdfium.FPDFText_IsGenerated(self.text, index) == 1:
                after_gap = True
                continue
            self.add(index, code, after_gap)
            after_gap = False
        return self.found, "".join(self.turned).strip()

    def add(self, index: int, code: int, after_gap: bool) -> None:
        own = pdfium.FPDFText_GetTextObject(self.text, index)
        piece = self.piece(own, index) if own else self.nothing
        if not piece.is_level:
            self.turned += [" "] * after_gap + [chr(code)]
            return
        x, y, box = self.x, self.y, self.box
        pdfium.FPDFText_GetCharOrigin(self.text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(self.text, index, box)
        place = self.frame.box(box.left, box.bottom, box.right, box.top)
        _, base = self.frame.point(x.value, y.value)
        middle = (place.left + place.right) / 2
        href = self.drawings.href(middle, base + piece.size / 4) if self.has_links else ""
        self.found.append(
            Character(
                _SIGNS.get(code) or chr(code),
                place.left,
                place.right,
                base,
                piece.size,
                piece.style,
                href,
                self.is_struck(middle, base, piece.size),
                after_gap,
                piece.mark,
                piece.artifact,
            )
        )

    def is_struck(self, x: float, base: float, size: float) -> bool:
        """Whether a rule runs through the middle of small letters."""
        first = bisect_left(self.heights, base + 0.15 * size)
        last = bisect_left(self.heights, base + 0.45 * size)
        return any(left <= x <= right for _, left, right in self.flat[first:last])

    def piece(self, own: Any, index: int) -> _Piece:
        key = ctypes.addressof(own.contents)
        if key not in self.objects:
            matrix = self.matrix
            pdfium.FPDFText_GetMatrix(self.text, index, matrix)
            # Many programs give the font the size 1 and let the matrix enlarge it.
            size = pdfium.FPDFText_GetFontSize(self.text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
            level = self.frame.is_level(matrix.a, matrix.b)
            self.objects[key] = _Piece(self.style(own, index), size, *_marks(own), level)
        return self.objects[key]

    def style(self, own: Any, index: int) -> Style:
        font = pdfium.FPDFTextObj_GetFont(own)
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self.styles:
            self.styles[key] = self.read_style(index)
        return self.styles[key]

    def read_style(self, index: int) -> Style:
        flags, buffer = ctypes.c_int(), ctypes.create_string_buffer(_LONGEST_NAME)
        pdfium.FPDFText_GetFontInfo(self.text, index, buffer, _LONGEST_NAME, flags)
        name = buffer.value.decode("utf-8", "replace")
        lower = name.lower()
        weight = pdfium.FPDFText_GetFontWeight(self.text, index)
        # A PDF has no weight of a font: PDFium guesses it from the stems, which are thick in some slanted fonts too.
        tells = _STYLE_WORDS.search(name) is not None
        bold = "bold" in lower or "black" in lower or bool(flags.value & _FORCE_BOLD) or (not tells and weight >= _BOLD)
        italic = "italic" in lower or "oblique" in lower or bool(flags.value & _ITALIC)
        return Style(bold, italic, _STYLE_WORDS.sub("", name.split("+", 1)[-1]))


def _marks(own: Any) -> tuple[int, bool]:
    """Return the number of the marked content that a text object belongs to, and whether it is an artifact."""
    count = pdfium.FPDFPageObj_CountMarks(own)
    if count <= 0:
        return -1, False
    buffer, length = (ctypes.c_ushort * 20)(), ctypes.c_ulong()
    artifact = False
    for index in range(min(count, 20)):
        mark = pdfium.FPDFPageObj_GetMark(own, index)
        pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        name = bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "replace")
        artifact = artifact or name == "Artifact"
    return pdfium.FPDFPageObj_GetMarkedContentID(own), artifact
