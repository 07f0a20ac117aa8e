"""Whom the portal trusts to seal records, and what the stored file of a record is worth.

A row of Record alone proves nothing: whoever has the database's account can write one. The file that it names must be
there, have its hash, and bear the seal of a signer whom the settings name.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from reports.document.problem import Problem, gettext_noop
from reports.models import Record

if TYPE_CHECKING:
    from reports.writers.pdf_seal_check import Seal, Trust


MAX_EXAMINED = 500
_examined: "dict[tuple[str, Trust], Seal]" = {}


class ChangedFile(Problem):
    """The stored file of a record is missing or is not the one that was published."""


def trust() -> "Trust":
    """Return the signers of SEAL_SIGNERS, or of the certificate in SEAL_FILE without them, and SEAL_ROOTS."""
    files = [file for file in (settings.SEAL_FILE, settings.SEAL_ROOTS) if file and Path(file).is_file()]
    versions = tuple((str(file), Path(file).stat().st_mtime_ns) for file in files)
    return read_trust(tuple(settings.SEAL_SIGNERS), versions)


@lru_cache(maxsize=4)
def read_trust(fingerprints: tuple[str, ...], versions: tuple[tuple[str, int], ...]) -> "Trust":
    """Read the files of the settings again only when one of them has changed: opening the key is slow by design."""
    from reports.writers import pdf_seal_check  # pyHanko takes long to import, and few processes need it

    signers = {one.replace(":", "").strip().lower() for one in fingerprints}
    if not signers:
        signers = {pdf_seal_check.fingerprint_of_key(Path(settings.SEAL_FILE), settings.SEAL_PASSWORD)}
    roots = pdf_seal_check.read_roots(Path(settings.SEAL_ROOTS).read_bytes()) if settings.SEAL_ROOTS else ()
    return pdf_seal_check.Trust(frozenset(signers - {""}), roots)


def examine(content: bytes) -> "Seal":
    """Return what the seal of a PDF is worth to this portal."""
    from reports.writers import pdf_seal_check

    return pdf_seal_check.examine(content, trust())


def path_of(record: Record) -> Path:
    return Path(settings.MEDIA_ROOT) / record.file


def content_of(record: Record) -> bytes:
    """Return the stored file of a record. Raise ChangedFile unless it is the one that was published."""
    path = path_of(record)
    # The size first, so that a huge file is not read.
    is_there = path.is_file() and path.stat().st_size == record.size
    content = path.read_bytes() if is_there else b""
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise changed(record)
    return content


def changed(record: Record) -> ChangedFile:
    submission = record.submission
    return ChangedFile(
        gettext_noop(
            "The stored PDF of %(report)s, submission %(number)s, is not the one that was published: it is missing or "
            "was changed."
        ),
        report=str(submission.report),
        number=submission.number,
    )


def check_unsealed(record: Record) -> None:
    """Raise ChangedFile unless the stored file, before its seal, has the hash that its row names."""
    from reports.writers import pdf_seal_check

    if not pdf_seal_check.contains_revision(path_of(record).read_bytes(), record.unsealed_sha256):
        raise changed(record)


def seal_of(record: Record) -> "Seal":
    """Return what the seal of a record's stored file is worth. Raise ChangedFile.

    Each file is examined once: a public page asks for it, and an examination takes a tenth of a second.
    """
    content, key = content_of(record), (record.sha256, trust())
    if key not in _examined:
        if len(_examined) >= MAX_EXAMINED:
            _examined.clear()
        _examined[key] = examine(content)
    return _examined[key]
