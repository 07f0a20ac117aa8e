"""Text that is made to keep a parser busy: each door refuses or cuts it before anything parses it."""

import json
import re
from uuid import uuid4

import nh3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports.document import lengths, plaintext
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
PATTERNS = ["&#", "<p>.</p>", "**a", "- a\n", "<a href='"]
SHORT = 10_000  # characters of the stored texts that a page shows again
LENGTHS = [50_000, 200_000, 2_000_000]
# The patterns that are too many pieces where they are not too long, at all lengths but those named.
TOO_MANY = {"html": {"<p>.</p>": (), "<a href='": (50_000,)}, "plain": {"**a": (), "- a\n": ()}}
TOO_MANY_IN_FILE = {"**a": (50_000, 200_000), "- a\n": (50_000, 200_000)}
TOO_LONG = "the maximum for a contribution is 200.?000"
PIECES = "list items, table cells, links and passages in bold or italics; the maximum for a contribution is 6.?000"
each_text = pytest.mark.parametrize(
    ("pattern", "length"), [(pattern, length) for pattern in PATTERNS for length in LENGTHS]
)


@pytest.fixture
def parsed(monkeypatch):
    """The lengths of the texts that the two parsers got, of HTML and of plain text."""
    seen = [0]
    clean, typed = nh3.clean, plaintext._typed

    def counted(parse):
        def count(text, **options):
            seen.append(len(text))
            return parse(text, **options)

        return count

    monkeypatch.setattr("reports.document.clean.nh3.clean", counted(clean))
    monkeypatch.setattr(plaintext, "_typed", counted(typed))
    return seen


def made_of(pattern, length):
    return (pattern * (length // len(pattern) + 1))[:length]


def refusal_of(pattern, length, text_format):
    """The words with which a contribution made of this pattern is refused, or None."""
    if length > lengths.LONGEST_TEXT:
        return TOO_LONG
    kind = TOO_MANY[text_format]
    return PIECES if pattern in kind and length not in kind[pattern] else None


def shown(answer):
    return [box.text_content() for box in parse(answer).xpath("//textarea[@readonly]")]


@each_text
def test_an_error_page_shows_a_stranger_nothing(client, parsed, pattern, length):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post("/sign-in/", {"q-body": made_of(pattern, length), "q-text_format": "html"})
    assert (answer.status_code, shown(answer), max(parsed)) == (413 if length > 1_000_000 else 403, [], 0)


@each_text
def test_an_error_page_parses_nothing_of_a_writer(anke, parsed, pattern, length):
    form = {"c1-body": made_of(pattern, length), "c1-text_format": "html"}
    answer = anke.post("/reports/NL/2014/2.1/", form)
    assert (answer.status_code, max(parsed)) == (404, 0)
    assert sum(len(one.strip()) for one in shown(answer)) <= lengths.LONGEST_REPORT


@each_text
@pytest.mark.parametrize("text_format", ["html", "plain"])
def test_a_page_parses_no_text_that_is_too_long(anke, written, parsed, pattern, length, text_format):
    name = f"c{written.pk}"
    form = {f"{name}-body": made_of(pattern, length), f"{name}-text_format": text_format, f"{name}-base": 1}
    answer = anke.post(URL, form)
    refused = refusal_of(pattern, length, text_format)
    if refused:
        assert (answer.status_code, written.revisions.count(), max(parsed) < SHORT) == (200, 1, True)
        assert re.search(refused, text(answer))
    else:
        assert max(parsed) >= length - len(pattern)


def test_a_page_with_more_pieces_than_a_report_parses_none(anke, written, parsed):
    form = fields(anke.get(URL))
    boxes = [name for name in form if name.endswith("-body")]
    parsed.clear()
    answer = anke.post(URL, form | dict.fromkeys(boxes, made_of("- a\n", 11_000)))
    assert "so none of them was saved" in text(answer)
    assert max(parsed, default=0) < SHORT
    assert written.revisions.count() == 1


def test_a_page_with_more_text_than_a_report_parses_none(anke, written, parsed):
    form = fields(anke.get(URL))
    boxes = [name for name in form if name.endswith("-body")]
    assert len(boxes) > 2
    parsed.clear()
    answer = anke.post(URL, form | dict.fromkeys(boxes, made_of("word ", 190_000)))
    assert "so none of them was saved" in text(answer)
    assert max(parsed, default=0) < SHORT
    assert written.revisions.count() == 1


@each_text
def test_a_save_parses_no_text_that_is_too_long(anke, written, parsed, pattern, length):
    body = {
        "id": str(uuid4()),
        "section": "2.1.A",
        "contribution": written.pk,
        "base": 1,
        "html": made_of(pattern, length),
        "user": int(anke.session["_auth_user_id"]),
    }
    answer = anke.post(f"{URL}save/", json.dumps(body), content_type="application/json")
    refused = refusal_of(pattern, length, "html")
    if refused:
        assert (answer.status_code, max(parsed) < SHORT) == (422, True)
        assert re.search(refused, answer.json()["message"])


@each_text
def test_an_upload_parses_no_file_that_is_too_long(anke, report, parsed, demo_text, pattern, length):
    place = demo_text.index("\n\n", len(demo_text) // 2)
    content = (demo_text[:place] + "\n\n" + made_of(pattern, length) + demo_text[place:]).encode()
    answer = anke.post("/reports/BE/2014/upload/", {"file": SimpleUploadedFile("form.txt", content)})
    if length > lengths.LONGEST_REPORT:
        assert (answer.status_code, max(parsed) < SHORT, report.uploads.exists()) == (422, True, False)
    elif length in TOO_MANY_IN_FILE.get(pattern, ()):
        assert (answer.status_code, max(parsed), report.uploads.exists()) == (422, 0, False)
        assert re.search("at most 16.?000 are possible", text(answer))
    else:
        assert report.uploads.exists() or answer.status_code == 422


@pytest.fixture
def demo_text(settings):
    return (settings.BASE_DIR / "fixtures/demo/belgium-2014.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["/sign-in/", "/language/", URL, "/nowhere/"])
def test_a_large_request_of_a_stranger_is_not_read(client, address):
    answer = client.post(address, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=600_000_000)
    assert (answer.status_code, "What you sent is too large" in text(answer)) == (413, True)


def test_the_log_says_what_was_too_large(client, caplog):
    client.post("/sign-in/", b"x", content_type="text/plain", CONTENT_LENGTH=600_000_000)
    refused = [line.getMessage() for line in caplog.records if "RequestDataTooBig" in line.name]
    assert refused == ["Refused POST '/sign-in/': 600000000 bytes from somebody who is not signed in"]


def test_a_large_file_of_a_writer_is_refused_with_words(anke, report):
    answer = anke.post(
        "/reports/BE/2014/upload/", {"file": SimpleUploadedFile("form.txt", b"x" * 22_100_000)}, HTTP_ACCEPT="text/html"
    )
    assert (answer.status_code, "at most 22 MB" in text(answer)) == (413, True)
    assert not report.uploads.exists()
