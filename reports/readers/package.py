"""The door of every zipped document (Word, OpenDocument): bounded before anything is unpacked, and safe XML."""

import lzma
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from reports.document.problem import Problem, gettext_noop

MOST_UNPACKED = 200_000_000  # bytes of all parts together
MOST_XML = 10_000_000  # bytes of one part; lxml needs seven times that in memory
MOST_PARTS = 2_000

TOO_LARGE = gettext_noop("This file is far larger inside than any report. It was not read.")
DAMAGED = gettext_noop("This file is damaged or incomplete. Open it, save it anew, and upload the new file.")
LOCKED = gettext_noop("This file is protected by a password. Save a copy without it, and upload the copy.")
ENTITIES = gettext_noop("This file defines entities, which no word processor does. It was not read.")

_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError)


class Package:
    """The parts of a zipped document. Every method raises Problem for a file that is damaged or far too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise Problem(DAMAGED) from None
        infos = self._zip.infolist()
        # zipfile gives out no more than the size that is declared here, so the declared sizes bound everything.
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise Problem(TOO_LARGE)
        self._parts = {info.filename.lstrip("/").casefold(): info for info in infos}

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").casefold() in self._parts

    def names(self) -> list[str]:
        return [info.filename for info in self._parts.values()]

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, None if there is no such part."""
        info = self._parts.get(name.lstrip("/").casefold())
        if info is None:
            return None
        if info.flag_bits & 1:
            raise Problem(LOCKED)
        if info.file_size > MOST_XML:
            raise Problem(TOO_LARGE)
        try:
            return self._zip.read(info)
        except (*_BROKEN, RuntimeError):
            raise Problem(DAMAGED) from None

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, None if there is no such part."""
        data = self.read(name)
        return None if data is None else parsed(data)


def parsed(data: bytes) -> etree._Element:
    """Parse XML without entities, document types or network. Raise Problem."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):  # also nested deeper than 256 elements
        raise Problem(DAMAGED) from None
    if root.getroottree().docinfo.doctype:
        raise Problem(ENTITIES)
    return root


def local(node: etree._Element) -> str:
    """Return an element's name without its namespace: strict and transitional files differ in every namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: etree._Element, name: str, default: str = "") -> str:
    """Return the value of an attribute, found by its name without its namespace."""
    for key, value in node.attrib.items():
        if key == name or str(key).endswith("}" + name):
            return str(value)
    return default
