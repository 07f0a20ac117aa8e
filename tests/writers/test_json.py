from reports.document.tree import Document
from reports.writers import json
from tests.writers import samples


def test_what_was_written_is_the_same_document_when_it_is_read():
    document = samples.rich_by_goal()
    assert Document.from_json(json.write(document)) == document


def test_the_same_document_always_gives_the_same_text_with_one_line_end():
    written = json.write(samples.rich_by_target())
    assert written == json.write(Document.from_json(written))
    assert written.endswith(b"}\n")
    assert written.count(b"\n") == 1


def test_letters_of_every_language_stand_in_it_as_they_are():
    assert "Георги Иванов".encode() in json.write(samples.rich_by_goal())
