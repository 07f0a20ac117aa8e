"""Word files made of raw XML, as Word and other programs write them, and a flow in a few words."""

import io
import random
import zipfile
from collections.abc import Iterable, Iterator

from reports.document.inline import Run
from reports.document.problem import Problem
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.word import flow_of

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


def relations(kinds: dict[str, tuple[str, str]], base: str = RELATIONS) -> str:
    """Return the relations of a part: id -> (kind, target). A target with a colon is outside the file."""
    return (
        f'<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="{name}" Type="{base}/{kind}" Target="{target}"'
            + (' TargetMode="External"/>' if ":" in target else "/>")
            for name, (kind, target) in kinds.items()
        )
        + "</Relationships>"
    )


def content_types(main: str, parts: Iterable[str]) -> str:
    """Return the part without which LibreOffice opens no file. Our reader does not need it."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {f"{main.rpartition('/')[0]}/{key}.xml": key.rstrip("0123456789") for key in parts} | {
        main: "document.main"
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{word}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        f'<Types xmlns="{types}">{relations}<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def word_file(
    body: str,
    *,
    links: dict[str, str] | None = None,
    main: str = "word/document.xml",
    namespace: str = TRANSITIONAL,
    base: str = RELATIONS,
    **parts: str,
) -> bytes:
    """Return a file with this body. `styles`, `numbering`, `footnotes`, `header1` …: what is in the parts."""
    folder, _, name = main.rpartition("/")
    kinds = {key: ("hyperlink", target) for key, target in (links or {}).items()}
    kinds |= {f"p{key}": (key.rstrip("0123456789"), f"{key}.xml") for key in parts}
    start = f'xmlns:w="{namespace}" {NAMESPACES}'
    return zipped(
        {
            "[Content_Types].xml": content_types(main, parts),
            "_rels/.rels": relations({"r1": ("officeDocument", main)}, base),
            f"{folder}/_rels/{name}.rels": relations(kinds, base),
            main: f"<w:document {start}><w:body>{body}</w:body></w:document>",
            **{f"{folder}/{key}.xml": f"<w:{key} {start}>{content}</w:{key}>" for key, content in parts.items()},
        }
    )


def p(*inner: str, properties: str = "") -> str:
    """Return a paragraph. What is not XML becomes a run."""
    content = "".join(one if one.startswith("<") else r(one) for one in inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def r(text: str, properties: str = "", *, tag: str = "t") -> str:
    """Return a run of text, or of XML."""
    content = text if text.startswith("<") else f'<w:{tag} xml:space="preserve">{text}</w:{tag}>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def style(name: str, properties: str = "", *, paragraph: str = "", kind: str = "character", based_on: str = "") -> str:
    inner = f'<w:name w:val="{name}"/>'
    inner += f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    inner += f"<w:pPr>{paragraph}</w:pPr><w:rPr>{properties}</w:rPr>"
    return f'<w:style w:type="{kind}" w:styleId="{name}">{inner}</w:style>'


def cells(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*inner: str, properties: str = "") -> str:
    content = "".join(one if one.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else p(one) for one in inner)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def outcome(data: bytes) -> Flow | str:
    """Return the flow, or the sentence of the refusal. Any other exception is an error."""
    try:
        return flow_of(data)
    except Problem as problem:
        return problem.message


def damaged(data: bytes, count: int) -> Iterator[bytes]:
    """Yield the file with bytes changed, taken out, doubled and cut off, the same ones in each run of the tests."""
    chance = random.Random(17)
    for _ in range(count):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.choice([1, 2, 20, 200]))
        part = chance.choice([b"", chance.randbytes(end - start), data[start:end] * 2])
        yield data[:start] + part + (data[end:] if chance.random() < 0.9 else b"")


def described(flow: Flow) -> list[str]:
    """Return each paragraph of a flow in a few words: what differs from ordinary text, ": ", and the text."""
    return [_described(paragraph) for paragraph in flow.paragraphs]


def read(body: str, **parts) -> list[str]:
    return described(flow_of(word_file(body, **parts)))


def _described(paragraph: FlowParagraph) -> str:
    words = [] if paragraph.kind == "body" else [paragraph.kind]
    if paragraph.level:
        words.append(f"{paragraph.list_kind}{paragraph.level} {paragraph.mark}")
    if cell := paragraph.cell:
        words.append(f"{cell.table}/{cell.row}/{cell.column}{'h' * cell.is_heading}")
    if paragraph.control:
        words.append(f"<{paragraph.control}>")
    text = "".join(_marked(run) for run in paragraph.runs)
    return f"{' '.join(words)}: {text}" if words else text


def _marked(run: Run) -> str:
    text = run.text.replace("\n", "⏎").replace("\t", "→")
    for has, mark in ((run.em, "*"), (run.strong, "**"), (run.raised == "sup", "^"), (run.raised == "sub", "~")):
        text = f"{mark}{text}{mark}" if has else text
    return f"[{text}]({run.href})" if run.href else text
