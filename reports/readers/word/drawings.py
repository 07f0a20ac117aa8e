"""What a drawing holds: text boxes, which are text, and what a report cannot take."""

from dataclasses import dataclass, field

from lxml import etree

from reports.readers.flow import LeftOut
from reports.readers.package import attribute, local
from reports.readers.word.parts import find

_PICTURES = {"pic", "imagedata"}
_OBJECTS = {"chart", "relIds", "OLEObject", "control"}  # relIds: the parts of a SmartArt


@dataclass
class Drawing:
    boxes: list[etree._Element] = field(default_factory=list)
    left_out: LeftOut | None = None


def look_into(node: etree._Element) -> Drawing:
    """Return the text boxes of a drawing, and what else it is.

    A text box is not entered: what it holds is read when its own paragraphs are.
    """
    drawing = Drawing(left_out="object" if local(node) == "object" else None)
    is_line = False
    waiting = [node]
    while waiting:
        one = waiting.pop()
        name = local(one)
        if name == "txbxContent":
            drawing.boxes.append(one)
            continue
        if name in _OBJECTS:
            drawing.left_out = "object"
        elif name in _PICTURES:
            drawing.left_out = drawing.left_out or "picture"
        is_line = is_line or attribute(one, "hr") in ("t", "true")  # a horizontal line, which is drawn as a shape
        chosen = alternative(one) if name == "AlternateContent" else one
        waiting += reversed(list(chosen if chosen is not None else ()))
    if not drawing.boxes and not is_line:
        drawing.left_out = drawing.left_out or "picture"
    return drawing


def alternative(node: etree._Element) -> etree._Element | None:
    """Return one of the forms in which the same thing is written, for new programs and for old ones."""
    choice = find(node, "Choice")
    return choice if choice is not None and len(choice) else find(node, "Fallback")
