"""Writing the official PDF and reading a form, compared with writing the JSON of the same report."""

from pathlib import Path

from benchmarks.ratio import compare

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
