"""The seal with a time stamp, from a test authority that speaks the real protocol (RFC 3161)."""

import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from reports.document.problem import Problem
from reports.writers import pdf, pdf_seal, pdf_seal_check
from tests.writers import samples


def test_a_time_stamped_seal_has_the_time_of_its_authority(authority, demo_key):
    """Whether such a file passes both standards, test_pdf_record.py asks together with all others."""
    url, asked = authority
    sealed = pdf_seal.seal(pdf.write(samples.by_target(undertaken_1="--")), demo_key, "", url)
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    assert asked
    added = [attribute["type"].native for attribute in signature.signer_info["unsigned_attrs"]]
    assert "signature_time_stamp_token" in added
    assert pdf_seal_check.examine(sealed, pdf_seal_check.Trust()).standing == "demonstration"


def test_an_unreachable_authority_raises_a_problem(demo_key):
    with pytest.raises(Problem, match="Nothing was published"):
        pdf_seal.seal(pdf.write(samples.by_target()), demo_key, "", "http://127.0.0.1:9/")
