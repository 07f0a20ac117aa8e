"""Correct the line breaking of WeasyPrint 70.

If a text fits its line except for its last space, and an inline element follows, such as a link or a bold word,
WeasyPrint breaks the line after the text's first word and leaves the rest of the line empty.
"""

from typing import Any

from weasyprint.layout import inline
from weasyprint.text import line_break

LONGEST_LINE = 400  # characters; a longer text never fits one line, so there is nothing to correct

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
    """Do what WeasyPrint's function does, but return a text whole if only its last space is too wide.

    The caller lets that space overflow into the margin, as it does for every other line.
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
    """Replace WeasyPrint's function in both modules that look it up."""
    line_break.split_first_line = split_first_line_whole
    inline.split_first_line = split_first_line_whole
