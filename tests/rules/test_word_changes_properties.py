"""Whatever is changed in a report's Word file: exactly that is what its upload changes."""

import copy
from dataclasses import dataclass, field
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from reports.document.block import Block, blocks, from_blocks
from reports.models import Conflict, Contribution, Revision
from reports.rules import uploads, word_files, writing
from tests.database import undone
from tests.documents import POOL, examples
from tests.rules.test_word_changes import fresh, kinds
from tests.writers.word_changing import controls, saved
from tests.writers.word_reading import paragraph_text, paragraphs_in

pytestmark = pytest.mark.django_db
CODES = ("1.1.A", "2.1.B", "4.2.C")
TYPED = POOL["fr"][1]
KINDS = st.sampled_from([("p", 0), ("p", 0), ("ul", 1), ("ol", 1)])
# What a person does in Word with one contribution, and the paragraph that it is done to.
ACTS = ["nothing", "nothing", "word", "word", "add", "remove", "empty", "clear"]


@dataclass
class Text:
    """A contribution: its section, its paragraphs, what is done to it in Word, and to which paragraph.

    `typed`: a paragraph is typed below its control. `colleague`: the paragraph that a colleague changes meanwhile.
    """

    code: str
    shape: list[tuple[str, int]]
    act: str
    at: int
    typed: bool
    colleague: int | None
    row: Contribution | None = field(default=None, repr=False)

    def base(self, number: int) -> list[Block]:
        said = POOL["nl"]
        return [
            Block(kind, depth, f"Onderdeel {number}.{place}: {said[place % 2]}")
            for place, (kind, depth) in enumerate(self.shape)
        ]

    def changed(self, base: list[Block], *, by_colleague: bool = True) -> list[Block]:
        """Return the paragraphs after both people's changes."""
        out = list(base)
        if by_colleague and self.colleague is not None:
            out[self.colleague] = with_word(out[self.colleague], "Intussen")
        match self.act:
            case "word":
                out[self.at] = with_word(out[self.at], "Sinds mei")
            case "add":
                out.insert(
                    self.at + 1, Block(out[self.at].kind, out[self.at].depth, "Een nieuwe alinea in het bestand.")
                )
            case "remove" | "clear":
                del out[self.at]
        return out


def with_word(block: Block, words: str) -> Block:
    return Block(block.kind, block.depth, block.html.replace("De ", f"{words} de ", 1))


@st.composite
def texts(draw):
    shape = draw(st.lists(KINDS, min_size=4, max_size=6))
    at = draw(st.integers(0, len(shape) - 1))
    # Two paragraphs away: people who work side by side in one place may meet, which is a conflict.
    apart = [None, *(place for place in range(len(shape)) if abs(place - at) > 1)]
    act = draw(st.sampled_from(ACTS))
    return Text(draw(st.sampled_from(CODES)), shape, act, at, draw(st.booleans()), draw(st.sampled_from(apart)))


def in_word(data: bytes, found: list[Text]) -> bytes:
    """Do to the file what the texts say, with python-docx."""
    document = docx.Document(BytesIO(data))
    for text in found:
        (control,) = controls(document, f"c:{text.row.pk}:")
        own = [one for one in paragraphs_in(control) if paragraph_text(one).strip()]
        paragraph = own[text.at]
        match text.act:
            case "word":
                node = next(node for node in paragraph.iter(qn("w:t")) if "De " in node.text)
                node.text = node.text.replace("De ", "Sinds mei de ", 1)
            case "add":
                added = copy.deepcopy(paragraph)
                first, *others = added.iter(qn("w:t"))
                first.text = "Een nieuwe alinea in het bestand."
                for node in others:
                    node.text = ""
                paragraph.addnext(added)
            case "remove":
                paragraph.getparent().remove(paragraph)
            case "clear" | "empty":
                for one in own if text.act == "empty" else [paragraph]:
                    for run in list(one.iter(qn("w:r"))):
                        run.getparent().remove(run)
        if text.typed:
            control.addnext(document.add_paragraph(f"{TYPED} ({text.row.pk})")._p)
    return saved(document)


@examples(25)
@given(st.lists(texts(), min_size=1, max_size=4), st.booleans())
def test_exactly_what_was_changed_in_word_changes(report, cast, found, has_colleague):
    with undone():
        for number, text in enumerate(found):
            text.colleague = text.colleague if has_colleague else None
            section = fresh(report).sections.get(question__code=text.code)
            body = from_blocks(text.base(number))
            text.row = writing.add_contribution(section, body, by=cast.focal_point, language="nl")
        data = in_word(word_files.draft(fresh(report), by=cast.focal_point), found)
        for text in found:
            if text.colleague is not None:
                now = list(text.base(found.index(text)))
                now[text.colleague] = with_word(now[text.colleague], "Intussen")
                writing.save_text(text.row, from_blocks(now), base=1, by=cast.contributor)
        before = Revision.objects.count()
        upload = uploads.read(data, "report.docx", fresh(report), by=cast.focal_point)
        assert kinds(upload, cast.focal_point) == announced(found)
        assert Revision.objects.count() == before
        uploads.apply(upload, by=cast.focal_point)
        assert not Conflict.objects.exists()
        for number, text in enumerate(found):
            now = fresh(text.row)
            assert now.removed_at is None
            expected = text.changed(text.base(number))
            assert blocks(now.body) == blocks(from_blocks(expected))
            is_written = text.act not in ("nothing", "empty")
            assert now.revisions.count() == 1 + (text.colleague is not None) + is_written
        new = Contribution.objects.filter(section__report=report, language="fr").order_by("pk")
        assert sorted(one.body for one in new) == sorted(body for code in CODES for body in outside(found, code))


def outside(found: list[Text], code: str) -> list[str]:
    """Return the texts typed outside the controls of a section; only an emptied control between two makes them one."""
    bodies: list[str] = []
    goes_on = False
    for text in found:
        if text.code == code:
            goes_on = goes_on and text.act == "empty"
            typed = f"<p>{TYPED} ({text.row.pk})</p>" if text.typed else ""
            if typed and goes_on:
                bodies[-1] += typed
            elif typed:
                bodies.append(typed)
            goes_on = goes_on or text.typed
    return bodies


def announced(found: list[Text]) -> dict[str, list[str]]:
    """Return what the preview shall name, by section: changes in the order of the file, then what was emptied."""
    out: dict[str, list[str]] = {}
    for code in CODES:
        own = [text for text in found if text.code == code]
        named, is_outside = [], False  # whether a typed text is the last one until here
        for text in own:
            if text.act not in ("nothing", "empty"):
                named.append("both" if text.colleague is not None else "changed")
            if text.typed and not (text.act == "empty" and is_outside):
                named.append("new")
            is_outside = text.typed or (is_outside and text.act == "empty")
        named += ["emptied"] * sum(text.act == "empty" for text in own)
        if named:
            out[code] = named
    return out
