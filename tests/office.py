"""Files as LibreOffice saves them."""

import shutil
import subprocess
from pathlib import Path

import pytest


def saved_by_libreoffice(path: Path, suffix: str) -> bytes:
    """Return a file as LibreOffice saves it in another format; skip the test where there is no LibreOffice.

    `suffix` may name a filter: "txt:Text (encoded):UTF8".
    """
    program = shutil.which("soffice")
    if not program:
        pytest.skip("there is no LibreOffice (apt-get install libreoffice-writer-nogui)")
    folder = path.parent / "saved"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / path.with_suffix(f".{suffix.partition(':')[0]}").name).read_bytes()
