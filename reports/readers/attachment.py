"""Extract the report's data from a PDF: `attachment.py NAME LIMIT`.

A PDF can be made to need any amount of memory and time, so this runs as a program of its own with little of both. It
reads the PDF from standard input and writes a line of JSON about it, then the attached file called NAME, which may be
up to LIMIT bytes long. It imports nothing of the portal.
"""

import io
import json
import resource
import sys
import zlib
from typing import Any

MEMORY = 768 * 1024 * 1024
SECONDS = 10


class Refused(Exception):
    """The reason is a key of REFUSALS in readers/pdf.py."""


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def extract(content: bytes, name: str, limit: int) -> tuple[dict[str, str], bytes]:
    """Return the PDF's identifier and the MD5 that it gives for the attachment, and the attachment. Raises Refused."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True, attempt_recovery=False) as pdf:
            spec = next((one for one in pdf.Root.get("/AF", []) if str(one.get("/UF", "")) == name), None)
            if spec is None:
                raise Refused("no-data")
            stream = spec.EF.F
            identifier = bytes(pdf.trailer.ID[0]).hex()
            md5 = bytes(stream.Params.CheckSum).hex()
            return {"identifier": identifier, "md5": md5}, decompress(stream, limit)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    except (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, RuntimeError) as error:
        raise Refused("broken") from error


def decompress(stream: Any, limit: int) -> bytes:
    """Return the stream's data. Raises Refused if there is more than `limit`, whatever length the stream declares."""
    filters = stream.get("/Filter", None)
    names = [] if filters is None else [str(filters)] if not is_array(filters) else [str(one) for one in filters]
    raw = bytes(stream.read_raw_bytes())
    if names == []:
        data = raw[: limit + 1]
    elif names == ["/FlateDecode"] and "/DecodeParms" not in stream:
        try:
            data = zlib.decompressobj().decompress(raw, limit + 1)
        except zlib.error as error:
            raise Refused("broken") from error
    else:
        raise Refused("broken")
    if len(data) > limit:
        raise Refused("too-large")
    return data


def is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def main() -> None:
    name, limit = sys.argv[1], int(sys.argv[2])
    limit_resources()
    try:
        about, data = extract(sys.stdin.buffer.read(), name, limit)
    except Refused as refusal:
        about, data = {"refused": str(refusal)}, b""
    except (MemoryError, RecursionError):
        about, data = {"refused": "too-large"}, b""
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + data)


if __name__ == "__main__":
    main()
