"""The PDF as a record: both standards, the attached document, the same bytes everywhere, and nothing fetched."""

import hashlib
import importlib.metadata
import inspect
import io
import os
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest
from weasyprint import HTML
from weasyprint.layout import inline
from weasyprint.pdf import tags
from weasyprint.text import line_break

from reports.document.pdf_identity import LANGUAGES
from reports.document.tree import Document
from reports.writers import pdf, pdf_fonts, pdf_line_breaking, pdf_seal, pdf_tags
from tests import vera
from tests.seeds import SEEDS
from tests.writers import reading, samples

RICH = {"by-goal": samples.rich_by_goal(), "by-target": samples.rich_by_target()}
WRITE_ELSEWHERE = """
import hashlib
from reports.writers import pdf
from tests.writers import samples
for document in (samples.rich_by_goal(), samples.rich_by_target()):
    print(hashlib.sha256(pdf.write(document, translation="fr", mark="Draft")).hexdigest())
"""


def prints() -> dict[str, bytes]:
    """Return one PDF of each kind, by name."""
    files = {f"{layout}.pdf": pdf.write(document) for layout, document in RICH.items()}
    files["copy-by-goal.pdf"] = pdf.write(RICH["by-goal"], form_language="fr", translation="fr")
    files["draft-copy-by-target.pdf"] = pdf.write(RICH["by-target"], form_language="nl", translation="fr", mark="Draft")
    for language in LANGUAGES:
        for layout, whose in (("by-goal", "country"), ("by-target", "secretariat")):
            marked = samples.with_marks(layout, language, whose)
            name = f"marked-{layout}-{language}.pdf"
            files[name] = pdf.write(marked, form_language=language, translation=language)
    files["long-by-target.pdf"] = pdf.write(samples.by_target(undertaken_1=samples.long_text(8, 12)))
    all_of_form = [RICH["by-goal"], samples.by_goal(a_1_1="--")]
    files["all-countries.pdf"] = pdf.write_compilation(all_of_form, form_language="fr", translation="fr")
    files["all-countries-by-target.pdf"] = pdf.write_compilation([RICH["by-target"], samples.by_target()])
    files["strange-signs.pdf"] = pdf.write(samples.by_goal(a_1_1=samples.text(("ja", "<p>日本 \U0001f600</p>"))))
    files.update({f"tables-{layout}.pdf": pdf.write(samples.with_tables(layout)) for layout in RICH})
    files.update({f"sealed-{name}": sealed(files[name]) for name in ("by-goal.pdf", "by-target.pdf")})
    files.update({f"{path.stem}.pdf": pdf.write(samples.real_form(path)) for path in SEEDS})
    return files


def sealed(file: bytes) -> bytes:
    with TemporaryDirectory() as folder:
        key = Path(folder) / "demo.p12"
        pdf_seal.make_demo_key(key)
        return pdf_seal.seal(file, key, "")


def planted_faults() -> dict[str, bytes]:
    """Return files that violate one standard or the other."""
    file = pdf.write(samples.by_target(undertaken_1=samples.RICH["first"]))
    faults = {"no-title": b"", "item-without-body": b"", "no-metadata": b""}
    for name in faults:
        with pikepdf.open(io.BytesIO(file)) as opened:
            if name == "no-title":
                del opened.Root.ViewerPreferences
            elif name == "no-metadata":
                del opened.Root.Metadata
            else:
                bodies = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary)]
                next(item for item in bodies if item.get("/S") == "/LBody").S = pikepdf.Name.P
            target = io.BytesIO()
            opened.save(target)
            faults[name] = target.getvalue()
    return {f"fault-{name}.pdf": content for name, content in faults.items()}


def test_every_pdf_passes_both_standards(tmp_path, authority, demo_key):
    vera.require()
    files = {**prints(), **planted_faults()}
    url, _asked = authority
    files["time-stamped.pdf"] = pdf_seal.seal(files["by-goal.pdf"], demo_key, "", url)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    verdicts = vera.check([tmp_path / name for name in files], tmp_path)
    sound = {name: verdict for name, verdict in verdicts.items() if not name.startswith("fault-")}
    assert [name for name in files if name not in verdicts] == []
    assert {name: standard.broken for name in sound for standard in sound[name].values() if standard.broken} == {}
    assert all(standard.passes for verdict in sound.values() for standard in verdict.values())
    assert not verdicts["fault-no-title.pdf"]["ua1"].passes
    assert not verdicts["fault-item-without-body.pdf"]["ua1"].passes
    assert not verdicts["fault-no-metadata.pdf"]["3a"].passes


@pytest.mark.parametrize("layout", RICH)
def test_the_printed_document_is_attached(layout):
    with pikepdf.open(io.BytesIO(pdf.write(RICH[layout]))) as opened:
        assert list(opened.attachments) == ["report.json"]
        attached = opened.attachments["report.json"]
        assert attached.obj.AFRelationship == "/Source"
        data = attached.get_file().read_bytes()
    assert Document.from_json(data) == RICH[layout]


