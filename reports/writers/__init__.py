"""A document as a file. The ending says the format; a new format is one writer here."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document


def _pdf(document: Document, **options: Any) -> bytes:
    content: bytes = _pdf_module().write(document, **options)
    return content


def _pdf_module() -> ModuleType:
    """Raises Problem where a system library is missing."""
    try:
        from reports.writers import pdf  # a server without Pango still does everything else
    except OSError as error:
        raise Problem(
            gettext_noop(
                "This server cannot make PDF files, because a system library is missing (%(reason)s). The person "
                "who runs the server can install it: the README names the packages."
            ),
            reason=str(error).split(":")[0],
        ) from error
    return pdf


def write_compilation(documents: Sequence[Document], **options: str) -> bytes:
    """The answers of many countries to one form in one PDF, goal by goal. Raises Problem."""
    content: bytes = _pdf_module().write_compilation(documents, **options)
    return content


def _json(document: Document, **options: Any) -> bytes:
    from reports.writers import json

    return json.write(document)


WRITERS: dict[str, Callable[..., bytes]] = {".pdf": _pdf, ".json": _json}


def missing_glyphs(document: Document) -> dict[str, tuple[str, ...]]:
    """The characters of a document that the PDF's fonts cannot print, by section code; "" for the form's own."""
    from reports.writers import pdf_typography

    return pdf_typography.missing_glyphs(document)


def write(document: Document, ending: str, **options: Any) -> bytes:
    """The document in the format of that ending (".pdf", ".json"), with that writer's options. Raises Problem."""
    try:
        writer = WRITERS[ending.lower()]
    except KeyError:
        raise Problem(
            gettext_noop("The file extension decides the format: %(known)s. “%(ending)s” is none of these."),
            known=", ".join(WRITERS),
            ending=ending,
        ) from None
    return writer(document, **options)
