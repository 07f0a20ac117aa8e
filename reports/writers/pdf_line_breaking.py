"""Mends the line breaking of WeasyPrint 70.

A text that fits its line but for its last space, and is followed by a link, a bold word or any other
inline element, is cut after its first word: the rest of the line stays empty.
"""

from typing import Any

from weasyprint.layout import inline
from weasyprint.text import line_break

LONGEST_LINE = 400  # characters; a longer text never fits one line, so there is nothing to mend

split_first_line = line_break.split_first_line


def split_first_line_whole(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """As WeasyPrint's own, but gives a text back whole when only its last space is too wide.

    The caller lets that space hang over the margin, as it does for every other line.
    """

    def split(part: str, width: float | None) -> Any:
        return split_first_line(part, style, context, width, justification_spacing, is_line_start, minimum)

    result = split(text, max_width)
    resume_at = result[2]
    if resume_at is None or not max_width or len(text) > LONGEST_LINE:
        return result
    if not text.endswith(" ") or style["white_space"] != "normal":
        return result
    whole = split(text, None)
    is_one_line, width = whole[2] is None, whole[3]
    if is_one_line and width > max_width and split(text.rstrip(" "), None)[3] <= max_width:
        return whole
    return result


def install() -> None:
    """Puts the mended function where WeasyPrint looks it up."""
    line_break.split_first_line = split_first_line_whole
    inline.split_first_line = split_first_line_whole
