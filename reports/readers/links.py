"""Remove links to unsafe addresses from typed text, and the wrappers that mail programs put around addresses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports.document.clean import address
from reports.document.inline import Run
from reports.document.problem import gettext_noop
from reports.document.wrapped_links import Unwrapped, unwrap, unwrap_text
from reports.readers import Notice

LINK_UNWRAPPED = gettext_noop(
    "%(wrapper)s had put an address of its own, which may name the reader of an e-mail, in place of a link. It leads "
    "to %(address)s again."
)
LINK_STAYS_WRAPPED = gettext_noop(
    "A link leads through %(wrapper)s, whose address may name the reader of an e-mail. Replace it by the real one: "
    "%(address)s"
)

_LINK = re.compile(r"\[([^\[\]]*+)\]\(([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)\)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*+:", re.IGNORECASE)


def without_unsafe_links(text: str) -> tuple[str, list[str]]:
    """Return the text with `[text](javascript:…)` and the like reduced to `text`, and the removed addresses."""
    left_out: list[str] = []

    def text_only(link: re.Match[str]) -> str:
        if address(link[2]) or not _SCHEME.match(link[2]):
            return link[0]
        left_out.append(link[2])
        return link[1]

    return _LINK.sub(text_only, text), left_out


def unwrapped_runs(runs: Sequence[Run]) -> tuple[list[Run], list[Unwrapped]]:
    """Return the runs with the real addresses, also where a text shows one, and what was a wrapper."""
    real, found = [], []
    for run in runs:
        link = unwrap(run.href)
        text, shown = unwrap_text(run.text)
        real.append(replace(run, text=text, href=link.address))
        found += [link, *shown] if link.wrapper else shown
    return real, found


def wrapper_notices(found: Iterable[Unwrapped], section: str, line: int) -> list[Notice]:
    """Return a notice for each address that had a wrapper, or still has it."""
    return [
        Notice(
            LINK_UNWRAPPED if one.is_decoded else LINK_STAYS_WRAPPED,
            {"wrapper": one.wrapper, "address": one.address},
            section,
            line,
        )
        for one in dict.fromkeys(found)
    ]
