"""The text of one paragraph or list item, as runs of characters that share a link and a style."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import groupby
from typing import Literal

from reports.document.clean import SPACE, address


@dataclass(frozen=True)
class Run:
    """Characters with one style. "\\n" in `text` is a line break."""

    text: str
    href: str = ""
    strong: bool = False
    em: bool = False
    raised: Literal["", "sup", "sub"] = ""

    def style(self) -> tuple[str, bool, bool, str]:
        return self.href, self.strong, self.em, self.raised


_GAP = re.compile(f" [{SPACE}]+|[{SPACE[1:]}][{SPACE}]*")  # all but a single space, which stays as it is
_MARKUP = re.compile(r'<(/?)(strong|em|a|br)(?: href="([^"]*)")?>|([^<]+)')


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Return the normal form: spaces collapsed, none at the ends, and each styled like both of its neighbours."""
    out: list[Run] = []
    gap = ""
    for run in runs:
        text = _GAP.sub(_collapsed, run.text)
        words = text.strip(" \n")
        if text and text[0] in " \n" and gap != "\n":
            gap = text[0]
        if not words:
            continue
        if gap and out:
            out.append(_between(out[-1], run, gap))
        gap = text[-1] if text[-1] in " \n" else ""
        out.append(Run(words, run.href, run.strong, run.em))
    return [_joined(list(same)) for _, same in groupby(out, Run.style)]


def _collapsed(gap: re.Match[str]) -> str:
    return "\n" if "\n" in gap[0] else " "


def _between(before: Run, after: Run, gap: str) -> Run:
    href = before.href if before.href == after.href else ""
    return Run(gap, href, before.strong and after.strong, before.em and after.em)


def _joined(runs: list[Run]) -> Run:
    return runs[0] if len(runs) == 1 else replace(runs[0], text="".join(run.text for run in runs))


def to_html(runs: Iterable[Run]) -> str:
    """Return the HTML of tidy runs, with links outermost and italics innermost."""
    return "".join(
        _wrapped(f'a href="{escape(href, quote=False)}"' if href else "", _styled(list(linked)))
        for href, linked in groupby(runs, lambda run: run.href)
    )


def _styled(runs: list[Run]) -> str:
    return "".join(
        _wrapped(
            "strong" if strong else "",
            "".join(_wrapped("em" if run.em else "", escape(run.text, quote=False)) for run in same),
        )
        for strong, same in groupby(runs, lambda run: run.strong)
    ).replace("\n", "<br>")


def _wrapped(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.split()[0]}>" if tag else inner


def from_html(html: str) -> Iterator[Run]:
    """Yield the runs of HTML in normal form."""
    href, strong, em = "", False, False
    for closing, name, address_, text in _MARKUP.findall(html):
        if text:
            yield Run(unescape(text), href, strong, em)
        elif name == "br":
            yield Run("\n", href, strong, em)
        elif name == "strong":
            strong = not closing
        elif name == "em":
            em = not closing
        else:
            href = unescape(address_)


# The same runs as people type them: **bold**, *italic*, [text](address), and a backslash before a literal mark. One,
# two or three asterisks switch italics, bold or both, in any order. No Markdown library is used, because from_typed()
# must return exactly the runs that to_typed() wrote, for any text.

_TYPED = re.compile(r"\\(?P<literal>[!-/:-@\[-`{-~•–])|(?P<stars>\*+)|(?P<open>\[)|(?P<close>\]\()|[^\\*\[\]]+|.", re.S)
_TYPED_ADDRESS = re.compile(r"((?:[^\s()\\]|\\.|\([^\s()]*+\))++)\)")
_IN_ADDRESS = re.compile(r"[\\()]")
_LITERAL_STAR = re.compile(r"\*(?!(?<= \*) )")
_STARS = {1: (False, True), 2: (True, False), 3: (True, True)}


@dataclass
class _Stars:
    """A run of asterisks: whether it may open or close a style, and which styles it does switch."""

    count: int
    opens: bool
    closes: bool
    strong: bool = False
    em: bool = False


