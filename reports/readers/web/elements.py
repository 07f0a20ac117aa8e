"""What the elements of a web page are: blocks, pictures, what is no text, and what stands beside the text."""

import re

from lxml import etree

from reports.readers.flow import Kind

SKIPPED = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "select",
    "button",
    "input",
    "datalist",
    "w:sdtpr",
    "xml",
}
OBJECTS = {"object", "embed", "iframe", "math", "video", "audio", "canvas", "applet"}
PICTURES = {"img", "svg", "v:imagedata"}
_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend main nav p pre section summary tbody textarea tfoot thead"
)
BLOCKS = frozenset(_BLOCKS.split())
_KINDS: dict[str, Kind] = {"comment": "comment", "footnote": "footnote", "endnote": "footnote"}
_KINDS |= {"header": "furniture", "footer": "furniture"}
_WORD_KIND = re.compile(r"mso-element\s*:\s*(comment|footnote|endnote|header|footer)\s*(?:;|$)")
_WORD_CONTENTS = re.compile(r"\bMsoToc[1-9]\b")


def kind_of(node: etree._Element, kind: Kind) -> Kind:
    """Return the kind of the paragraphs in an element: what its program says, else that of those around it."""
    if kind != "body":
        return kind
    if found := _WORD_KIND.search(node.get("style", "").lower()):
        return _KINDS[found[1]]
    parent = node.getparent()
    is_foot = node.tag == "footer" and parent is not None and parent.tag == "body"
    is_libreoffice = node.tag == "div" and (
        node.get("title") in ("header", "footer") or node.get("id", "").startswith("Table of Contents")
    )
    is_contents = bool(_WORD_CONTENTS.search(node.get("class", "")))
    return "furniture" if is_foot or is_libreoffice or is_contents or node.tag == "nav" else kind
