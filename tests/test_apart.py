"""A print in a process of its own: what it may take, and what is left of it when it takes more."""

import os
import signal
from dataclasses import replace

import pytest

from reports import apart
from reports.apart import MEGABYTE, PRINTING, NotDone
from reports.document.problem import Problem
from reports.writers import write_pdf_apart
from tests.writers import samples


def answer() -> bytes:
    return f"{os.getpid()}".encode()


def endless() -> bytes:
    while True:
        pass


def asleep() -> bytes:
    signal.pause()
    return b""


def huge() -> bytes:
    return b"x" * (900 * MEGABYTE)


def broken() -> bytes:
    raise SystemError("broken")


def killed() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def refused() -> bytes:
    raise Problem("There are %(count)s of them.", count=3)


def test_the_work_is_done_in_another_process():
    assert apart.run(PRINTING, answer) != apart.run(PRINTING, answer) != f"{os.getpid()}".encode()


@pytest.mark.parametrize(
    ("work", "limits", "kind"),
    [
        (endless, {"seconds": 1}, "time"),
        (asleep, {"seconds": 1}, "time"),
        (huge, {"memory": 600 * MEGABYTE}, "memory"),
        (killed, {}, "memory"),
        (broken, {}, "trouble"),
    ],
)
def test_what_takes_too_much_ends_and_the_next_work_is_done(work, limits, kind):
    with pytest.raises(NotDone) as told:
        apart.run(replace(PRINTING, **limits), work)
    assert told.value.kind == kind
    assert apart.run(PRINTING, answer)


def test_a_problem_comes_back_with_its_words():
    with pytest.raises(Problem, match=r"There are 3 of them\."):
        apart.run(PRINTING, refused)


def test_a_document_is_printed_in_another_process():
    assert write_pdf_apart(samples.by_goal().canonical(), {"form_language": "nl"}).startswith(b"%PDF")


def test_a_document_that_needs_too_much_is_not_printed(monkeypatch):
    monkeypatch.setattr(apart, "PRINTING", replace(PRINTING, memory=60 * MEGABYTE))
    with pytest.raises(NotDone) as told:
        write_pdf_apart(samples.by_goal().canonical(), {})
    assert told.value.kind in ("memory", "trouble")
