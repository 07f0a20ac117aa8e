"""Write a document to a file. Its ending decides the format; a new format is one more writer in WRITERS."""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from reports import apart
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document


def _pdf(document: Document, **options: Any) -> bytes:
    content: bytes = _pdf_module().write(document, **options)
    return content


def _pdf_module() -> ModuleType:
    """Import the PDF writer. Raise Problem if a system library is missing."""
    try:
        from reports.writers import pdf  # not at the top: a server without Pango still does everything else
    except OSError as error:
        raise Problem(
            gettext_noop(
                "This server cannot make PDF files, because a system library is missing (%(reason)s). The person "
                "who runs the server can install it: the README names the packages."
            ),
            reason=str(error).split(":")[0],
        ) from error
    return pdf


def write_pdf_apart(document: str, options: Mapping[str, str]) -> bytes:
    """Return the PDF of a document's JSON, made in a process of its own under limits of memory and time.

    The options are those of the PDF writer. Raise Problem, also if the limits do not suffice (apart.NotDone).
    """
    return apart.run(apart.PRINTING, _pdf_of_json, document, dict(options))


def write_compilation_apart(documents: Sequence[str], options: Mapping[str, str]) -> bytes:
    """Return one PDF of the JSON of many countries' documents, made like `write_pdf_apart`, with higher limits."""
    return apart.run(apart.PRINTING_ALL, _compilation_of_json, list(documents), dict(options))


def _pdf_of_json(document: str, options: dict[str, str]) -> bytes:
    return _pdf(Document.from_json(document), **options)


def _compilation_of_json(documents: list[str], options: dict[str, str]) -> bytes:
    return write_compilation([Document.from_json(text) for text in documents], **options)


def write_compilation(documents: Sequence[Document], **options: str) -> bytes:
    """Return one PDF with the answers of many countries to one form, goal by goal. Raise Problem."""
    content: bytes = _pdf_module().write_compilation(documents, **options)
    return content


def _json(document: Document, **options: Any) -> bytes:
    from reports.writers import json

    return json.write(document)


def _word(document: Document, **options: Any) -> bytes:
    from reports.writers import word

    return word.write(document, **options)


WRITERS: dict[str, Callable[..., bytes]] = {".pdf": _pdf, ".json": _json, ".docx": _word}


def missing_glyphs(document: Document) -> dict[str, tuple[str, ...]]:
    """Return by section code the characters that the PDF's fonts cannot print; under "" those of the form text."""
    from reports.writers import pdf_typography

    return pdf_typography.missing_glyphs(document)


def write(document: Document, ending: str, **options: Any) -> bytes:
    """Return the document in the format of that ending, such as ".pdf", with its writer's options. Raise Problem."""
    try:
        writer = WRITERS[ending.lower()]
    except KeyError:
        raise Problem(
            gettext_noop("The file extension decides the format: %(known)s. “%(ending)s” is none of these."),
            known=", ".join(WRITERS),
            ending=ending,
        ) from None
    return writer(document, **options)
