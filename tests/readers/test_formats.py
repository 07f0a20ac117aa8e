"""The same two forms in every format and from several programs are read as the same documents."""

import re
from pathlib import Path

import pytest

from reports.readers import read
from tests.blank_forms import expected
from tests.forms.documents import COUNTRY, filled

FOLDER = Path(__file__).resolve().parent.parent / "forms"
LINK = re.compile("</?a[^>]*>")
FILES = sorted(path for path in FOLDER.glob("*luxembourg-20*.*") if path.suffix != ".txt")


def is_without_links(path) -> bool:
    """LibreOffice 7.4 writes no links into a PDF from the command line."""
    return path.name.startswith("libreoffice-")


def without_links(section):
    return section.with_contributions(
        *(
            one.model_copy(update={"body": {one.language: LINK.sub("", one.original)}})
            for one in section.contributions
        )
    ) if section.contributions else section  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_format_gives_the_same_document(path):
    year = int(path.stem[-4:])
    outcome = read(path.read_bytes(), path.name, expected(year, COUNTRY))
    for section in filled(year).sections():
        assert outcome.document.section(section.code) == (without_links(section) if is_without_links(path) else section)
    assert list(outcome.unplaced()) == []


def test_the_corpus_has_every_format():
    assert {path.suffix for path in FILES} == {".docx", ".odt", ".rtf", ".html", ".pdf"}
    assert len(FILES) >= 14
