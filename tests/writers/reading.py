"""Reads PDF files the way other programs do: the text that is extracted, and the tags that a screen reader follows."""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

FOOT = 80  # points: where the text of a page ends and its foot begins


@dataclass
class Tag:
    """An element of the tag tree; `lang` is the language in force, `pages` where its own content stands."""

    name: str
    lang: str
    text: str = ""
    children: list["Tag"] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: dict[str, object] = field(default_factory=dict)

    def walk(self) -> Iterator["Tag"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *names: str) -> list["Tag"]:
        return [tag for tag in self.walk() if tag.name in names]

    @property
    def whole_text(self) -> str:
        return self.text + "".join(child.whole_text for child in self.children)


def pages(pdf: bytes) -> list[str]:
    """The text of each page without its foot."""
    return [page.get_textpage().get_text_bounded(bottom=FOOT) for page in pypdfium2.PdfDocument(pdf)]


def feet(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded(top=FOOT).split()) for page in pypdfium2.PdfDocument(pdf)]


def words(pdf: bytes) -> list[str]:
    return " ".join(pages(pdf)).split()


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
            tag.text += texts.get((numbers[node.Pg.objgen], kid), "")
        elif "/S" in kid:
            child = read_tag(kid, lang, numbers, texts)
            # A piece of text among tags keeps its place by being a child without a name.
            tag.children.append(child)
        else:
            tag.links.append(str(kid.Obj.A.URI))
    return tag


def marked_texts(pdf: bytes) -> dict[tuple[int, int], str]:
    """The text of every piece of marked content, by page and number."""
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


class PrintedWords(HTMLParser):
    """The text of a passage with the labels of its lists, as it should stand on paper."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            if self.lists[-1] is None:
                self.parts.append(" • " if len(self.lists) == 1 else " – ")
            else:
                self.lists[-1] += 1
                self.parts.append(f" {self.lists[-1]}. ")
        elif tag in ("p", "br"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def printed_words(html: str) -> list[str]:
    parser = PrintedWords()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts).split()
