"""Read PDF files as other programs do: the extracted text, and the tags that a screen reader follows."""

import ctypes
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

LABELS = re.compile(r"(\s*([•–]|\d+\.)\s*?$)+\s*\Z", re.MULTILINE)
LONG_WORD = 40  # from here on a word may be parted, or it would run over the margin
FOOT = 80  # points: where the text of a page ends and its foot begins


@dataclass
class Tag:
    """An element of the tag tree; `lang` is the language in force."""

    name: str
    lang: str
    parts: list["str | Tag"] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: dict[str, object] = field(default_factory=dict)

    def walk(self) -> Iterator["Tag"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *names: str) -> list["Tag"]:
        return [tag for tag in self.walk() if tag.name in names]

    @property
    def children(self) -> list["Tag"]:
        return [part for part in self.parts if isinstance(part, Tag)]

    @property
    def text(self) -> str:
        """The text that stands in this element itself."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def whole_text(self) -> str:
        return "".join(part if isinstance(part, str) else part.whole_text for part in self.parts)


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page without its foot and without the labels of lists, which come last in it."""
    texts = [page.get_textpage().get_text_bounded(bottom=FOOT) for page in pypdfium2.PdfDocument(pdf)]
    return [LABELS.sub("", text) for text in texts]


def feet(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded(top=FOOT).split()) for page in pypdfium2.PdfDocument(pdf)]


def words(pdf: bytes) -> list[str]:
    return " ".join(pages(pdf)).split()


def with_long_words_whole(printed: list[str], expected: list[str]) -> list[str]:
    """Return the printed words, with the parts of words that are too long for a line joined."""
    whole: list[str] = []
    parts = iter(printed)
    for word in expected:
        found = next(parts, "")
        while len(word) >= LONG_WORD and len(found) < len(word) and (part := next(parts, "")):
            found += part
        whole.append(found)
    return [*whole, *parts]


def tag_tree(pdf: bytes) -> Tag:
    texts = marked_texts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages)}
        root = opened.Root.StructTreeRoot.K[0]
        return read_tag(root, str(opened.Root.Lang), numbers, texts)


def read_tag(node: pikepdf.Object, lang: str, numbers: dict, texts: dict) -> Tag:
    lang = str(node.get("/Lang", lang))
    tag = Tag(str(node.S).removeprefix("/"), lang)
    tag.attributes = {str(key): value for key, value in node.get("/A", {}).items()}
    if "/ID" in node:
        tag.attributes["ID"] = str(node.ID)
    if "/Headers" in tag.attributes:
        tag.attributes["/Headers"] = [str(header) for header in node.A.Headers]
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            tag.parts.append(texts.get((numbers[node.Pg.objgen], kid), ""))
        elif "/S" in kid:
            tag.parts.append(read_tag(kid, lang, numbers, texts))
        else:
            inside = kid.Obj.get("/Dest")  # of a link to another place of the same file
            tag.links.append(f"#{inside}" if inside is not None else str(kid.Obj.A.URI))
    return tag


def marked_texts(pdf: bytes) -> dict[tuple[int, int], str]:
    """Return the text of every piece of marked content, by page and number."""
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        text_page = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
            if mark >= 0:
                texts[number, mark] = texts.get((number, mark), "") + object_text(item, text_page)
    return texts


def object_text(item: pypdfium2.PdfObject, text_page: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(item.raw, text_page.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(item.raw, text_page.raw, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")


class Passage(HTMLParser):
    """The content of a passage in order: its text, links, paragraphs and lists."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        elif tag in ("p", "ul", "ol", "li", "br"):
            self.parts.append(" ")
            self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def words(self) -> list[str]:
        return "".join(self.parts).split()
