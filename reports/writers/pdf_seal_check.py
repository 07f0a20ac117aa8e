"""What a seal on a PDF is worth: whether the file is unchanged since, and whether a signer that we know sealed it."""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from reports.writers.pdf_seal import DEMO_NAME, run_in_thread

# An organisation's certificate for seals has one of these two.
SEALING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
# What pyHanko and asn1crypto raise on a file that is damaged or built to be.
UNREADABLE = (PdfError, SignatureValidationError, ValueError, AttributeError, KeyError, TypeError, RecursionError)


class Standing(StrEnum):
    NONE = "none"  # there is no seal
    BROKEN = "broken"  # the file was changed after it was sealed, or its seal cannot be read
    UNKNOWN = "unknown"  # the file is unchanged since, but we do not know who sealed it
    DEMONSTRATION = "demonstration"  # sealed with a key of the demonstration, which anybody can make
    WHOLE = "whole"  # the file is unchanged since a known signer sealed it


@dataclass(frozen=True)
class Trust:
    """The certificates that may seal: by their SHA-256 fingerprint, or issued below one of these roots."""

    signers: frozenset[str] = frozenset()
    roots: tuple[bytes, ...] = ()  # DER


@dataclass(frozen=True)
class Seal:
    """`signer` is the name in the certificate: "Common name, Organisation". `is_pinned`: it is one of Trust.signers."""

    standing: Standing
    signer: str = ""
    fingerprint: str = ""
    is_pinned: bool = field(default=False)


def examine(content: bytes, trust: Trust) -> Seal:
    """Return what the seal of a PDF is worth. With several seals, the worst of them counts. Fetch nothing."""
    try:
        signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
        seals = [run_in_thread(examine_signature, one, trust) for one in signatures]
    except UNREADABLE:
        return Seal(Standing.BROKEN)
    return min(seals, key=lambda seal: list(Standing).index(seal.standing), default=Seal(Standing.NONE))


def examine_signature(signature: EmbeddedPdfSignature, trust: Trust) -> Seal:
    certificate = signature.signer_cert
    name, fingerprint = name_of(certificate), certificate.sha256.hex()
    is_pinned = fingerprint in trust.signers
    # First only the bytes: that nothing was changed or appended, and that this certificate's key sealed them.
    alone = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    status = validate_pdf_signature(signature, alone, key_usage_settings=SEALING)
    if not (status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE):
        return Seal(Standing.BROKEN, name, fingerprint, is_pinned)
    if DEMO_NAME in name:
        return Seal(Standing.DEMONSTRATION, name, fingerprint, is_pinned)
    known = is_pinned or is_chained(signature, trust)
    return Seal(Standing.WHOLE if known else Standing.UNKNOWN, name, fingerprint, is_pinned)


def is_chained(signature: EmbeddedPdfSignature, trust: Trust) -> bool:
    """Return whether one of the roots issued the certificate, and it was valid when the seal says that it was made.

    A certificate lasts a few years and a record longer, so its validity today does not matter.
    """
    if not trust.roots:
        return False
    context = ValidationContext(
        trust_roots=[Certificate.load(root) for root in trust.roots],
        other_certs=signature.other_embedded_certs,
        moment=signature.self_reported_timestamp or datetime.now(UTC),
        allow_fetching=False,
    )
    return bool(validate_pdf_signature(signature, context, key_usage_settings=SEALING).trusted)


def name_of(certificate: Certificate) -> str:
    """Return the common name and the organisation of a certificate's holder."""
    subject: dict[str, Any] = certificate.subject.native
    parts = [subject.get("common_name"), subject.get("organization_name")]
    return ", ".join(" ".join(str(part).split()) for part in dict.fromkeys(parts) if part)


def fingerprint_of_key(key_file: Path, password: str) -> str:
    """Return the fingerprint of the certificate in a PKCS#12 file; "" if there is none or it cannot be read."""
    if not key_file.is_file():
        return ""
    signer = SimpleSigner.load_pkcs12(str(key_file), passphrase=password.encode() or None)  # type: ignore[no-untyped-call]
    return signer.signing_cert.sha256.hex() if signer and signer.signing_cert else ""


def read_roots(content: bytes) -> tuple[bytes, ...]:
    """Return the certificates of a PEM file, as DER. Raise ValueError if it is no PEM file."""
    return tuple(der for kind, _headers, der in pem.unarmor(content, multiple=True) if kind == "CERTIFICATE")


def ends_of_revisions(content: bytes) -> list[int]:
    """Return where the file may have ended before something was appended: after each end-of-file mark."""
    ends: list[int] = []
    at = content.find(b"%%EOF")
    while at >= 0 and len(ends) < 30:
        ends += [at + 5 + len(end) for end in (b"", b"\n", b"\r\n") if content.startswith(end, at + 5)]
        at = content.find(b"%%EOF", at + 5)
    return ends


def contains_revision(content: bytes, sha256: str) -> bool:
    """Return whether the file begins with an earlier file of that hash, to which the seal was appended."""
    return any(hashlib.sha256(content[:end]).hexdigest() == sha256 for end in ends_of_revisions(content))
