"""Remove links to unsafe addresses from typed text."""

import re

from reports.document.clean import address

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
