"""The seal with a time stamp, from a test authority that speaks the real protocol (RFC 3161)."""

import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper

from reports.document.problem import Problem
from reports.writers import pdf, pdf_seal, pdf_seal_check
from tests import vera
from tests.writers import samples


@pytest.fixture
def authority(demo_key):
    """Yield the address of an authority on this computer, and a list of the requests that it received."""
    own = SimpleSigner.load_pkcs12(str(demo_key))
    stamper = DummyTimeStamper(own.signing_cert, own.signing_key)
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(request)
            content = stamper.request_tsa_response(request).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def test_a_time_stamped_seal_passes_both_standards(authority, demo_key, tmp_path):
    vera.require()
    url, asked = authority
    sealed = pdf_seal.seal(pdf.write(samples.by_target(undertaken_1="--")), demo_key, "", url)
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    assert asked
    added = [attribute["type"].native for attribute in signature.signer_info["unsigned_attrs"]]
    assert "signature_time_stamp_token" in added
    assert pdf_seal_check.examine(sealed, pdf_seal_check.Trust()).standing == "demonstration"
    file = tmp_path / "stamped.pdf"
    file.write_bytes(sealed)
    assert all(standard.passes for standard in vera.check([file], tmp_path)[file.name].values())


def test_an_unreachable_authority_raises_a_problem(demo_key):
    with pytest.raises(Problem, match="Nothing was published"):
        pdf_seal.seal(pdf.write(samples.by_target()), demo_key, "", "http://127.0.0.1:9/")
