"""Extract the report's data from a PDF of the portal.

A PDF can be made to need any amount of memory and time: this is called in a process of its own (reports/apart.py).
"""

import io
import zlib
from dataclasses import dataclass
from typing import Any

import pikepdf

LARGEST = 2_000_000  # bytes, a hundred times what the longest real report has


class Refused(Exception):
    """The reason is a key of REFUSALS in readers/pdf.py, or "no-data" for a PDF that the portal has not made."""


@dataclass(frozen=True)
class Attachment:
    """The attached data; the PDF's identifier and the MD5 that the PDF gives for the data, in hexadecimal."""

    data: bytes
    identifier: str
    md5: str


def extract(content: bytes, name: str) -> Attachment:
    """Return the file called `name` that is attached to a PDF. Raise Refused."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True, attempt_recovery=False) as pdf:
            spec = next((one for one in pdf.Root.get("/AF", []) if str(one.get("/UF", "")) == name), None)
            if spec is None:
                raise Refused("no-data")
            stream = spec.EF.F
            identifier = bytes(pdf.trailer.ID[0]).hex()
            md5 = bytes(stream.Params.CheckSum).hex()
            return Attachment(decompress(stream, LARGEST), identifier, md5)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    except (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, RuntimeError) as error:
        raise Refused("broken") from error


def decompress(stream: Any, limit: int) -> bytes:
    """Return the stream's data. Raise Refused if there is more than `limit`, whatever length the stream declares."""
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
    return isinstance(value, pikepdf.Array)
