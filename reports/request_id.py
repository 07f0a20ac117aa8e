"""The id of the request that is being answered: the log and the audit trail name it, and the error pages show it.

Rules do not see requests, so id and network address stand in a context variable while a request is answered. Outside
a request, as in a command, both are empty.
"""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

LETTERS = "234679CDFGHJKMNPQRTVWXYZ"  # letters and digits that are not confused on the telephone
REFUSED = range(400, 500)
# Links of e-mails: whoever has one chooses a password or confirms an address. The log is read by more people.
SECRET = re.compile(r"(/invitation/|/address/|/password/reset/key/[0-9A-Za-z]+-)[^/\s]+")


@dataclass(frozen=True)
class Origin:
    """The request's id, and the network address from which it came."""

    id: str = ""
    address: str = ""


NONE = Origin()
_current: ContextVar[Origin] = ContextVar("origin", default=NONE)


def current() -> Origin:
    return _current.get()


def new_id() -> str:
    """Return a new id such as "4CD-FGH-7KM": short enough to read out, and not used twice within a log's life."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(3)) for _ in range(3))


@contextmanager
def answering(address: str) -> Iterator[Origin]:
    """Give a new id to what happens inside."""
    token = _current.set(Origin(new_id(), address))
    try:
        yield _current.get()
    finally:
        _current.reset(token)


class LineFormatter(logging.Formatter):
    """Write a record without the secret part of a link, and its message on one line."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1…", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (its name in logging)
        """A path may contain a line break, with which somebody would write a line of their own into the log."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)


class AddRequestId(logging.Filter):
    """Add `request_id` to each record, "-" outside a request, and drop the traceback of a refusal.

    Django logs every refusal (400, 403, 404) with the traceback of the exception by which it was refused. Anybody can
    cause these, and nothing is broken.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.request_id = current().id or getattr(request, "request_id", "-")
        if getattr(record, "status_code", 0) in REFUSED:
            record.exc_info = record.exc_text = None
        return True
