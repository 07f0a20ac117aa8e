"""Runs work that may need any amount of memory and time in a process of its own, under limits that the system keeps.

A fork server is started once in each process that prints. It has imported the writers, and holds neither a database
connection nor a thread, so it can be forked safely, which a web process with threads cannot. Each piece of work gets a
new fork: the memory that it took goes back to the system when it ends, and its end does not touch the caller.
"""

import multiprocessing
import os
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from reports.document.problem import Problem, gettext_noop

MEGABYTE = 1024 * 1024
# RLIMIT_AS counts addresses, some 250 MB more than the memory that is used.
MEMORY = 1_500 * MEGABYTE
SECONDS = 120
PRELOADED = ["reports.writers.preload"]
# One at a time in each process: the processors are there for the people who write.
_ONE = threading.BoundedSemaphore(1)

REASONS = {
    "busy": gettext_noop("Other PDFs are being made at the moment. Try again in a few minutes."),
    "memory": gettext_noop(
        "This report is too large to be printed: it needs more memory than the portal gives to one PDF. Shorten its "
        "longest texts, or ask the secretariat."
    ),
    "time": gettext_noop(
        "This report is too large to be printed: it takes longer than the portal gives to one PDF. Shorten its "
        "longest texts, or ask the secretariat."
    ),
    "trouble": gettext_noop("The PDF could not be made because of an error in the portal, which has been recorded."),
}


class NotMade(Problem):
    """The work took too much memory or time, or failed. `kind` is a key of REASONS."""

    def __init__(self, kind: str) -> None:
        super().__init__(REASONS[kind])
        self.kind = kind


def run(work: Callable[..., bytes], *arguments: Any, memory: int = MEMORY, seconds: int = SECONDS) -> bytes:
    """Return `work(*arguments)`, carried out in another process. `memory` is in bytes.

    The function is found by its name, and arguments and result are pickled. Raise the Problem that `work` raises, or
    NotMade.
    """
    if not _ONE.acquire(timeout=seconds):
        raise NotMade("busy")
    try:
        kind, answer = _in_child(work, arguments, memory, seconds)
    finally:
        _ONE.release()
    if isinstance(answer, Problem):
        raise answer
    if not isinstance(answer, bytes):
        raise NotMade(kind)
    return answer


def _in_child(work: Callable[..., bytes], arguments: tuple[Any, ...], memory: int, seconds: int) -> tuple[str, Any]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    reading, writing = context.Pipe(duplex=False)
    process = context.Process(target=_bounded, args=(writing, memory, seconds, work, arguments), daemon=True)
    process.start()
    writing.close()  # else the end of the other process would not be seen here
    try:
        answer: tuple[str, Any] = reading.recv() if reading.poll(seconds + 5) else ("time", None)
    except EOFError:  # it is gone without an answer: C code that gets no memory aborts
        process.join(5)
        answer = ("time" if process.exitcode in (-signal.SIGXCPU, -signal.SIGALRM) else "memory", None)
    finally:
        process.kill()
        process.join()
        reading.close()
        process.close()
    return answer


def _bounded(writing: Connection, memory: int, seconds: int, work: Callable[..., bytes], arguments: Any) -> None:
    for number in (signal.SIGXCPU, signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds)  # for work that waits and uses no processor, also when its caller is gone
    answer: tuple[str, Any]
    try:
        answer = ("done", work(*arguments))
    except Problem as problem:
        answer = ("refused", problem)
    except MemoryError:
        answer = ("memory", None)
    except BaseException:  # WeasyPrint has errors that are no Exception
        traceback.print_exc()  # this process has no log of its own
        answer = ("trouble", None)
    writing.send(answer)
    writing.close()
    os._exit(0)  # the caller's files and connections are not this process's to close
