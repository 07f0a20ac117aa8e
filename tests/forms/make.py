"""Write the files of this folder: `python -m tests.forms.make`. Needs LibreOffice and Chromium.

The same two forms as Word files in several shapes, and from these what LibreOffice, WeasyPrint and Chromium make of
them. tests/readers/test_formats.py reads them all.
"""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from tests.forms import word
from tests.forms.documents import filled

FOLDER = Path(__file__).parent
NAMES = {2014: "luxembourg-2014", 2013: "luxembourg-2013"}


def main() -> None:
    for year, name in NAMES.items():
        for shape in ("layout", "boxes", "controls") if year == 2014 else ("layout",):
            stem = name if shape == "layout" else f"{shape}-{name}"
            (FOLDER / f"{stem}.docx").write_bytes(word.written(filled(year), shape))
        converted(FOLDER / f"{name}.docx", "odt", "rtf", "html", "pdf", "txt:Text (encoded):UTF8")
        (FOLDER / f"{name}.pdf").rename(FOLDER / f"libreoffice-{name}.pdf")
        print_web_page(FOLDER / f"{name}.html", name)


RULES = "<style>table { border-collapse: collapse } td { border: 0.5pt solid black }</style>"
FOOTER = re.compile(r'<div title="footer">.*?</div>', re.DOTALL)  # which a web page prints once, below its text


def converted(file: Path, *endings: str) -> None:
    """Convert a file with LibreOffice, into the folder in which it is."""
    for ending in endings:
        with tempfile.TemporaryDirectory() as profile:
            command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", ending]
            subprocess.run([*command, "--outdir", file.parent, file], check=True, capture_output=True)


def print_web_page(page: Path, name: str) -> None:
    """Print LibreOffice's web page as PDFs of two other programs."""
    from playwright.sync_api import sync_playwright
    from weasyprint import HTML

    from tests.browser import launched

    printed = FOOTER.sub("", page.read_text(encoding="utf-8")) + RULES
    HTML(string=printed).write_pdf(FOLDER / f"weasyprint-{name}.pdf")
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        opened = browser.new_page()
        opened.set_content(printed)
        opened.pdf(path=FOLDER / f"chromium-{name}.pdf", format="A4")
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance.settings")
    main()
