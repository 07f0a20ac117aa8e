"""Broken and hostile PDF files at the upload page and the command: a sentence each, and nothing is saved."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from reports.models import Contribution, LooseLine, Reading, Report
from reports.readers import pdf as reader
from reports.writers import pdf
from tests.readers import test_pdf as corpus
from tests.views.pages import text

pytestmark = pytest.mark.django_db
SOUND = pdf.write(corpus.filled(2014))
CHANGES = (
    corpus.other_words,
    corpus.other_words_with_their_hash,
    corpus.another_schema,
    corpus.bomb,
    corpus.layered_bomb,
    corpus.no_attachment,
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
    assert not Reading.objects.exists()
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


def test_a_file_that_would_take_for_ever_is_given_up(client, cast, nothing_saved, monkeypatch):
    monkeypatch.setattr(reader, "PATIENCE", 0.01)
    client.force_login(cast.focal_point)
    answer = client.post("/reports/BE/2014/upload/", {"file": SimpleUploadedFile("report.pdf", SOUND)})
    assert answer.status_code == 422
