"""Read a Word document (.docx, and .docm, .dotx, .dotm, whose text is the same) into a flow.

The XML is walked by our own code: of the libraries that read Word files, none gives the numbers that Word prints by
itself, and each drops or doubles some text (insertions, content controls, text boxes, fields).
"""

from reports.document.problem import Problem, gettext_noop
from reports.document.word_identity import NAMESPACE, Origin, origin_of
from reports.readers.flow import Flow
from reports.readers.package import DAMAGED, LOCKED
from reports.readers.word.file import WordFile
from reports.readers.word.paragraphs import Around
from reports.readers.word.parts import NOT_WORD, Parts
from reports.readers.word.story import Story

# Compound files of Microsoft's older formats, and of any newer one that has a password ([MS-CFB], 2.2; [MS-OFFCRYPTO]).
OLE2 = b"\xd0\xcf\x11\xe0"
OLD_WORD = gettext_noop(
    "This file was saved in the format of older versions of Word (.doc). Open it, choose “Save as” and the type “Word "
    "document (.docx)”, and upload the new file."
)


def refuse_old_word(data: bytes) -> None:
    """Raise Problem for a .doc, for a Word document with a password, and for other files of the same kind.

    The names of a compound file's streams are in UTF-16 and tell which program wrote it.
    """
    if not data.startswith(OLE2):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Problem(LOCKED)
    if "WordDocument".encode("utf-16-le") in data:
        raise Problem(OLD_WORD)
    raise Problem(NOT_WORD)


def origin_in(parts: Parts) -> Origin | None:
    """Return what the portal wrote into the file about its origin, None in any other file."""
    for name in parts.targets(parts.main, "customXml"):
        root = parts.root(name)
        if root is not None and root.tag == f"{{{NAMESPACE}}}report":
            return origin_of({str(name): str(value) for name, value in root.attrib.items()})
    return None


def flow_of(data: bytes) -> Flow:
    """Return the paragraphs of a Word document. Raise Problem if it cannot be read."""
    refuse_old_word(data)
    parts = Parts(data)
    file = WordFile(parts)
    try:
        Story(file, parts.main, "body", Around()).read(parts.body)
        for kind in ("header", "footer"):
            for name in parts.targets(parts.main, kind):
                if (root := parts.root(name)) is not None:
                    Story(file, name, "furniture", Around()).read(root)
    except RecursionError:  # notes in cells in cells: each alone is within what the XML parser allows
        raise Problem(DAMAGED) from None
    for paragraph in file.furniture:
        file.flow.append(paragraph)
    file.flow.origin = origin_in(parts)
    return file.flow
