"""The control words of RTF, and what they mean for a flow.

Source of the rules: the Rich Text Format Specification, version 1.9.1. What LibreOffice writes beyond it is named where
it is read.
"""

import locale
import re
from dataclasses import dataclass, field
from typing import Literal

from reports.readers.draft import Raised
from reports.readers.flow import Kind
from reports.readers.list_marks import ListKind

# Where the text of a group goes. "nothing" may still count pictures, "uncounted" may not.
To = Literal["text", "nothing", "uncounted", "mark", "instruction", "fonttbl", "listtable", "listoverridetable"]

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)

SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
TABLES: dict[str, To] = {
    "fonttbl": "fonttbl",
    "listtable": "listtable",
    "listoverridetable": "listoverridetable",
}
# Groups whose text is no text of the document.
NO_TEXT = {
    *("colortbl", "stylesheet", "info", "themedata", "colorschememapping", "datastore", "xmlnstbl", "rsidtbl"),
    *("generator", "objdata", "latentstyles", "filetbl", "revtbl", "pgdsctbl", "bkmkstart", "bkmkend", "sp"),
    *("atnid", "atnauthor", "atndate", "atnref", "atnparent", "atrfstart", "atrfend", "formfield", "datafield"),
    *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc", "tcn", "rxe", "txe", "pntxtb"),
    *("pntxta", "nonesttables", "private", "operator", "author"),
}
# Groups that repeat what stands beside them, or whose pictures are of no text.
UNCOUNTED = {"nonshppict", "shprslt", "listpicture", "result", "pgptbl", "mmathPict"}
# Groups that are texts of their own, by the kind of their paragraphs. A text box has that of the text around it.
STORIES: dict[str, Kind | Literal[""]] = {"footnote": "footnote", "annotation": "comment"}
STORIES |= {name + page: "furniture" for name in ("header", "footer") for page in ("", "l", "r", "f")}
STORIES |= {"shptxt": "", "dptxbxtext": ""}
# Groups that are read although they begin with "\*", which lets a reader leave out what it does not know.
OPENED = {"fldinst", "shpinst", "do", "listtable", "listoverridetable", "shppict", "nesttableprops", "moMath", *STORIES}
OPENED |= {"pict", "listtext", "pntext"}
MARKS = {"b": "strong", "i": "em", "strike": "struck", "striked": "struck", "v": "hidden", "deleted": "deleted"}
MARKS |= {"mvf": "deleted"}  # moved from here
RAISED: dict[str, Raised] = {"super": "sup", "sub": "sub", "up": "sup", "dn": "sub", "nosupersub": ""}
ROW_WORDS = {"trowd", "trhdr", "cellx", "clmgf", "clvmgf"}
PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"}

_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]+))')
# Encodings by the number that a font has for its characters.
_CHARSETS = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253"}
_CHARSETS |= {162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874"}
_CHARSETS |= {238: "cp1250", 255: "cp437", 2: "symbol"}
CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def address_in(instruction: str) -> str:
    """Return the address that a field links to, "" if it is no link or one within the file."""
    found = _LINK.match(instruction)
    return (found[1] or found[2] or "").strip() if found else ""


def known_encoding(number: int, default: str) -> str:
    """Return the name of a code page, or the default for one that Python does not have."""
    name = "utf-8" if number == 65001 else f"cp{number}"
    try:
        "".encode(name)
    except LookupError:
        return default
    return name


def text_in(data: bytes, encoding: str) -> str:
    """Return the text of bytes. Those of a symbol font are private characters, as in every file of Word."""
    if encoding == "symbol":
        return "".join(chr(0xF000 + byte) if byte >= 0x20 else "" for byte in data)
    return data.decode(encoding, "replace")


@dataclass
class Tables:
    """What stands before the text: the fonts with their encodings, the lists with the kinds of their levels."""

    page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    lists: dict[int, list[ListKind]] = field(default_factory=dict)
    by_number: dict[int, list[ListKind]] = field(default_factory=dict)  # of \ls in the text
    _font: int = 0
    _levels: list[ListKind] = field(default_factory=list)

    def read(self, table: str, word: str, number: int) -> None:
        match table, word:
            case "fonttbl", "f":
                self._font = number
            case "fonttbl", "fcharset":
                self.fonts[self._font] = _CHARSETS.get(number, self.page)
            case "fonttbl", "cpg":
                self.fonts[self._font] = known_encoding(number, self.page)
            case "listtable", "list":
                self._levels = []
            case "listtable", "levelnfc" if len(self._levels) < 9:
                self._levels.append("ul" if number == 23 else "" if number == 255 else "ol")
            case "listtable", "listid":
                self.lists[number] = self._levels
            case "listoverridetable", "listid":
                self._levels = self.lists.get(number, [])
            case "listoverridetable", "ls":
                self.by_number[number] = self._levels

    def kind(self, number: int, level: int) -> ListKind | None:
        """Return the kind of a list's level, None if the file does not say it."""
        levels = self.by_number.get(number, [])
        return levels[level] if level < len(levels) else None


def language_of(number: int) -> str:
    """Return the code of a language that Windows numbers, "" for none."""
    return locale.windows_locale.get(number, "").replace("_", "-")
