"""The text of one paragraph or list item, as runs of characters that share a link and a style."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import groupby
from typing import Literal

from reports.document.clean import SPACE, address

Raised = Literal["", "sup", "sub"]


@dataclass(frozen=True)
class Run:
    """Characters with one style. "\\n" in `text` is a line break."""

    text: str
    href: str = ""
    strong: bool = False
    em: bool = False
    raised: Raised = ""

    def style(self) -> tuple[str, bool, bool, Raised]:
        return self.href, self.strong, self.em, self.raised


_GAP = re.compile(f" [{SPACE}]+|[{SPACE[1:]}][{SPACE}]*")  # all but a single space, which stays as it is
_MARKUP = re.compile(r'<(/?)(strong|em|sup|sub|a|br)(?: href="([^"]*)")?>|([^<]+)')


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
        out.append(replace(run, text=words))
    return [_joined(list(same)) for _, same in groupby(out, Run.style)]


def _collapsed(gap: re.Match[str]) -> str:
    return "\n" if "\n" in gap[0] else " "


def _between(before: Run, after: Run, gap: str) -> Run:
    href = before.href if before.href == after.href else ""
    raised = before.raised if before.raised == after.raised else ""
    return Run(gap, href, before.strong and after.strong, before.em and after.em, raised)


def _joined(runs: list[Run]) -> Run:
    return runs[0] if len(runs) == 1 else replace(runs[0], text="".join(run.text for run in runs))


def to_html(runs: Iterable[Run]) -> str:
    """Return the HTML of tidy runs, with links outermost, then bold, italics, and what is raised or lowered."""
    return "".join(
        _wrapped(f'a href="{escape(href, quote=False)}"' if href else "", _styled(list(linked)))
        for href, linked in groupby(runs, lambda run: run.href)
    )


def _styled(runs: list[Run]) -> str:
    return "".join(
        _wrapped(
            "strong" if strong else "",
            "".join(
                _wrapped(
                    "em" if em else "", "".join(_wrapped(run.raised, escape(run.text, quote=False)) for run in alike)
                )
                for em, alike in groupby(same, lambda run: run.em)
            ),
        )
        for strong, same in groupby(runs, lambda run: run.strong)
    ).replace("\n", "<br>")


def _wrapped(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.split()[0]}>" if tag else inner


def from_html(html: str) -> Iterator[Run]:
    """Yield the runs of HTML in normal form."""
    style = Run("")
    for closing, name, address_, text in _MARKUP.findall(html):
        if text:
            yield replace(style, text=unescape(text))
        elif name == "br":
            yield replace(style, text="\n")
        elif name == "strong":
            style = replace(style, strong=not closing)
        elif name == "em":
            style = replace(style, em=not closing)
        elif name in ("sup", "sub"):
            style = replace(style, raised="" if closing else name)
        else:
            style = replace(style, href=unescape(address_))


# The same runs as people type them: **bold**, *italic*, [text](address), ^{raised}, _{lowered}, and a backslash before
# a literal mark. One, two or three asterisks switch italics, bold or both, in any order. Raised text has braces, since
# people type "^" and "~" for other things. No Markdown library is used, because from_typed() must return exactly the
# runs that to_typed() wrote, for any text.

_TYPED = re.compile(
    r"\\(?P<literal>[!-/:-@\[-`{-~•–])|(?P<stars>\*+)|(?P<open>\[)|(?P<close>\]\()|(?P<raise>[\^_]\{)|(?P<end>\})"
    r"|[^\\*\[\]^_}]+|.",
    re.S,
)
_RAISED: dict[str, Raised] = {"^{": "sup", "_{": "sub"}
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
            inner += [_switch(before, run), _typed_text(run)]
            before = run
        if index + 1 == len(groups) or href:  # what ends with a link is closed inside it
            after = groups[index + 1][1][0] if index + 1 < len(groups) else Run("")
            inner.append(_closing(before, after))
            before = _still_open(before, after)
        text = "".join(inner)
        parts.append(typed_link(text, href) if href else text)
    return "".join(parts)


def _typed_text(run: Run) -> str:
    text = literal(run.text, in_link=bool(run.href))
    mark = next((mark for mark, raised in _RAISED.items() if raised == run.raised), "")
    return mark + text.replace("}", "\\}") + "}" if mark else text


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
    text = text.replace("^{", "^\\{").replace("_{", "_\\{")
    return text.replace("[", "\\[") if in_link else text


def from_typed(text: str) -> list[Run]:
    """Return the runs of typed text. Asterisks, brackets and braces without a partner are text."""
    pieces = _pieces(text)
    _pair(pieces)
    runs: list[Run] = []
    strong = em = False
    for piece in pieces:
        stars = piece.stars
        if stars is None:
            runs.append(Run(piece.text, piece.href, strong, em, piece.raised))
            continue
        runs.append(Run("*" * (stars.count - 2 * stars.strong - stars.em), piece.href, strong, em, piece.raised))
        strong, em = strong != stars.strong, em != stars.em
    return tidy(runs)


@dataclass(frozen=True)
class _Piece:
    """A piece of typed text: plain text, or `stars`."""

    text: str
    stars: _Stars | None = None
    href: str = ""
    raised: Raised = ""


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    bracket = brace = -1  # the indexes of the last "[" and of the last "^{" or "_{" in `pieces`
    position = 0
    while position < len(text):
        found = _TYPED.match(text, position)
        assert found
        position = found.end()
        if found["stars"]:
            pieces.append(_Piece("", _stars(text, found)))
        elif (
            found["close"]
            and bracket >= 0
            and (target := _TYPED_ADDRESS.match(text, position))
            and (href := address(re.sub(r"\\(.)", r"\1", target[1])))
        ):
            pieces[bracket:] = [replace(piece, href=href) for piece in pieces[bracket + 1 :]]
            brace = brace if brace < bracket else -1
            bracket, position = -1, target.end()
        elif found["end"] and brace >= 0:
            raised = _RAISED[pieces[brace].text]
            pieces[brace:] = [replace(piece, raised=raised) for piece in pieces[brace + 1 :]]
            bracket = bracket if bracket < brace else -1
            brace = -1
        else:
            if found["open"]:
                bracket = len(pieces)
            elif found["raise"]:
                brace = len(pieces)
            pieces.append(_Piece(found["literal"] or found[0]))
    return pieces


def _stars(text: str, found: re.Match[str]) -> _Stars:
    count = len(found[0])
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    known = count in _STARS
    return _Stars(count, known and after not in ("", *SPACE), known and before not in ("", *SPACE))


def _pair(pieces: list[_Piece]) -> None:
    """Mark the asterisks that switch bold and italics: each opening run needs a closing one."""
    for style, index in (("strong", 0), ("em", 1)):
        opening: _Stars | None = None
        for piece in pieces:
            stars = piece.stars
            if stars is None or not _STARS.get(stars.count, (False, False))[index]:
                continue
            if opening and stars.closes:
                setattr(opening, style, True)
                setattr(stars, style, True)
                opening = None
            elif stars.opens:
                opening = stars