def test_the_file_has_no_date_and_no_author():
    file = pdf.write(RICH["by-goal"])
    with pikepdf.open(io.BytesIO(file)) as opened:
        assert set(opened.docinfo.keys()) == {"/Title", "/Producer"}
        assert b"Date" not in opened.Root.Metadata.read_bytes()


def test_other_processes_write_the_same_bytes():
    here = [pdf.write(document, translation="fr", mark="Draft") for document in RICH.values()]
    surroundings = [
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "LANG": "nl_BE.UTF-8", "PYTHONHASHSEED": "77"},
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE_ELSEWHERE],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(pdf_fonts.ROOT), **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        for environment in surroundings
    ]
    outputs = {process.communicate(timeout=120)[0] for process in running}
    assert len(outputs) == 1
    assert outputs.pop().split() == [hashlib.sha256(file).hexdigest() for file in here]


def test_threads_and_earlier_pdfs_change_nothing():
    expected = {layout: pdf.write(document) for layout, document in RICH.items()}
    found: list[tuple[str, bytes]] = []
    threads = [
        threading.Thread(target=lambda layout=layout: found.append((layout, pdf.write(RICH[layout]))))
        for layout in [*RICH, *RICH]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(file == expected[layout] for layout, file in found)


def test_each_option_changes_the_identifier():
    options = [{}, {"mark": "Draft"}, {"form_language": "fr"}, {"translation": "fr"}]
    identifiers = set()
    for option in options:
        with pikepdf.open(io.BytesIO(pdf.write(samples.by_target(), **option))) as opened:
            identifiers.add(bytes(opened.trailer.ID[0]))
    assert len(identifiers) == len(options)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1/", "https://example.org/", "ftp://example.org/", "data:text/plain,x",
     "bundled:../../manage.py", "bundled:/etc/passwd", "//etc/passwd"],
)  # fmt: skip
def test_no_fetcher_opens_a_file_or_a_connection(address):
    for fetcher in (pdf_fonts.NoFetcher(), pdf_fonts.FontFetcher()):
        with pytest.raises(ValueError, match="may not fetch"):
            fetcher(address)


def test_a_document_cannot_fetch_the_fonts():
    with pytest.raises(ValueError, match="may not fetch"):
        pdf_fonts.NoFetcher()("bundled:SourceSerif4-Regular.ttf")


def test_unsafe_html_is_still_not_fetched(monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(pdf_fonts.NoFetcher, "fetch", lambda self, url, headers=None: asked.append(url) or 1 / 0)
    page = '<link rel="stylesheet" href="http://127.0.0.1/x.css"><p>Text <img alt="x" src="file:///etc/passwd"></p>'
    HTML(string=page, url_fetcher=pdf_fonts.NoFetcher()).write_pdf()
    assert asked == ["http://127.0.0.1/x.css", "file:///etc/passwd"]


def test_covered_characters_use_only_bundled_fonts():
    signs = [chr(point) for point in sorted(pdf_fonts.covered()) if chr(point).isprintable() and point > 32]
    words = "".join(f"{sign.replace('&', '&amp;').replace('<', '&lt;')} " for sign in signs)
    file = pdf.write(samples.by_goal(a_1_1=samples.text(("en", f"<p>{words}</p>"))))
    with pikepdf.open(io.BytesIO(file)) as opened:
        fonts = {str(font.BaseFont).split("+")[1] for font in opened.pages[0].Resources.Font.values()}
    assert fonts == {"Report-Serif", "Report-Serif-Bold", "Report-Serif-Bold-Italic", "Report-Sans"}


def test_weasyprint_has_the_functions_that_we_replace():
    """If this fails, a newer WeasyPrint corrects or moves them: see pdf_tags and pdf_line_breaking first."""
    assert importlib.metadata.version("weasyprint") == "70.0"
    assert line_break.split_first_line is inline.split_first_line is pdf_line_breaking.split_first_line_whole
    own = inspect.signature(pdf_line_breaking.split_first_line).parameters
    assert list(own) == list(inspect.signature(pdf_line_breaking.split_first_line_whole).parameters)
    assert tags._build_box_tree is pdf_tags._build_box_tree_with_sources


def test_a_line_before_a_link_is_filled():
    """Without the correction some of these lines break after their first word."""
    paragraphs = [
        f'<p>{"in " * count}{"i" * extra} <a href="https://www.example.org/">{"w" * 30}</a></p>'
        for count in range(24, 34)
        for extra in range(1, 9)
    ]
    pages = reading.pages(pdf.write(samples.by_goal(a_1_1=samples.text(("en", "".join(paragraphs))))))
    starts = [line for page in pages for line in page.splitlines() if line.startswith("in")]
    assert all(len(line) > 20 for line in starts)
