"""A file as a document, with an account of every line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reports.document.tree import Document

LARGEST_FILE = 2_000_000


@dataclass(frozen=True)
class Line:
    number: int
    text: str
    kind: Literal["frame", "prompt", "answer", "address", "loose"]
    section: str = ""
    note: str = ""


@dataclass(frozen=True)
class Notice:
    message: str
    params: dict[str, object]
    section: str = ""
    line: int = 0


@dataclass(frozen=True)
class Outcome:
    document: Document
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Expected:
    frame: Document
    other_forms: tuple[Document, ...] = ()
    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
