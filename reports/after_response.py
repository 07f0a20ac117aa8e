"""Work that waits until the answer has been sent, so that the time of the answer does not tell what the work was."""

import contextvars
import logging
import threading
from collections.abc import Callable

from django.core.signals import request_finished
from django.dispatch import receiver

logger = logging.getLogger(__name__)
waiting = threading.local()


def call_later(work: Callable[[], None]) -> None:
    """Call `work` when the present request is finished; an error of it is only logged.

    Its context is the present one, so that the audit trail names the address and the id of the request.
    """
    context = contextvars.copy_context()
    waiting.__dict__.setdefault("works", []).append(lambda: context.run(work))


@receiver(request_finished)
def call_waiting(**kwargs: object) -> None:
    works, waiting.works = waiting.__dict__.get("works", []), []
    for work in works:
        try:
            work()
        except Exception:
            logger.exception("What was left for after the answer has failed.")
