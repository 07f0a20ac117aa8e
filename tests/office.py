"""Files as LibreOffice saves them."""

import shutil
import subprocess
from pathlib import Path

import pytest


def saved_by_libreoffice(path: Path, suffix: str) -> bytes:
    """Return a file as LibreOffice saves it in another format; skip the test where there is no LibreOffice.

    `suffix` may name a filter: "txt:Text (encoded):UTF8".
    """
    return all_saved_by_libreoffice([path], suffix)[0]


def all_saved_by_libreoffice(paths: list[Path], suffix: str) -> list[bytes]:
    """Do the same for files of one folder. LibreOffice starts once, which takes a second."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("there is no LibreOffice (apt-get install libreoffice-writer-nogui)")
    parent = paths[0].parent
    profile = f"-env:UserInstallation={(parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(parent / "saved")]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    ending = f".{suffix.partition(':')[0]}"
    return [(parent / "saved" / path.with_suffix(ending).name).read_bytes() for path in paths]
