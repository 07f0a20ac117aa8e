"""Broken and hostile files at the upload page and the command: a sentence each, and nothing is saved."""

import io
import json
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from reports.models import Contribution, LooseLine, Report, Upload
from reports.rules import documents
from reports.writers import pdf
from tests.readers import test_pdf as corpus
from tests.views.html import text

pytestmark = pytest.mark.django_db
SOUND = pdf.write(corpus.filled(2014))
CHANGES = (
    corpus.other_words,
    corpus.other_words_with_their_hash,
    corpus.another_schema,
    corpus.bomb,
    corpus.layered_bomb,
    corpus.attachment_is_a_page,
    corpus.attachments_are_a_number,
    corpus.attachment_of_itself,
)
FILES = {change.__name__: corpus.changed(SOUND, change) for change in CHANGES} | {
    "cut": SOUND[: len(SOUND) // 2],
    "head_only": b"%PDF-1.7\n",
    "noise": b"%PDF-1.7\n" + bytes(range(256)) * 200,
    "zeros": b"%PDF-1.7\n" + b"\0" * 100_000,
    "of_another_year": pdf.write(corpus.filled(2013)),
}


@pytest.fixture
def nothing_saved(report, written):
    before = list(Contribution.objects.values_list("pk", "body"))
    yield
    assert list(Contribution.objects.values_list("pk", "body")) == before
    assert not Upload.objects.exists()
    assert not LooseLine.objects.exists()
    assert Report.objects.count() == 1


@pytest.mark.parametrize("name", FILES)
def test_the_upload_page_refuses_it_with_a_sentence(client, cast, nothing_saved, name):
    client.force_login(cast.focal_point)
    answer = client.post("/reports/BE/2014/upload/", {"file": SimpleUploadedFile("report.pdf", FILES[name])})
    assert answer.status_code == 422
    (sentence,) = answer.context["form"].errors["file"]
    assert sentence in text(answer)
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", ["other_words", "bomb", "cut"])
def test_the_command_refuses_it_with_a_sentence(nothing_saved, tmp_path, name):
    file = tmp_path / "report.pdf"
    file.write_bytes(FILES[name])
    with pytest.raises(CommandError, match="PDF"):
        call_command("import_report", str(file), "--country", "BE", "--year", "2014", stdout=io.StringIO())


def page_of_blanks(megabytes):
    """A PDF whose only page has so many megabytes of blanks in its content, which PDFium unpacks whole."""
    file = io.BytesIO()
    with pikepdf.new() as new:
        new.add_blank_page()
        packer = zlib.compressobj(1)
        packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
        new.pages[0].Contents = new.make_stream(b"")
        new.pages[0].Contents.write(packed, filter=pikepdf.Name.FlateDecode)
        new.save(file)
    return file.getvalue()


def test_a_file_that_would_need_too_much_is_given_up(client, cast, nothing_saved):
    client.force_login(cast.focal_point)
    file = SimpleUploadedFile("report.pdf", page_of_blanks(megabytes=600))
    answer = client.post("/reports/BE/2014/upload/", {"file": file})
    assert answer.status_code == 422
    (sentence,) = answer.context["form"].errors["file"]
    assert sentence.startswith("The contents of this file are far larger than any report.")


def upload(client, document):
    data = json.dumps(document).encode()
    return client.post("/reports/BE/2014/upload/", {"file": SimpleUploadedFile("report.json", data)}, follow=True)


def with_contributions(report, count=1, *, sections=1, body="<p>Een zin.</p>", language="nl", authority="Politie"):
    """The JSON of a report with so many contributions in each of its first sections."""
    document = documents.blank_form(report.form, report.country).as_dict()
    found = [section for target in document["targets"] for goal in target["goals"] for section in goal["sections"]]
    one = {"authority": authority, "language": language, "body": {language: body}}
    for section in found[:sections]:
        section.update(state="text", contributions=[one] * count)
    return document


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"count": 51}, "Section 1.1.A has 51 contributions in this file; the maximum for a section is 50."),
        ({"count": 9, "body": "&" * 39_999}, "1800018 characters together; the maximum for a report is 400000."),
        ({"count": 11, "body": "&" * 39_999}, "439989 characters together; the maximum for a report is 400000."),
        (
            {"count": 4, "body": "<p>.</p>" * 5_000},
            "This file has 20000 paragraphs, lines, list items, table cells",
        ),
        ({"body": "<p>.</p>" * 7_000}, "in bold or italics where at most 6000 are possible."),
        ({"authority": "x" * 201}, "the name of an authority has 201 characters; the maximum is 200."),
        ({"authority": "Po\0litie"}, "contains a character that cannot be stored (U+0000"),
        (
            {"language": "nl-belgium-limburg-maas"},
            "the code of a language has 23 characters; the maximum is 20.",
        ),
    ],
    ids=[
        "contributions",
        "length",
        "length as sent",
        "pieces",
        "pieces of a text",
        "authority",
        "control character",
        "language",
    ],
)
def test_json_over_the_limits_is_refused(client, cast, nothing_saved, report, more, said):
    client.force_login(cast.focal_point)
    answer = upload(client, with_contributions(report, **more))
    assert answer.status_code == 422
    assert said in text(answer)


def test_json_at_the_limits_is_imported(client, cast, report):
    client.force_login(cast.focal_point)
    assert upload(client, with_contributions(report, 50, authority="x" * 200)).status_code == 200
    uploaded = Upload.objects.get()
    client.post(f"/reports/BE/2014/readings/{uploaded.pk}/", {"apply": "yes"})
    assert Contribution.objects.count() == 50


def test_character_that_cannot_be_stored_is_left_out(client, cast, report):
    client.force_login(cast.focal_point)
    document = with_contributions(report)
    document["form"]["title"] |= {"en": "Another\0 title", "x\0": "A title"}
    answer = upload(client, document)
    assert "The file says “Another\N{REPLACEMENT CHARACTER} title”" in text(answer)
