from reports.document.tree import Document
from reports.writers import json
from tests.writers import samples


def test_written_json_is_read_back():
    document = samples.rich_by_goal()
    assert Document.from_json(json.write(document)) == document


def test_the_same_document_gives_the_same_text():
    written = json.write(samples.rich_by_target())
    assert written == json.write(Document.from_json(written))
    assert written.endswith(b"}\n")
    assert written.count(b"\n") == 1


def test_letters_are_written_unescaped():
    assert "Георги Иванов".encode() in json.write(samples.rich_by_goal())
