"""The official PDF, compared with Chromium's and LibreOffice's of the same form."""

import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.ratio import compare

FORM = Path(__file__).resolve().parents[1] / "tests" / "forms" / "marks-2014.txt"
COPIES = 10


def run() -> None:
    from playwright.sync_api import sync_playwright

    from reports import readers, writers
    from reports.writers import pdf
    from reports.writers.pdf_fonts import TEMPLATES
    from tests.blank_forms import expected
    from tests.browser import FLAGS, program

    document = readers.read(FORM.read_bytes(), FORM.name, expected(2014, "LU")).document
    page_html = pdf.html(document)
    ways = {"the official PDF, both standards, warm": lambda: writers.write(document, ".pdf")}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        page = browser.new_page()
        style = f"<style>{(TEMPLATES / 'official.css').read_text(encoding='utf-8')}</style>"

        def by_chromium() -> bytes:
            page.set_content(page_html.replace("</head>", f"{style}</head>"))
            return page.pdf(tagged=True, outline=True, prefer_css_page_size=True)

        medians = compare(ways | {"Chromium's page.pdf(), tagged, warm": by_chromium}, rounds=15)
        browser.close()
    share = 1 / medians["Chromium's page.pdf(), tagged, warm"]
    print(f"  {share:6.2f} ×  the official PDF as a part of Chromium's time")
    beside_office(page_html, ways["the official PDF, both standards, warm"])


def beside_office(page_html: str, official) -> None:
    """Compare with LibreOffice, which converts a Word file of the same form: once including its start, and once more in
    a program that is running."""
    if not (office := shutil.which("soffice")):
        print("  LibreOffice is not installed, so there is no comparison with it (Debian: libreoffice-writer-nogui).")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "form.html").write_text(page_html, encoding="utf-8")
        command = [office, "--headless", f"-env:UserInstallation={folder.as_uri()}/profile"]

        def convert(*files: Path, to: str, options: tuple[str, ...] = ()) -> float:
            begun = time.perf_counter()
            subprocess.run(
                [*command, *options, "--convert-to", to, "--outdir", folder, *files],
                check=True,
                capture_output=True,
                cwd=folder,
            )
            return time.perf_counter() - begun

        convert(
            folder / "form.html", to="docx:MS Word 2007 XML", options=("--infilter=HTML (StarWriter)",)
        )  # also creates its profile
        files = [folder / f"form-{number}.docx" for number in range(COPIES + 1)]
        for file in files:
            shutil.copy(folder / "form.docx", file)
        ours, cold, warm = [], [], []
        for _round in range(5):
            begun = time.perf_counter()
            official()
            ours.append(time.perf_counter() - begun)
            cold.append(convert(files[0], to="pdf"))
            warm.append((convert(*files, to="pdf") - cold[-1]) / COPIES)
        median = statistics.median(ours)
        for what, times in {"starting for one file": cold, "one more file while it runs": warm}.items():
            theirs = statistics.median(times)
            print(f"  {median / theirs:6.2f} ×  of LibreOffice, docx to PDF, {what} ({theirs * 1000:.0f} ms)")
