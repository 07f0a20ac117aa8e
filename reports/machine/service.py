"""What every service of translation does, and one request to it: bounded in time and in size, errors in words."""

import json
import logging
import time
from collections.abc import Sequence
from typing import Any, NoReturn, Protocol

import requests
from requests.auth import AuthBase

from reports.document.problem import Problem, gettext_noop

logger = logging.getLogger(__name__)
MOST_PASSAGES = 50  # in one request: the limit of DeepL
MOST_BYTES = 100_000  # of the passages in one request: DeepL takes 128 KiB with everything around them
MOST_ANSWERED = 2_000_000  # bytes
CONNECT, READ, WHOLE = 5, 15, 25  # seconds: for the connection, between two pieces, for everything

SILENT = gettext_noop(
    "%(service)s does not answer now. Nothing was lost. Try again later, or translate the text yourself."
)
REFUSED = gettext_noop(
    "%(service)s does not accept the key of this portal. Nothing was lost. Tell the secretariat, and translate the "
    "text yourself for now."
)
USED_UP = gettext_noop(
    "This portal has used up what %(service)s translates for it. Nothing was lost. Try again later, or translate "
    "the text yourself."
)
NOT_TAKEN = gettext_noop(
    "%(service)s does not translate this text, perhaps because of its language. Nothing was lost. Translate the "
    "text yourself."
)
NOT_READABLE = gettext_noop(
    "The portal cannot read the answer of %(service)s. Nothing was lost. Tell the secretariat, and translate the "
    "text yourself for now."
)
REASONS = {401: REFUSED, 403: REFUSED, 429: USED_UP, 456: USED_UP, 400: NOT_TAKEN, 413: NOT_TAKEN}


class Service(Protocol):
    """`name` is what pages call it."""

    name: str

    def ask(self, passages: Sequence[str], source: str, into: str, *, deliver_to: str) -> list[str] | None:
        """Send passages (HTML, in the language `source`) and return them in the language `into`, in the same order.

        Return None from a service that sends them to the address `deliver_to` later. Raise Problem.
        """

    def read(self, delivery: bytes) -> list[str]:
        """Return the passages that the service sent later. Raise Problem."""


def fitting(passages: Sequence[str]) -> list[int]:
    """Return the places of the first passages that fit into one request. One that is too long alone is left out."""
    found: list[int] = []
    left = MOST_BYTES
    for place, passage in enumerate(passages):
        size = len(json.dumps(passage))  # as it is sent: a letter may take six bytes
        if size <= left and len(found) < MOST_PASSAGES:
            found.append(place)
            left -= size
        elif size <= MOST_BYTES:
            break
    return found


def post_json(url: str, content: dict[str, Any], *, auth: AuthBase, service: str) -> Any:
    """Post JSON and return the answer's JSON. Follow no redirect: the text goes to no other address. Raise Problem."""
    until = time.monotonic() + WHOLE
    try:
        with requests.post(
            url, json=content, auth=auth, timeout=(CONNECT, READ), stream=True, allow_redirects=False
        ) as answer:
            if answer.status_code != requests.codes.ok:
                fail(service, REASONS.get(answer.status_code, SILENT), f"status {answer.status_code}")
            return json.loads(received(answer, until, service))
    except requests.RequestException as error:
        fail(service, SILENT, type(error).__name__)
    except ValueError as error:
        if isinstance(error, Problem):
            raise
        fail(service, NOT_READABLE, type(error).__name__)


def received(answer: requests.Response, until: float, service: str) -> bytes:
    """Return the body of an answer. Raise Problem for one that is too long, or takes too long."""
    body = b""
    for piece in answer.iter_content(64 * 1024):
        body += piece
        if len(body) > MOST_ANSWERED:
            fail(service, NOT_READABLE, "too long")
        if time.monotonic() > until:
            fail(service, SILENT, "too slow")
    return body


def fail(service: str, message: str, reason: str) -> NoReturn:
    """Log why a service gave no draft, without any text of a report, and raise Problem."""
    logger.warning("%s gave no draft: %s", service, reason)
    raise Problem(message, service=service)


def checked(answers: Sequence[object], passages: int, service: str) -> list[str]:
    """Return the answers if each is a text and there is one for each passage. Raise Problem."""
    texts = [answer for answer in answers if isinstance(answer, str)]
    if len(texts) != len(answers) or len(texts) != passages:
        fail(service, NOT_READABLE, "other passages")
    return texts
