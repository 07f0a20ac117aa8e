"""Properties of reading that hold for every form: the tests', the demonstration's, and real ones if present."""

from pathlib import Path

import pytest

from reports.readers import read
from tests.blank_forms import FIXTURES, expected
from tests.readers.account import assert_nothing_is_dropped
from tests.seeds import SEEDS

COUNTRIES = {"belgium": "BE", "netherlands": "NL", "pages": "LU", "marks": "LU", "bare": "LU", "luxembourg": "LU"}
OURS = sorted((Path(__file__).resolve().parent.parent / "forms").glob("*.txt"))
FORMS = [*OURS, *sorted((FIXTURES / "demo").glob("*.txt")), *SEEDS]


def read_form(path: Path, data: bytes | None = None):
    name, _, year = path.stem.rpartition("-")
    return read(data if data is not None else path.read_bytes(), path.name, expected(int(year), COUNTRIES[name]))


every_form = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


@every_form
def test_every_line_is_accounted_for(path):
    assert_nothing_is_dropped(path.read_bytes().decode("utf-8-sig").replace("\f", " "), read_form(path))


@every_form
def test_line_ends_and_spaces_change_nothing(path):
    plain = path.read_bytes().decode("utf-8-sig")
    before = read_form(path)
    for text, encoding in (
        (plain.replace("\n", "\r\n"), "utf-8-sig"),
        (plain.replace("\n", "\r"), "utf-8"),
        (plain.replace("\n", "  \n"), "utf-8"),
        ("\n\n\n" + plain, "utf-16"),
        (plain, "utf-16-le"),
    ):
        after = read_form(path, text.encode(encoding))
        assert after.document == before.document
        assert [line.kind for line in after.lines] == [line.kind for line in before.lines]


@every_form
def test_reading_twice_gives_the_same_document(path):
    assert read_form(path) == read_form(path)


@every_form
def test_addresses_at_page_ends_are_in_no_answer(path):
    outcome = read_form(path)
    addresses = [line for line in outcome.lines if line.kind == "address"]
    for line in addresses:
        bodies = [one.original for section in outcome.document.sections() for one in section.contributions]
        linked = [body for body in bodies if f'<a href="{line.text}">' in body]
        assert not any(f">{line.text}<" in body for body in bodies)
        assert bool(line.section) == bool(linked)
