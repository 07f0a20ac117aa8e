"""The id of the request that is being answered: the log and the audit trail name it, and the error pages show it.

Rules do not see requests, so id and network address stand in a context variable while a request is answered. Outside
a request, as in a command, both are empty.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

LETTERS = "234679CDFGHJKMNPQRTVWXYZ"  # letters and digits that are not confused on the telephone
REFUSED = range(400, 500)


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
