"""No page has a box for several lines that is not kept: by the saver of texts, or until it has arrived."""

import re

BOX = re.compile(r"<textarea\b[^>]*>")
KEEPER = 'id="kept-boxes"'
SAVER = 'id="part-form"'


def unkept_boxes(html: str) -> list[str]:
    """Return the boxes of a page that nothing keeps. A box that nobody can write in needs no keeper."""
    boxes = [box for box in BOX.findall(html) if " readonly" not in box]
    kept = [box for box in boxes if "data-keep=" in box and KEEPER in html]
    saved = [box for box in boxes if "data-editor" in box and SAVER in html]
    return [box for box in boxes if box not in kept + saved]
