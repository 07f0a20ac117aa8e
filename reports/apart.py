"""Runs work that may need any amount of memory and time in a process of its own, under limits that the system keeps.

A fork server is started once in each process that prints or reads files. It has imported what that needs, and holds
neither a database connection nor a thread, so it can be forked safely, which a web process with threads cannot. Each
piece of work gets a new fork: the memory that it took goes back to the system when it ends, and its end does not touch
the caller.
"""

import multiprocessing
import os
import resource
import signal
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from reports.document.problem import Problem, gettext_noop

MEGABYTE = 1024 * 1024
PRELOADED = ["reports.preload"]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Purpose:
    """What one kind of work may take, and the message for each way in which that does not suffice.

    `memory` is in bytes of addresses (RLIMIT_AS), some 250 MB more than the memory that is used. The semaphore lets one
    piece of work at a time run in each process: the processors are there for the people who write.
    """

    memory: int
    seconds: int
    reasons: Mapping[str, str]
    one_at_a_time: threading.BoundedSemaphore = field(default_factory=threading.BoundedSemaphore)


PRINTING = Purpose(
    memory=1_500 * MEGABYTE,
    seconds=120,
    reasons={
        "busy": gettext_noop("Other PDFs are being made at the moment. Try again in a few minutes."),
        "memory": gettext_noop(
            "This report is too large to be printed: it needs more memory than the portal gives to one PDF. Shorten "
            "its longest texts, or ask the secretariat."
        ),
        "time": gettext_noop(
            "This report is too large to be printed: it takes longer than the portal gives to one PDF. Shorten its "
            "longest texts, or ask the secretariat."
        ),
        "trouble": gettext_noop(
            "The PDF could not be made because of an error in the portal, which has been recorded."
        ),
    },
)
# All countries in one file.
PRINTING_ALL = replace(PRINTING, memory=2 * PRINTING.memory, seconds=2 * PRINTING.seconds)
_TOO_LARGE = gettext_noop("The contents of this file are far larger than any report. It was not read.")
READING = Purpose(
    memory=900 * MEGABYTE,
    seconds=30,
    reasons={
        "busy": gettext_noop("Other files are being read at the moment. Try again in a minute."),
        "memory": _TOO_LARGE,
        "time": _TOO_LARGE,
        "trouble": gettext_noop(
            "This file could not be read because of an error in the portal, which has been recorded. Save the form as "
            "another kind of file, such as plain text (.txt), and upload that."
        ),
    },
)
# A file that comes home from a translation service.
READING_XLIFF = replace(
    READING,
    reasons={
        **READING.reasons,
        "trouble": gettext_noop(
            "This file could not be read because of an error in the portal, which has been recorded. Nothing was saved."
        ),
    },
)


class NotDone(Problem):
    """The work took too much memory or time, or failed. `kind` is a key of the purpose's reasons."""

    def __init__(self, purpose: Purpose, kind: str) -> None:
        super().__init__(purpose.reasons[kind])
        self.kind = kind


def run(purpose: Purpose, work: Callable[..., Result], *arguments: Any) -> Result:
    """Return `work(*arguments)`, carried out in another process under the limits of its purpose.

    The function is found by its name, and arguments and result are pickled. Raise the Problem that `work` raises, or
    NotDone.
    """
    if not purpose.one_at_a_time.acquire(timeout=purpose.seconds):
        raise NotDone(purpose, "busy")
    try:
        kind, answer = _in_child(work, arguments, purpose.memory, purpose.seconds)
    finally:
        purpose.one_at_a_time.release()
    if kind == "refused":
        raise answer
    if kind != "done":
        raise NotDone(purpose, kind)
    result: Result = answer
    return result


def _in_child(work: Callable[..., Any], arguments: tuple[Any, ...], memory: int, seconds: int) -> tuple[str, Any]:
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


def _bounded(writing: Connection, memory: int, seconds: int, work: Callable[..., Any], arguments: Any) -> None:
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
