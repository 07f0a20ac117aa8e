"""Look for a word wherever a person or a program gets something: in pages, JSON, XLIFF, PDFs, and files in files.

Where the word may stand, something beside it has to say what it is (`Mark`).
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
import pikepdf
from lxml import etree

from reports.document.block import blocks
from reports.document.pdf_identity import LANGUAGES
from reports.writers.pdf_strings import STRINGS
from tests.writers import reading

# What stands by itself on a page: a reader who comes to the word looks no further for what it is.
ALONE = ("article", "section", "form", "table", "body")
CLASSES = {"unit", "translated-row", "history"}
NEAR = 120  # characters of a print


@dataclass(frozen=True)
class Mark:
    """What says that a text is the secretariat's, or a machine's: words of pages in English and French, names of notes
    in reading copies, and what a document keeps of a translation."""

    words: tuple[str, ...]
    notes: tuple[str, ...]
    is_kept: Callable[[dict[str, Any], list[int]], bool]  # the marks of a translation, and its blocks with the word
    qualifier: str = ""  # of a target in XLIFF


SECRETARIATS = Mark(
    ("secretariat", "secrétariat"), ("by_secretariat",), lambda kept, places: kept.get("whose") == "secretariat"
)
MACHINES = Mark(
    ("machine", "automatique"),
    ("by_machine", "machine_older"),
    lambda kept, places: set(places) <= set(kept.get("machine", ())),
    "leveraged-mt",
)


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file, with its kind, and every file in it; of a PDF its printed text, and what is attached to it."""
    if content.startswith(b"%PDF"):
        yield "print", "\n".join(reading.pages(content)).encode()
        with pikepdf.open(io.BytesIO(content)) as opened:
            attached = [one.get_file().read_bytes() for one in opened.attachments.values()]
        for one in attached:
            yield from parts(one)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from parts(archive.read(name))
    else:
        start = content.lstrip()[:15].lower()
        kinds = {b"<!doctype html": "page", b"<?xml": "xml", b"{": "json", b"[": "json"}
        yield next((kind for begins, kind in kinds.items() if start.startswith(begins)), "other"), content


def has(content: bytes, word: str) -> bool:
    return any(word.encode() in part for _kind, part in parts(content))


def is_marked(content: bytes, word: str, mark: Mark) -> bool:
    """Return whether each place of the word in a file, and in the files in it, has the mark beside it."""
    look = {"page": page_is_marked, "print": print_is_marked, "json": json_is_marked, "xml": xml_is_marked}
    found = [(kind, part.decode()) for kind, part in parts(content) if word.encode() in part]
    return all(kind in look and look[kind](part, word, mark) for kind, part in found)


def page_is_marked(part: str, word: str, mark: Mark) -> bool:
    root = lxml.html.fromstring(part.encode())
    for hidden in root.xpath("//*[@hidden and not(descendant-or-self::*[text()[contains(., $word)]])]", word=word):
        hidden.drop_tree()
    holders = root.xpath("//*[text()[contains(., $word)] or @*[contains(., $word)]]", word=word)
    assert holders
    return all(says(alone(holder).text_content(), mark) for holder in holders)


def alone(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the smallest part of the page around an element that stands by itself."""
    around = [element, *element.iterancestors()]
    return next(one for one in around if one.tag in ALONE or CLASSES & set(one.get("class", "").split()))


def says(text: str, mark: Mark) -> bool:
    return any(word in text.lower() for word in mark.words)


def print_is_marked(part: str, word: str, mark: Mark) -> bool:
    notes = [getattr(STRINGS[language], name) for language in LANGUAGES for name in mark.notes]
    text = " ".join(part.split())
    places = [found.start() for found in re.finditer(re.escape(word), text)]
    return all(any(note in text[max(0, place - NEAR) : place] for note in notes) for place in places)


def json_is_marked(part: str, word: str, mark: Mark) -> bool:
    return all(one_is_marked(one, word, mark) for one in holders_in(json.loads(part), word))


def holders_in(node: Any, word: str) -> Iterator[dict[str, Any]]:
    """Yield the smallest objects with the word; of a document, whole contributions."""
    if isinstance(node, list):
        for one in node:
            yield from holders_in(one, word)
    elif isinstance(node, dict):
        inner = [one for name, one in node.items() if name != "body" and isinstance(one, dict | list)]
        found = [holder for one in inner for holder in holders_in(one, word)]
        yield from found
        if not found and word in json.dumps(node, ensure_ascii=False):
            yield node


def one_is_marked(holder: dict[str, Any], word: str, mark: Mark) -> bool:
    if not isinstance(holder.get("body"), dict):
        return holder.get(mark.words[0]) is True or says(" ".join(strings_in(holder)), mark)
    texts = {language: text for language, text in holder["body"].items() if word in text}
    return all(
        mark.is_kept(
            holder.get("translations", {}).get(language, {}),
            [place for place, block in enumerate(blocks(text)) if word in block.html],
        )
        for language, text in texts.items()
    )


def strings_in(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for one in node.values() if isinstance(node, dict) else node:
            yield from strings_in(one)


def xml_is_marked(part: str, word: str, mark: Mark) -> bool:
    targets = [one for one in etree.fromstring(part.encode()).iter("{*}target") if word in "".join(one.itertext())]
    return bool(targets) and all(one.get("state-qualifier") == mark.qualifier for one in targets)
