"""What all steps share: paths, messages to the person, and files that are written atomically."""

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
    """The set-up cannot continue. The message says what to do."""


def say(message: str) -> None:
    print(f"[{time.monotonic() - STARTED:3.0f} s] {message}", flush=True)


def check_folder() -> None:
    """Raise Stop before anything is changed if the folder, or a file that an earlier set-up left, is not writable."""
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
    """Run set-ups of one folder one after the other; the second then finds everything done."""
    try:
        import fcntl
    except ImportError:  # not a Unix: without a lock, which the steps survive because they write files atomically
        yield
        return
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is running in this folder; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file so that nobody ever sees a part of it."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


def sentence_for(error: OSError) -> str | None:
    """Return what a person should do about a common error of the system, or None for any other error."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{where}. Make room and start this again; what was done is kept."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"This user may not write here{where}. Make the folder yours (chown) or copy it to one of your own."
    return None
