"""The frame of a page: how it is turned on the screen (/Rotate), and places in it as a reader sees them."""

from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from reports.readers.pdf_text.values import Box


@dataclass(frozen=True)
class Frame:
    """`turns` counts quarter turns clockwise; `width` and `height` are those of the turned page."""

    turns: int
    width: float
    height: float

    @classmethod
    def of(cls, page: Any) -> "Frame":
        turns = pdfium.FPDFPage_GetRotation(page) % 4
        return cls(turns, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 1:
            return y, self.height - x
        if self.turns == 2:
            return self.width - x, self.height - y
        if self.turns == 3:
            return self.width - y, x
        return x, y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x, y), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x, x2), min(y, y2), max(x, x2), max(y, y2))

    def is_level(self, a: float, b: float) -> bool:
        """Whether text with this matrix runs from left to right: (a, b) is the direction of its base line."""
        x, y = {0: (a, b), 1: (b, -a), 2: (-a, -b), 3: (-b, a)}[self.turns]
        return x > 0 and abs(y) <= 0.1 * x
