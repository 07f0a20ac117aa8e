"""List the messages without a Dutch or French translation: `python -m tests.catalogues`. Changes no file."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

PROJECT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nl", "fr")
# Where messages are extracted from. makemessages would take the .txt files of fixtures/ for templates.
SOURCES = ("manage.py", "alliance", "reports", "templates", "static", "locale")
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def extracted(copy: Path) -> list[Path]:
    """Copy the project into a folder, run makemessages there and return the catalogues."""
    for name in SOURCES:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, copy / name)
        elif (PROJECT / name).exists():
            shutil.copy(PROJECT / name, copy / name)
    (copy / "locale").mkdir(exist_ok=True)
    environment = {**os.environ, "SECRET_KEY": "only-to-extract-messages"}
    for domain in ("django", "djangojs"):
        command = [sys.executable, "-W", "ignore", "manage.py", "makemessages", "-v", "0", "-d", domain]
        command += [part for language in LANGUAGES for part in ("-l", language)]
        ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
        if ran.returncode:
            raise SystemExit(f"The messages could not be extracted:\n{ran.stdout}{ran.stderr}")
    return sorted(copy.glob("locale/*/LC_MESSAGES/*.po"))


def faults(catalogue: Path) -> list[str]:
    """Return a line for each message of a catalogue that is not properly translated."""
    return [
        f"{fault}: “{entry.msgid}” ({entry.occurrences[0][0] if entry.occurrences else '?'})"
        for entry in polib.pofile(str(catalogue), encoding="utf-8")
        if not entry.obsolete and (fault := fault_of(entry))
    ]


def fault_of(entry: polib.POEntry) -> str:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        return "fuzzy"
    if not texts or not all(texts):
        return "not translated"
    # A singular may write its number as a word and so leave out the placeholder. None may be added.
    offered = set(PLACEHOLDERS.findall(entry.msgid + entry.msgid_plural))
    used = [set(PLACEHOLDERS.findall(text)) for text in texts]
    if not all(names <= offered for names in used) or used[-1] != offered:
        return "other placeholders than the English"
    return ""


def main() -> int:
    if not shutil.which("xgettext"):
        print("The catalogues were not checked: xgettext is missing (apt-get install gettext).")
        return 1
    complete = True
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for catalogue in extracted(copy):
            for fault in faults(catalogue):
                complete = False
                print(f"{catalogue.relative_to(copy)}: {fault}")
    print("The catalogues are complete." if complete else "The catalogues are not complete.")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
