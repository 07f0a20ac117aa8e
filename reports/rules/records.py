"""The official record: the sealed PDF of a published submission, its manifest, and the verification of copies."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db.models import Q

from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.models import Record, StepLog, Submission
from reports.rules import chain, renderings
from reports.writers import missing_glyphs


def unprintable(document: Document) -> list[str]:
    """Return the sections with characters that the record's fonts do not contain, as "2.1.B: ต (U+0E15)"."""
    return [
        f"{code}: " + " ".join(f"{character} (U+{ord(character):04X})" for character in characters)
        for code, characters in missing_glyphs(document).items()
    ]


def check_printable(document: Document) -> None:
    """Raise Problem if the record's fonts cannot print the document; name the characters and their sections."""
    if found := unprintable(document):
        raise Problem(
            gettext_noop(
                "The fonts of the official document do not contain these characters and would show empty boxes: "
                "%(characters)s. Return the report and ask the country to write them differently."
            ),
            characters="; ".join(found),
        )


def publish(submission: Submission, entry: StepLog) -> Record:
    """Render, seal and store the record of a submission.

    The caller holds the report's lock and logs the step afterwards. Side effects: a file under MEDIA_ROOT/records and
    its row. Raise Problem if there is no usable key or if characters cannot be printed; then nothing is published.
    """
    assert entry.by, "only a person publishes"
    document = Document.from_json(submission.document)
    check_printable(document)
    rendering = renderings.request_submission(submission)
    if not renderings.is_ready(rendering):
        renderings.make(rendering.key)  # here, because a worker cannot see it before this transaction ends
        rendering.refresh_from_db()
    pdf = renderings.content_of(rendering)
    sealed = seal(pdf)
    report = submission.report
    name = f"records/{report.form.year}/{report.country.code}-{submission.number}-{sha256(sealed)[:12]}.pdf"
    renderings.write_atomically(Path(settings.MEDIA_ROOT) / name, sealed)
    return Record.objects.create(
        submission=submission,
        file=name,
        sha256=sha256(sealed),
        unsealed_sha256=sha256(pdf),
        size=len(sealed),
        manifest=manifest(submission, entry, pdf, sealed),
        by=entry.by,
        at=entry.at,
    )


def manifest(submission: Submission, entry: StepLog, pdf: bytes, sealed: bytes) -> str:
    """Return the canonical JSON that ties the files to the submission and to the log before the step `entry`."""
    report = submission.report
    content = {
        "schema": 1,
        "form": report.form.year,
        "country": report.country.code,
        "submission": submission.number,
        "published_at": entry.at.astimezone(UTC).isoformat(timespec="seconds"),
        "document_sha256": submission.sha256,
        "unsealed_sha256": sha256(pdf),
        "sealed_sha256": sha256(sealed),
        "log": submission.log_head,
        "log_at_publication": chain.head_hash(report),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def path_of(record: Record) -> Path:
    return Path(settings.MEDIA_ROOT) / record.file


def seal(pdf: bytes) -> bytes:
    """Return the PDF with the secretariat's seal. Raise Problem if no key is configured."""
    from reports.writers import pdf_seal  # pyHanko takes long to import, and few processes publish

    if not Path(settings.SEAL_FILE).is_file():
        raise Problem(
            gettext_noop(
                "This portal has no key to seal records, so nothing was published. The person who runs the portal "
                "should set SEAL_FILE; the README explains how."
            )
        )
    return pdf_seal.seal(pdf, Path(settings.SEAL_FILE), settings.SEAL_PASSWORD, settings.SEAL_TIMESTAMP_URL)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a file with a certain hash is: the published record, an older one, one before its seal, or unknown."""

    kind: Literal["current", "older", "unsealed", "unknown"]
    record: Record | None = None
    newest: Record | None = None


def verify(digest: str) -> Verdict:
    """Look a SHA-256 up among the records. The file itself is not needed."""
    found = (
        Record.objects.filter(Q(sha256=digest.lower()) | Q(unsealed_sha256=digest.lower()))
        .select_related("submission__report__country", "submission__report__form")
        .first()
    )
    if found is None:
        return Verdict("unknown")
    newest = Record.objects.filter(submission__report=found.submission.report_id).order_by("submission__number").last()
    if found.sha256 != digest.lower():
        return Verdict("unsealed", found, newest)
    return Verdict("current" if newest == found else "older", found, newest)
