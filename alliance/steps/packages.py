"""The virtual environment in .venv, with exactly the packages of the lock files."""

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig

from alliance.steps.ground import PROJECT, PYTHON, VENV, Stop, check_disk, say, write_atomically

MEGABYTES = {"requirements.txt": 350, "requirements-test.txt": 1500}
OF_SYSTEM = f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
UNREACHABLE = re.compile(
    r"connection|resolve|resolution|unreachable|timed? ?out|dns error|max retries|error sending request|proxy", re.I
)
DISK_FULL = re.compile(r"no space left|disk quota exceeded", re.I)


def version_of_environment() -> str | None:
    """Return the version of .venv's Python, or None if there is none or it does not start."""
    try:
        ran = subprocess.run([PYTHON, "-c", "import sys; print(*sys.version_info[:3])"], capture_output=True, text=True)
    except OSError:
        return None
    return ran.stdout.strip() if ran.returncode == 0 else None


def works() -> bool:
    """Return whether .venv can be used: its Python is new enough, and it was completely created."""
    version = version_of_environment()
    if version is None or tuple(map(int, version.split()[:2])) < (3, 11):
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def interpreter() -> str:
    """Return the Python for .venv: this one, or the system's of the same version where that is faster.

    A Python that was compiled without optimisations, as pyenv does unless told, needs a tenth more processor time for
    everything. Distributions compile theirs with them.
    """
    is_fast = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    if is_fast or sys.executable.startswith("/usr/bin/") or not shutil.which(OF_SYSTEM):
        return sys.executable
    can_make = subprocess.run([OF_SYSTEM, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0
    return OF_SYSTEM if can_make else sys.executable


def make_environment() -> None:
    """Make .venv with the better Python, or with this one if that fails. Raise Stop."""
    for python in dict.fromkeys((interpreter(), sys.executable)):
        other = "" if python == sys.executable else f" with {python}, which is faster than this Python"
        say(f"Making .venv{other}")
        made = subprocess.run([python, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
        if made.returncode == 0:
            return
    give_up(made.stdout + made.stderr, "The virtual environment could not be made.")


def stamp_of(requirements: str) -> str:
    locked = (PROJECT / requirements).read_bytes()
    return hashlib.sha256(locked + (version_of_environment() or "").encode()).hexdigest()


def installed(requirements: str) -> bool:
    stamp = VENV / f".{requirements}.sha256"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == stamp_of(requirements)


def install(requirements: str) -> None:
    """Install a lock file with uv if there is one, or else with pip; do nothing if it is installed already."""
    if installed(requirements):
        return
    check_disk(MEGABYTES[requirements])
    if not works():
        make_environment()
    say(f"Installing the packages of {requirements}")
    locked = ["--require-hashes", "-r", requirements]
    options = ["-q", "--disable-pip-version-check", "--no-input", "--no-compile", "--retries", "2"]
    pip = [PYTHON, "-m", "pip", "install", *options, *locked]
    uv = shutil.which("uv")
    ran = None
    if uv:
        ran = subprocess.run(
            [uv, "pip", "install", "-q", "--python", PYTHON, *locked], cwd=PROJECT, capture_output=True
        )
    if ran is None or ran.returncode:  # pip may be configured with a mirror that uv does not know
        ran = subprocess.run(pip, cwd=PROJECT, capture_output=True)
    if ran.returncode:
        output = (ran.stdout + ran.stderr).decode(errors="replace")
        give_up(output, f"The packages of {requirements} could not be installed.")
    # On all processors, where the installer compiles on one. A file that only a newer Python reads is passed over.
    subprocess.run([PYTHON, "-m", "compileall", "-q", "-j", "0", VENV / "lib"], capture_output=True)
    write_atomically(VENV / f".{requirements}.sha256", stamp_of(requirements))


def give_up(output: str, otherwise: str) -> None:
    """Raise Stop with advice that fits the output of a program, or with `otherwise` and its last lines."""
    if DISK_FULL.search(output):
        raise Stop("The disk is full. Make room and start this again; what was installed is kept.")
    if "DO NOT MATCH THE HASHES" in output or "Hash mismatch" in output:
        raise Stop(
            "A package differs from the one this project was tested with, so nothing was installed. "
            "Start this again; if it stays, the index or a proxy between serves another file."
        )
    if UNREACHABLE.search(output):
        raise Stop(
            "The index of Python packages cannot be reached. Check the network (behind a proxy: set HTTPS_PROXY; "
            "with a mirror of your own: set PIP_INDEX_URL) and start this again."
        )
    last = "\n".join(f"    {line}" for line in output.strip().splitlines()[-8:])
    raise Stop(f"{otherwise} The last lines say why:\n{last}")
