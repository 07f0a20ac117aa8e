"""The electronic seal of the secretariat on a finished PDF: a PAdES signature in an invisible field.

The field is invisible because a visible one needs a structure element of its own (PDF/UA-1, 7.18.4) and an appearance
whose fonts are embedded (PDF/A-3, ISO 19005-3, 6.2.11.4.1); pyHanko writes neither.
"""

import datetime
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper

from reports.document.problem import Problem, gettext_noop

FIELD = "Seal"
DEMO_NAME = "DEMONSTRATION seal, of nobody"
DEMO_YEARS = 20


def seal(pdf: bytes, key_file: Path, password: str, timestamp_url: str = "") -> bytes:
    """Return the PDF with a seal appended; the bytes that were rendered stay as they are.

    `key_file` is a PKCS#12 file with key and certificate. With `timestamp_url` that authority adds the time (RFC 3161).
    Raise Problem when the key cannot be used or the authority does not answer.
    """
    signer = signers.SimpleSigner.load_pkcs12(str(key_file), passphrase=password.encode() or None)  # type: ignore[no-untyped-call]
    if signer is None:
        raise Problem(
            gettext_noop(
                "The key of the seal could not be read. The person who runs the portal should check SEAL_FILE."
            )
        )
    stamper = HTTPTimeStamper(timestamp_url) if timestamp_url else None
    meta = PdfSignatureMetadata(
        field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256", reason="Published record"
    )
    sign = PdfSigner(meta, signer=signer, timestamper=stamper, new_field_spec=SigFieldSpec(FIELD)).sign_pdf
    try:
        sealed = run_in_thread(sign, IncrementalPdfFileWriter(io.BytesIO(pdf)))
    except (PdfError, OSError) as error:
        raise Problem(
            gettext_noop("The record could not be sealed (%(reason)s). Nothing was published. Try again."),
            reason=str(error),
        ) from error
    return bytes(sealed.getbuffer())


def run_in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Call `work` in a new thread: pyHanko starts an event loop, and a thread that runs one already refuses another."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *arguments).result()


def make_demo_key(file: Path) -> None:
    """Write a PKCS#12 file with a new key and a certificate whose name says that it is a demonstration."""
    key = rsa.generate_private_key(65537, 3072)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)])
    now = datetime.datetime.now(datetime.UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=365 * DEMO_YEARS))
        .add_extension(x509.BasicConstraints(False, None), True)
        .add_extension(usage, True)
        .sign(key, hashes.SHA256())
    )
    content = serialization.pkcs12.serialize_key_and_certificates(
        DEMO_NAME.encode(), key, certificate, None, serialization.NoEncryption()
    )
    file.touch(0o600)
    file.write_bytes(content)
