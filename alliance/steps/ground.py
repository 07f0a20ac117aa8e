"""What every step stands on: the project's folder, a word to the person, and a way to give up with a sentence."""

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = PROJECT / ".set-up.lock"
SECRET_KEY = PROJECT / ".secret-key"
ACCOUNTS = PROJECT / "demo-accounts.txt"
DATABASE = PROJECT / "portal.sqlite3"

STARTED = time.monotonic()


class Stop(Exception):
    """Set-up cannot go on. The message is one sentence that says what to do."""


def say(message: str) -> None:
    print(f"[{time.monotonic() - STARTED:3.0f} s] {message}", flush=True)


def check_folder() -> None:
    """Refuse a folder that cannot be written to, and leftovers of somebody else, before anything is begun."""
    for path in (PROJECT, VENV, LOCK, SECRET_KEY, ACCOUNTS, DATABASE):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            raise Stop(
                f"{path} cannot be written to by this user. Make it yours (chown), or start this as its owner, "
                "or take a copy of the project to a folder of your own."
            )


def check_disk(megabytes: int) -> None:
    free = shutil.disk_usage(PROJECT).free // 1_000_000
    if free < megabytes:
        raise Stop(
            f"The disk is nearly full: {free} MB are free in {PROJECT} and about {megabytes} MB are needed. "
            "Make room and start this again."
        )


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let two set-ups of one folder follow each other; the second then finds everything done."""
    try:
        import fcntl
    except ImportError:  # not a Unix: no lock, the steps themselves write each file whole
        yield
        return
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this folder; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that nobody ever sees half of it."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


def sentence_for(error: OSError) -> str | None:
    """What to say about an error of the system that nobody could foresee but everybody knows."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{where}. Make room and start this again; what was done is kept."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"This user may not write here{where}. Make the folder yours (chown) or copy it to one of your own."
    return None
