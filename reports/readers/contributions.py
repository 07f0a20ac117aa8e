"""Divide an answer into contributions: neighbouring paragraphs in one language are one contribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.document import richtext
from reports.document.block import Block, text_of
from reports.document.problem import gettext_noop
from reports.document.tree import Contribution
from reports.readers import Notice, language

LANGUAGE_UNSURE = gettext_noop(
    "The language of “%(excerpt)s” is not certain; it was taken to be English. Correct it if that is wrong."
)

_LONGEST_EXCERPT = 60


@dataclass(frozen=True)
class _Unit:
    """The smallest text that is given a language: a paragraph, a table, or an item with all items below it."""

    line: int
    blocks: tuple[Block, ...]
    text: str


def contributions_of(section: str, paragraphs: Sequence[tuple[int, Block]]) -> tuple[list[Contribution], list[Notice]]:
    """Return the contributions of an answer, and a notice for each text whose language is not certain.

    `paragraphs` are the answer's blocks, each with the number of its line.
    """
    units = _units(paragraphs)
    languages, notices = _languages(section, units)
    contributions = []
    for code, pairs in groupby(zip(languages, units, strict=True), key=lambda pair: pair[0]):
        body = richtext.normalise(richtext.from_blocks(block for _, unit in pairs for block in unit.blocks))
        if body:
            contributions.append(Contribution(authority="", language=code, body={code: body}))
    return contributions, notices


def _units(paragraphs: Sequence[tuple[int, Block]]) -> list[_Unit]:
    groups: list[list[tuple[int, Block]]] = []
    for line, block in paragraphs:
        goes_on = block.kind == "row" and bool(groups) and groups[-1][-1][1].is_row
        if groups and (block.depth > 1 or goes_on):
            groups[-1].append((line, block))
        elif block.html:
            groups.append([(line, block)])
    return [
        _Unit(
            line=group[0][0],
            blocks=tuple(block for _, block in group),
            text="\n".join(" ".join(text_of(block)) for _, block in group),
        )
        for group in groups
    ]


def _languages(section: str, units: Sequence[_Unit]) -> tuple[list[str], list[Notice]]:
    """Return the language of each unit. Neighbours that are too short to be certain are looked at together."""
    codes: list[str] = []
    notices = []
    detected = [(language.detect(unit.text), unit) for unit in units]
    for is_sure, pairs in groupby(detected, key=lambda pair: pair[0].sure):
        run = list(pairs)
        if is_sure:
            codes += [found.code for found, _ in run]
            continue
        together = language.detect("\n".join(unit.text for _, unit in run))
        codes += [together.code] * len(run)
        if not together.sure:
            params: dict[str, object] = {"excerpt": _excerpt([unit for _, unit in run])}
            notices.append(Notice(LANGUAGE_UNSURE, params, section, run[0][1].line))
    return codes, notices


def _excerpt(units: Sequence[_Unit]) -> str:
    text = " ".join(" ".join(unit.text for unit in units[:10]).split())
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1].rstrip() + "…"
