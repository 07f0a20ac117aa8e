"""System packages that the portal needs: installed with apt where that is allowed, otherwise named."""

import ctypes
import ctypes.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from alliance.steps.ground import Stop, say

NO_PDF = "PDF files cannot be made"
SLOW_PDF = "PDF files take twice as long to make"
SLOW_PAGES = "pages load more slowly, because their scripts are sent in many small files"
NO_BROWSER = "the journeys in a browser cannot run"
SLOW_BROWSER = "the journeys in a browser take twice as much processor time"
NO_OFFICE = "files as LibreOffice writes them cannot be tested"
NO_ITALICS = "the reading of slanted text in PDF files cannot be tested"
NO_GETTEXT = "the catalogues cannot be checked"
NO_JAVA = "the PDF files cannot be validated"
NO_SCHEMA = "the files for translation services cannot be validated"
NO_TYPES = "the types of the scripts cannot be checked"


FONTS = Path("/usr/share/fonts/truetype")
XLIFF = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas/xliff-core-1.2-strict.xsd")


@dataclass(frozen=True)
class Need:
    package: str
    without: str  # what does not work without the package
    found: Callable[[], bool]


def library(package: str, name: str, without: str) -> Need:
    def found() -> bool:
        if sys.platform != "linux":
            return ctypes.util.find_library(name.removeprefix("lib").split(".so")[0]) is not None
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return Need(package, without, found)


def program(package: str, names: Sequence[str], without: str) -> Need:
    return Need(package, without, lambda: any(shutil.which(name) for name in names))


def browser() -> Need:
    """Return the need of a browser without windows, which is the cheapest; another Chromium will do."""
    others = ("chromium", "chromium-browser", "google-chrome")
    without = SLOW_BROWSER if any(map(shutil.which, others)) else NO_BROWSER
    return program("chromium-headless-shell", ("chromium-headless-shell",), without)


TO_RUN = (
    library("libpango-1.0-0", "libpango-1.0.so.0", NO_PDF),
    library("libpangoft2-1.0-0", "libpangoft2-1.0.so.0", NO_PDF),
    library("libharfbuzz-subset0", "libharfbuzz-subset.so.0", SLOW_PDF),
    program("esbuild", ("esbuild",), SLOW_PAGES),
)
TO_TEST = (
    browser(),
    library("libatomic1", "libatomic.so.1", NO_BROWSER),  # for Playwright's own Node
    program("gettext", ("xgettext",), NO_GETTEXT),
    program("libreoffice-writer-nogui", ("soffice",), NO_OFFICE),
    Need("fonts-dejavu-extra", NO_ITALICS, lambda: (FONTS / "dejavu" / "DejaVuSans-Oblique.ttf").exists()),
    program("node-typescript", ("tsc",), NO_TYPES),
    program("default-jdk-headless", ("javac",), NO_JAVA),
    Need("libjaxb-java", NO_JAVA, lambda: Path("/usr/share/java/jaxb-runtime.jar").exists()),
    Need("php-symfony-translation", NO_SCHEMA, lambda: XLIFF.exists()),  # the only package with the schema
)


def can_make_environments() -> bool:
    # In a new process: this one does not see what apt has installed since it started.
    ran = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True)
    return ran.returncode == 0


def install_what_is_missing(*, tests: bool, venv: bool) -> None:
    """Install the missing packages, or say what does not work without them. Raise Stop only for python3-venv."""
    needs = [*TO_RUN, *(TO_TEST if tests else ())]
    missing = [need for need in needs if not need.found()]
    packages = [need.package for need in missing]
    if venv and not can_make_environments():
        packages.append("python3-venv")
    if not packages:
        return
    reason = apt_install(packages)
    if "python3-venv" in packages and not can_make_environments():
        raise Stop(
            "Python cannot make virtual environments here, because python3-venv is missing"
            f"{reason}. Install it (apt-get install python3-venv) and start this again."
        )
    missing = [need for need in missing if not need.found()]
    for without in dict.fromkeys(need.without for need in missing):
        names = [need.package for need in missing if need.without == without]
        lack = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} missing"
        say(f"Note: {without}, because {lack}{reason}. Everything else works. (apt-get install {' '.join(names)})")


def apt_install(packages: Sequence[str]) -> str:
    """Install packages with apt; return "", or why that failed, as the end of a sentence."""
    if not shutil.which("apt-get"):
        return " and this system has no apt-get"
    if os.geteuid() != 0:
        return " and only an administrator can install it"
    say("Installing " + " ".join(packages))
    ran = apt_get("install", *packages)
    if ran.returncode:  # the lists of packages may be old or missing
        apt_get("update")
        ran = apt_get("install", *packages)
    # apt installs nothing if it does not know one of the packages.
    unknown = re.findall(r"Unable to locate package (\S+)", ran.stderr)
    known = [package for package in packages if package not in unknown]
    if unknown and known:
        apt_get("install", *known)
    if ran.returncode == 0:
        return ""
    lines = [line for line in ran.stderr.splitlines() if line.startswith("E:")] or ["no reason given"]
    return f" and apt-get could not install it ({lines[0].removeprefix('E:').strip().rstrip('.')})"


def apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run apt-get without questions and return how it ended."""
    options = ["-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    command = ["apt-get", *options, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
