"""Divide an answer into contributions: neighbouring paragraphs in one language are one contribution."""

import re
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
LANGUAGE_LIKELY = gettext_noop(
    "The language of “%(excerpt)s” is not certain; the most likely one was taken. Correct it if that is wrong."
)

_LABEL = re.compile(r"(?=.{1,60}$)[^\s.!?]+(?: [^\s.!?]+){0,5} ?:")  # a few words
_CLEARLY = 2  # times as likely as English

_LONGEST_EXCERPT = 60


@dataclass(frozen=True)
class _Unit:
    """The smallest text that is given a language: a paragraph, a table, or an item with all items below it."""

    line: int
    blocks: tuple[Block, ...]
    text: str


def contributions_of(
    section: str, paragraphs: Sequence[tuple[int, Block]], country: str = ""
) -> tuple[list[Contribution], list[Notice]]:
    """Return the contributions of an answer, and a notice for each text whose language is not certain.

    `paragraphs` are the answer's blocks, each with the number of its line; `country` is the report's.
    """
    units = _units(paragraphs)
    languages, notices = _languages(section, units, country)
    contributions = []
    for code, pairs in groupby(zip(languages, units, strict=True), key=lambda pair: pair[0]):
        body = richtext.normalise(richtext.from_blocks(block for _, unit in pairs for block in unit.blocks))
        if body:
            contributions.append(Contribution(authority="", language=code, body={code: body}))
    return contributions, notices


def as_one(paragraphs: Sequence[tuple[int, Block]], country: str = "") -> list[Contribution]:
    """Return an answer as one contribution, whatever its languages, for an answer that says which one it is."""
    units = _units(paragraphs)
    body = richtext.normalise(richtext.from_blocks(block for unit in units for block in unit.blocks))
    code = language.detect("\n".join(unit.text for unit in units), country).code
    return [Contribution(authority="", language=code, body={code: body})] if body else []


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


def _languages(section: str, units: Sequence[_Unit], country: str) -> tuple[list[str], list[Notice]]:
    """Return the language of each unit. A label has that of the passage below it."""
    passages = [index for index in range(len(units)) if not _is_label(units, index)]
    found, notices = _languages_of_passages(section, [units[index] for index in passages], country)
    by_unit = dict(zip(passages, found, strict=True))
    codes: list[str] = []
    for index in reversed(range(len(units))):  # the last unit is no label
        codes.append(by_unit[index] if index in by_unit else codes[-1])
    return codes[::-1], notices


def _is_label(units: Sequence[_Unit], index: int) -> bool:
    """Return whether a unit is a short line such as "Police:" that something follows."""
    return index + 1 < len(units) and bool(_LABEL.fullmatch(units[index].text.strip()))


def _languages_of_passages(section: str, units: Sequence[_Unit], country: str) -> tuple[list[str], list[Notice]]:
    """Return the language of each passage. Neighbours that are too short to be certain are looked at together."""
    detected = [(language.detect(unit.text, country), unit) for unit in units]
    runs = [(is_sure, list(pairs)) for is_sure, pairs in groupby(detected, key=lambda pair: pair[0].sure)]
    codes: list[str] = []
    notices = []
    for number, (is_sure, run) in enumerate(runs):
        if is_sure:
            codes += [found.code for found, _ in run]
            continue
        passages = [unit for _, unit in run]
        beside = [*codes[-1:], *(found.code for _, after in runs[number + 1 : number + 2] for found, _ in after[:1])]
        code, message = _likely_language("\n".join(unit.text for unit in passages), country, beside)
        codes += [code] * len(run)
        if message:
            notices.append(Notice(message, {"excerpt": _excerpt(passages)}, section, passages[0].line))
    return codes, notices


def _likely_language(text: str, country: str, beside: Sequence[str]) -> tuple[str, str]:
    """Return the language of a short text, and what to say of it, "" if it is certain.

    `beside` are the languages of the passages before and after it: one of these, or else a language of the country, is
    taken where the text is clearly not English.
    """
    together = language.detect(text, country)
    if together.sure:
        return together.code, ""
    shares = language.weigh(text, country)
    if not shares and beside and not any(character.isalpha() for character in text):
        return beside[0], ""  # figures
    english = shares.get(language.UNSURE, 0.0)
    best = max(beside, key=lambda code: shares.get(code, 0.0), default=language.UNSURE)
    if best != language.UNSURE and best in shares and shares[best] >= _CLEARLY * english:
        return best, "" if shares[best] >= language.SURE_FROM else LANGUAGE_LIKELY
    first = max(shares, key=lambda code: shares[code], default=language.UNSURE)
    if first == language.UNSURE and set(beside) == {language.UNSURE}:
        return first, ""
    is_clear = shares.get(first, 0.0) >= language.SURE_FROM and first in language.likely_in(country)
    return (first, LANGUAGE_LIKELY) if is_clear and first != language.UNSURE else (language.UNSURE, LANGUAGE_UNSURE)


def _excerpt(units: Sequence[_Unit]) -> str:
    text = " ".join(" ".join(unit.text for unit in units[:10]).split())
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1].rstrip() + "…"
