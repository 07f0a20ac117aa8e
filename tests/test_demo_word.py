"""The Word file of the demonstration, which is made from the text file beside it."""

import importlib.util
import io
import zipfile

from reports import readers
from tests.blank_forms import expected
from tests.portal import PROJECT

FOLDER = PROJECT / "fixtures" / "demo"
WORD = FOLDER / "belgium-2014.docx"
TEXT = FOLDER / "belgium-2014.txt"


def make_word():
    spec = importlib.util.spec_from_file_location("make_word", FOLDER / "make_word.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.written(TEXT.read_text(encoding="utf-8"))


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_word_file_is_the_one_that_is_made_from_the_text():
    made = make_word()
    assert made == make_word()
    assert parts_of(WORD.read_bytes()) == parts_of(made)


def test_the_word_file_reads_as_the_text_does():
    word, text = (readers.read(file.read_bytes(), file.name, expected(2014)) for file in (WORD, TEXT))
    assert word.document == text.document
    assert [line.text for line in word.unplaced()] == [line.text for line in text.unplaced()] == ["--"]
    assert (word.format, word.unit, text.format, text.unit) == ("word", "paragraph", "text", "line")