def to_typed(runs: Iterable[Run]) -> str:
    """Return tidy runs as people type them."""
    parts: list[str] = []
    before = Run("")
    groups = [(href, list(linked)) for href, linked in groupby(runs, lambda run: run.href)]
    for index, (href, linked) in enumerate(groups):
        parts.append(_closing(before, linked[0]))
        before = _still_open(before, linked[0])
        inner: list[str] = []
        for run in linked:
            inner += [_switch(before, run), literal(run.text, in_link=bool(href))]
            before = run
        if index + 1 == len(groups) or href:  # what ends with a link is closed inside it
            after = groups[index + 1][1][0] if index + 1 < len(groups) else Run("")
            inner.append(_closing(before, after))
            before = _still_open(before, after)
        text = "".join(inner)
        parts.append(typed_link(text, href) if href else text)
    return "".join(parts)


def _closing(before: Run, after: Run) -> str:
    return _switch(before, _still_open(before, after))


def _still_open(before: Run, after: Run) -> Run:
    return Run("", "", before.strong and after.strong, before.em and after.em)


def _switch(before: Run, after: Run) -> str:
    return "*" * (2 * (before.strong != after.strong) + (before.em != after.em))


def typed_link(text: str, href: str) -> str:
    """Return a link around text that is in typed form already."""
    return f"[{text}]({_IN_ADDRESS.sub(_escaped, href)})"


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[0]


def literal(text: str, *, in_link: bool = False) -> str:
    """Return the typed form of plain text, in which nothing is read as a mark."""
    text = _LITERAL_STAR.sub(r"\\*", text.replace("\\", "\\\\")).replace("](", "]\\(")
    return text.replace("[", "\\[") if in_link else text


def from_typed(text: str) -> list[Run]:
    """Return the runs of typed text. Asterisks and brackets without a partner are text."""
    pieces = _pieces(text)
    _pair(pieces)
    runs: list[Run] = []
    strong = em = False
    for piece, href in pieces:
        if isinstance(piece, str):
            runs.append(Run(piece, href, strong, em))
            continue
        runs.append(Run("*" * (piece.count - 2 * piece.strong - piece.em), href, strong, em))
        strong, em = strong != piece.strong, em != piece.em
    return tidy(runs)


def _pieces(text: str) -> list[tuple[str | _Stars, str]]:
    pieces: list[tuple[str | _Stars, str]] = []
    opened = -1  # the index of the last "[" in `pieces`
    position = 0
    while position < len(text):
        found = _TYPED.match(text, position)
        assert found
        position = found.end()
        if found["stars"]:
            pieces.append((_stars(text, found), ""))
        elif (
            found["close"]
            and opened >= 0
            and (target := _TYPED_ADDRESS.match(text, position))
            and (href := address(re.sub(r"\\(.)", r"\1", target[1])))
        ):
            pieces[opened:] = [(piece, href) for piece, _ in pieces[opened + 1 :]]
            opened, position = -1, target.end()
        else:
            if found["open"]:
                opened = len(pieces)
            pieces.append((found["literal"] or found[0], ""))
    return pieces


def _stars(text: str, found: re.Match[str]) -> _Stars:
    count = len(found[0])
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    known = count in _STARS
    return _Stars(count, known and after not in ("", *SPACE), known and before not in ("", *SPACE))


def _pair(pieces: list[tuple[str | _Stars, str]]) -> None:
    """Mark the asterisks that switch bold and italics: each opening run needs a closing one."""
    for style, index in (("strong", 0), ("em", 1)):
        opening: _Stars | None = None
        for piece, _ in pieces:
            if isinstance(piece, str) or not _STARS.get(piece.count, (False, False))[index]:
                continue
            if opening and piece.closes:
                setattr(opening, style, True)
                setattr(piece, style, True)
                opening = None
            elif piece.opens:
                opening = piece
