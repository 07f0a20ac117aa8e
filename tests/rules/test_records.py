"""Renderings, each made once, and the sealed record of a published report."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reports.document import pdf_identity
from reports.document.problem import Problem
from reports.models import AuditEvent, Record, Rendering, RenderingState, Report, State, Step
from reports.rules import documents, records, renderings, seals, workflow, writing
from reports.writers import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast, report, written):
    def walk(**changes):
        workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
        workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)
        workflow.take_step(report, Step.PUBLISH, by=cast.administrator)
        return Record.objects.get(submission=workflow.newest(report))

    return walk


def test_a_document_is_rendered_once(written, report, monkeypatch):
    first = renderings.request(documents.compose(report))
    assert (first.state, first.attempts) == (RenderingState.READY, 1)
    monkeypatch.setattr(renderings.writers, "write_pdf_apart", lambda *args, **options: pytest.fail("rendered again"))
    again = renderings.request(documents.compose(report))
    assert again.pk == first.pk
    assert hashlib.sha256(renderings.content_of(again)).hexdigest() == first.sha256


def test_a_lost_file_is_made_again_with_the_same_bytes(written, report):
    first = renderings.request(documents.compose(report))
    renderings.path_of(first).unlink()
    again = renderings.request(documents.compose(report))
    assert renderings.is_ready(again)
    assert again.sha256 == first.sha256


def test_a_changed_file_is_made_again(written, report):
    first = renderings.request(documents.compose(report))
    sound = renderings.path_of(first).read_bytes()
    renderings.path_of(first).write_bytes(sound.replace(b"%PDF", b"%PDX", 1))
    assert not renderings.is_ready(first)
    again = renderings.request(documents.compose(report))
    assert renderings.content_of(again) == sound
    assert AuditEvent.objects.get(event="file_refused").detail == first.file


def test_a_failure_is_stored_and_tried_three_times(written, report, monkeypatch):
    def broken(*args, **options):
        raise OSError("no space left")

    document = documents.compose(report)
    with monkeypatch.context() as patch:
        patch.setattr(renderings.writers, "write_pdf_apart", broken)
        for attempt in (1, 2, 3, 3):
            rendering = renderings.request(document)
            assert (rendering.state, rendering.attempts, rendering.trouble) == (
                RenderingState.FAILED,
                attempt,
                "no space left",
            )
        with pytest.raises(Problem, match="no space left"):
            renderings.content_of(rendering)
    assert Report.objects.get(pk=report.pk).state == State.DRAFT


def test_drafts_and_copies_are_deleted_after_a_time(written, report):
    document = documents.compose(report)
    draft, official = renderings.request(document, mark=pdf_identity.DRAFT), renderings.request(document)
    copy = renderings.request(document, form_language="nl", translation="nl")
    assert renderings.delete_old_files() == 0
    Rendering.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert renderings.delete_old_files() == 1
    assert [renderings.path_of(row).exists() for row in (draft, copy, official)] == [False, True, True]
    Rendering.objects.update(asked_at="2014-01-01T00:00Z")
    assert renderings.delete_old_files() == 1
    assert [renderings.path_of(row).exists() for row in (copy, official)] == [False, True]


def test_publishing_seals_the_file_and_stores_both_hashes(publish, report):
    record = publish()
    sealed = seals.path_of(record).read_bytes()
    unsealed = write(documents.compose(report), ".pdf")
    assert sealed.startswith(unsealed)
    assert seals.examine(sealed).standing == "whole"
    assert seals.examine(unsealed).standing == "none"
    assert (record.sha256, record.unsealed_sha256) == (records.sha256(sealed), records.sha256(unsealed))
    manifest = json.loads(record.manifest)
    assert manifest["document_sha256"] == record.submission.sha256
    assert manifest["log"] == record.submission.log_head
    assert manifest["log_at_publication"] == report.steps.get(step=Step.PUBLISH).before


def test_a_changed_byte_breaks_the_seal_and_the_hash(publish):
    record = publish()
    sealed = bytearray(seals.path_of(record).read_bytes())
    sealed[2000] ^= 1
    assert seals.examine(bytes(sealed)).standing == "broken"
    assert records.verify(records.sha256(bytes(sealed))).kind == "unknown"


def test_without_a_key_nothing_is_published(publish, report, settings, tmp_path):
    settings.SEAL_FILE = tmp_path / "none.p12"
    with pytest.raises(Problem, match="SEAL_FILE"):
        publish()
    assert Report.objects.get(pk=report.pk).state == State.ACCEPTED
    assert not Record.objects.exists()


def test_characters_missing_from_the_fonts_are_named(publish, written, cast, report):
    writing.save_text(written, "<p>\u0e15\u0e33</p>", base=1, by=cast.focal_point)
    with pytest.raises(Problem, match=r"2.1.A: \u0e15 \(U\+0E15\)"):
        publish()
    assert Report.objects.get(pk=report.pk).state == State.ACCEPTED


def test_a_second_publication_makes_the_first_older(publish, written, cast, report):
    first = publish()
    workflow.take_step(report, Step.REOPEN, by=cast.reviewer, comment="A figure was wrong.")
    writing.save_text(written, "<p>Verbeterd.</p>", base=1, by=cast.focal_point)
    second = publish()
    assert [records.verify(one.sha256).kind for one in (first, second)] == ["older", "current"]
    assert records.verify(first.unsealed_sha256).kind == "unsealed"
    assert seals.path_of(first).exists()


def test_the_command_says_what_a_file_is(publish, tmp_path, capsys):
    record = publish()
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(seals.path_of(record).read_bytes())
    call_command("verify", str(copy))
    assert "This is the published record: Belgium 2014, submission 1" in capsys.readouterr().out
    copy.write_bytes(copy.read_bytes() + b" ")
    with pytest.raises(CommandError, match="altered"):
        call_command("verify", str(copy))
