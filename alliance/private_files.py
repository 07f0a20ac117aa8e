"""Files of the portal that nobody else on the computer may read: data, keys and demo passwords."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

UMASK = 0o077  # of every process that writes files of the portal
OTHERS = 0o007


def make_private() -> None:
    """Take away what everybody else may do with files of an earlier version. A group keeps what it may do.

    Files of another owner stay as they are: only that owner can change them.
    """
    for path in paths():
        with suppress(OSError):
            mode = path.stat().st_mode & 0o7777
            if mode & OTHERS:
                path.chmod(mode & ~OTHERS)


def paths() -> Iterable[Path]:
    """Yield the files and folders. Nobody reaches what is in a folder that they may not enter."""
    from django.conf import settings

    base, database = Path(settings.BASE_DIR), settings.DATABASES["default"]
    yield from (base / ".secret-key", base / "demo-accounts.txt")
    yield from (Path(settings.SEAL_FILE), Path(settings.MEDIA_ROOT))
    if database["ENGINE"].endswith("sqlite3"):
        yield from (Path(f"{database['NAME']}{end}") for end in ("", "-wal", "-shm", "-journal"))


def set_umask() -> None:
    os.umask(UMASK)
