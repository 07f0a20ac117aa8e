"""Takes the report's data out of a PDF. Runs as a program of its own, with little memory and time, since a PDF can be
made to need any amount of both: the PDF comes in on standard input, JSON about it and then the data go out.
"""

import io
import json
import resource
import sys
import zlib
from typing import Any

NAME = "report.json"
MEMORY = 768 * 1024 * 1024
SECONDS = 10
LARGEST = 2_000_000  # bytes of data, as of a file of its own (LARGEST_FILE of readers/__init__.py)


class Refused(Exception):
    """The reason is one of the keys of readers/pdf.py's sentences."""


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def take(content: bytes) -> tuple[dict[str, str], bytes]:
    """What the PDF says of its data (its own identifier, the data's MD5), and the data. Raises Refused."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True, attempt_recovery=False) as pdf:
            spec = next((one for one in pdf.Root.get("/AF", []) if str(one.get("/UF", "")) == NAME), None)
            if spec is None:
                raise Refused("no-data")
            stream = spec.EF.F
            identifier = bytes(pdf.trailer.ID[0]).hex()
            said = bytes(stream.Params.CheckSum).hex()
            return {"identifier": identifier, "md5": said}, unpacked(stream)
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    except (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, RuntimeError) as error:
        raise Refused("broken") from error


def unpacked(stream: Any) -> bytes:
    """The stream's data; never more than LARGEST, whatever it says of itself."""
    filters = stream.get("/Filter", None)
    names = [] if filters is None else [str(filters)] if not is_array(filters) else [str(one) for one in filters]
    raw = bytes(stream.read_raw_bytes())
    if names == []:
        data = raw[: LARGEST + 1]
    elif names == ["/FlateDecode"] and "/DecodeParms" not in stream:
        try:
            data = zlib.decompressobj().decompress(raw, LARGEST + 1)
        except zlib.error as error:
            raise Refused("broken") from error
    else:
        raise Refused("broken")
    if len(data) > LARGEST:
        raise Refused("too-large")
    return data


def is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def main() -> None:
    limit()
    try:
        about, data = take(sys.stdin.buffer.read())
    except Refused as refusal:
        about, data = {"refused": str(refusal)}, b""
    except (MemoryError, RecursionError):
        about, data = {"refused": "too-large"}, b""
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + data)


if __name__ == "__main__":
    main()
