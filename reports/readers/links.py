"""Links typed in a text whose address must not become a link."""

import re

from reports.document.clean import address

_LINK = re.compile(r"\[([^\[\]]*+)\]\(([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)\)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*+:", re.IGNORECASE)


def without_unsafe_links(text: str) -> tuple[str, list[str]]:
    """The text with `[text](javascript:…)` and the like as mere text, and the addresses that were left out."""
    left_out: list[str] = []

    def mere_text(link: re.Match[str]) -> str:
        if address(link[2]) or not _SCHEME.match(link[2]):
            return link[0]
        left_out.append(link[2])
        return link[1]

    return _LINK.sub(mere_text, text), left_out
