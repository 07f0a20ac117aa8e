"""The official record: the sealed PDF of a published submission, its manifest, and the verification of copies."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from django.conf import settings
from django.db.models import Q

from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.models import Event, Record, Report, StepLog, Submission, User
from reports.rules import audit, chain, renderings, seals
from reports.rules.stored_files import write_atomically
from reports.writers import missing_glyphs

if TYPE_CHECKING:
    from reports.writers.pdf_seal_check import Seal


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
    write_atomically(Path(settings.MEDIA_ROOT) / name, sealed)
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


def content_for(record: Record, *, by: User | None) -> bytes:
    """Return the stored file of a record for a person who asks for it.

    Raise seals.ChangedFile, after recording it in the audit trail, unless the file is the one that was published.
    """
    try:
        return seals.content_of(record)
    except seals.ChangedFile as problem:
        audit.record(Event.FILE_REFUSED, person=by, submission=record.submission, detail=str(problem))
        raise


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
    """What a file with a certain hash is: the published record, an older one, one before its seal, or unknown.

    "doubtful": a row says that it was published, but the stored file is missing or changed, or no known signer sealed
    it. "demonstration": it was published with the seal of a demonstration, which anybody can make.
    """

    kind: Literal["current", "older", "unsealed", "demonstration", "doubtful", "unknown"]
    record: Record | None = None
    newest: Record | None = None
    seal: "Seal | None" = None


def verify(digest: str) -> Verdict:
    """Look a SHA-256 up among the records. The file itself is not needed; the stored one must bear out the row."""
    digest = digest.lower()
    found = (
        Record.objects.filter(Q(sha256=digest) | Q(unsealed_sha256=digest))
        .select_related("submission__report__country", "submission__report__form")
        .first()
    )
    if found is None:
        return Verdict("unknown")
    newest = Record.objects.filter(submission__report=found.submission.report_id).order_by("submission__number").last()
    try:
        seal = seals.seal_of(found)
        seals.check_unsealed(found)
    except seals.ChangedFile:
        return Verdict("doubtful", found, newest)
    if seal.standing != "whole":
        return Verdict("demonstration" if seal.standing == "demonstration" else "doubtful", found, newest, seal)
    if found.sha256 != digest:
        return Verdict("unsealed", found, newest, seal)
    return Verdict("current" if newest == found else "older", found, newest, seal)


def file_problems(report: Report) -> Iterator[Problem]:
    """Yield what is wrong with the stored files of a report's records: each is hashed and its seal examined."""
    for record in Record.objects.filter(submission__report=report).select_related("submission__report"):
        params = {"report": str(report), "number": record.submission.number}
        try:
            seal = seals.seal_of(record)
            seals.check_unsealed(record)
        except seals.ChangedFile as problem:
            yield problem
            continue
        # A demonstration is no problem where the portal itself seals with that key.
        if seal.standing != "whole" and not (seal.standing == "demonstration" and seal.is_pinned):
            yield Problem(
                gettext_noop("%(report)s, submission %(number)s: the seal of the record is %(standing)s (%(signer)s)."),
                standing=seal.standing.value,
                signer=f"{seal.signer} {seal.fingerprint}".strip(),
                **params,
            )
