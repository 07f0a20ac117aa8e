"""Make small PDFs for the tests of their reader, and show what was read in a short form."""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from reports.document.inline import Run
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.pdf_text import flow_of
from reports.writers.pdf_fonts import FontFetcher

FACES = """
@font-face { font-family: "Test"; src: url(bundled:SourceSerif4-Regular.ttf) }
@font-face { font-family: "Test"; src: url(bundled:SourceSerif4-Bold.ttf); font-weight: 700 }
@font-face { font-family: "Test"; src: url(bundled:SourceSerif4-It.ttf); font-style: italic }
@font-face { font-family: "Test"; src: url(bundled:SourceSerif4-BoldIt.ttf); font-weight: 700; font-style: italic }
@page { size: A5; margin: 20mm }
html { font: 11pt/1.3 "Test"; hyphens: manual }
p { margin: 0 0 6pt }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
td, th { border: .5pt solid; padding: 3pt; vertical-align: top; text-align: left; font-weight: 400 }
"""
BOLD, ITALIC = "F2", "F3"


def printed(body: str, css: str = "", *, tagged: bool = False) -> bytes:
    """Return a PDF of HTML by WeasyPrint."""
    fonts = FontConfiguration()
    sheet = CSS(string=FACES + css, font_config=fonts, url_fetcher=FontFetcher())
    page = f'<html lang="en"><head><title>Test</title></head><body>{body}</body></html>'
    options = {"pdf_variant": "pdf/ua-1"} if tagged else {}
    return HTML(string=page).write_pdf(stylesheets=[sheet], font_config=fonts, **options)


def text(x: float, y: float, words: str, *, font: str = "F1", size: float = 11, mark: str = "") -> str:
    """Return the operators that show words at a place. `mark` is what comes before BDC: "/P <</MCID 0>>"."""
    literal = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    shown = f"BT /{font} {size} Tf {x} {y} Td ({literal}) Tj ET"
    return f"{mark} BDC {shown} EMC" if mark else shown


def marked(number: int, role: str = "P") -> str:
    return f"/{role} <</MCID {number}>>"


ARTIFACT = "/Artifact <</Type /Pagination>>"


def drawn(*pages: Sequence[str], finish: Any = None, **saving: Any) -> bytes:
    """Return a PDF whose pages hold these operators. `finish(pdf)` changes it before it is saved."""
    pdf = pikepdf.new()
    fonts = pikepdf.Dictionary(
        {
            f"/F{number}": pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name(f"/{name}"),
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
            for number, name in enumerate(("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"), 1)
        }
    )
    for operators in pages:
        page = pdf.add_blank_page(page_size=(420, 595))
        page.Resources = pikepdf.Dictionary(Font=fonts)
        page.Contents = pdf.make_stream("\n".join(operators).encode("cp1252"))
    if finish:
        finish(pdf)
    target = io.BytesIO()
    pdf.save(target, **saving)
    return target.getvalue()


Kid = tuple[str, Any] | tuple[str, Any, dict[str, Any]] | tuple[int, int]


def with_tree(*kids: Kid, roles: dict[str, str] | None = None) -> Any:
    """Return a `finish` that adds a structure tree.

    An element is (type, kids) or (type, kids, attributes), content is (page, number).
    """

    def element(pdf: pikepdf.Pdf, kid: Kid) -> Any:
        if isinstance(kid[0], int):
            page, number = kid
            return pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=pdf.pages[page - 1].obj, MCID=number)
        role, inner, *attributes = kid
        made = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{role}"))
        made.K = pikepdf.Array([element(pdf, one) for one in inner])
        if attributes:
            made.A = pikepdf.Dictionary({f"/{name}": value for name, value in attributes[0].items()})
        return pdf.make_indirect(made)

    def finish(pdf: pikepdf.Pdf) -> None:
        root = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
        root.K = pikepdf.Array([element(pdf, ("Document", kids))])
        root.RoleMap = pikepdf.Dictionary({f"/{own}": pikepdf.Name(f"/{to}") for own, to in (roles or {}).items()})
        pdf.Root.StructTreeRoot = pdf.make_indirect(root)
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)

    return finish


def read(data: bytes) -> list[str]:
    return shown(flow_of(data))


def shown(flow: Flow) -> list[str]:
    """Return each paragraph as one line: its kind, its cell, its level and mark, and its text with styles."""
    return [_shown(paragraph) for paragraph in flow.paragraphs]


def _shown(paragraph: FlowParagraph) -> str:
    cell = paragraph.cell
    place = f"[{cell.table}.{cell.row}.{cell.column}{'h' * cell.is_heading}]" if cell else ""
    item = f"{paragraph.list_kind}{paragraph.level}{paragraph.mark}" if paragraph.level else ""
    kind = "" if paragraph.kind == "body" else f"({paragraph.kind})"
    words = "".join(map(_styled, paragraph.runs))
    return " ".join(filter(None, (kind, place, item, words)))


def _styled(run: Run) -> str:
    names = ["b"] * run.strong + ["i"] * run.em + [run.raised] * bool(run.raised) + [run.href] * bool(run.href)
    return f"<{' '.join(names)}|{run.text}>" if names else run.text
