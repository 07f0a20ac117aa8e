"""Files under MEDIA_ROOT: written at once, and compared with their hash before they are sent."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


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
