"""Files under MEDIA_ROOT: written at once, and compared with their hash before they are sent."""

import hashlib
import os
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it, and that a power failure afterwards does not take it.

    The database keeps its row through a power failure, and a sealed record cannot be made a second time. Raise OSError,
    and leave no part of the file, if the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names of a folder written to the disk. Some network drives cannot do it, and need not."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def has_hash(path: Path, sha256: str) -> bool:
    """Return whether the file is there and has this hash. It is read again only when it has changed."""
    try:
        status = path.stat()
    except OSError:
        return False
    # The time of the last change of the inode: unlike that of the content, no program sets it.
    return hash_of(path, status.st_ino, status.st_ctime_ns, status.st_size) == sha256


@lru_cache(maxsize=5000)
def hash_of(path: Path, *version: int) -> str:
    """Return the SHA-256 of a file; "" if it cannot be read. `version` tells one state of the file from another."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
