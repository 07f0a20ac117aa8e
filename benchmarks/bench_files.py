"""Writing the official PDF and reading a form in every format, compared with reading the text file of the same form."""

from functools import partial
from pathlib import Path

from benchmarks.ratio import compare

ENDINGS = ("docx", "odt", "rtf", "html")
PROGRAMS = ("LibreOffice", "WeasyPrint", "Chromium")
FORMS = Path(__file__).resolve().parents[1] / "tests" / "forms"


def run() -> None:
    from reports import readers, writers
    from tests.blank_forms import expected

    def read(name: str, year: int) -> readers.ReadResult:
        return readers.read((FORMS / name).read_bytes(), name, expected(year, "LU"))

    by_goal, by_target = read("marks-2014.txt", 2014).document, read("pages-2013.txt", 2013).document
    compare(
        {
            "reading a form by goal": lambda: read("marks-2014.txt", 2014),
            "reading a form by target, out of a PDF's text": lambda: read("pages-2013.txt", 2013),
            "the report's JSON out and in": lambda: type(by_goal).from_json(by_goal.canonical()),
            "the official PDF by goal": lambda: writers.write(by_goal, ".pdf"),
            "the official PDF by target": lambda: writers.write(by_target, ".pdf"),
        },
        rounds=7,
    )
    # Each of these is read in a process of its own, whose start is part of the time.
    files = {"a text file": "luxembourg-{}.txt"} | {ending: f"luxembourg-{{}}.{ending}" for ending in ENDINGS}
    files |= {f"PDF of {program}": f"{program.lower()}-luxembourg-{{}}.pdf" for program in PROGRAMS}
    for year in (2014, 2013):
        compare({f"{what}, {year}": partial(read, name.format(year), year) for what, name in files.items()}, rounds=7)
