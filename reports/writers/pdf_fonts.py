"""The bundled fonts and the style sheet, loaded once.

WeasyPrint can fetch nothing else: a report's text must reach neither the network nor the server's files.
"""

import atexit
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "static" / "fonts"
TEMPLATES = ROOT / "templates" / "pdf"
SCHEME = "bundled:"
FACES = (
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-It.ttf",
    "SourceSerif4-Bold.ttf",
    "SourceSerif4-BoldIt.ttf",
    "SourceSans3-Regular.ttf",
)
EMOJI = {0x2615}  # the fonts have this glyph, but Pango prefers an emoji font of the host for it


class NoFetcher(URLFetcher):  # type: ignore[misc]
    """Refuses every address: files, the network, and data addresses."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        raise ValueError(f"A report may not fetch {url[:80]}")


class FontFetcher(NoFetcher):
    """Fetches the bundled fonts by their names, and refuses everything else."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or name not in FACES:
            return super().fetch(url)
        return URLFetcherResponse(url, (FONTS / name).read_bytes())


@dataclass(frozen=True)
class Style:
    sheet: Any
    fonts: Any


@cache
def style() -> Style:
    """Load the style sheet with its fonts. That takes longer than printing a page."""
    fonts = FontConfiguration()
    source = (TEMPLATES / "official.css").read_text(encoding="utf-8")
    return Style(CSS(string=source, font_config=fonts, url_fetcher=FontFetcher()), fonts)


@cache
def covered() -> frozenset[int]:
    """Return the code points for which one of the bundled fonts has a glyph."""
    return frozenset().union(*(TTFont(FONTS / name, lazy=True).getBestCmap() for name in FACES)) - EMOJI


def _drop_inherited_fonts() -> None:
    """Forget the fonts in a forked process, without removing the copies on disk, which the parent still uses."""
    if style.cache_info().currsize:
        style().fonts._folder = None
        style.cache_clear()


atexit.register(style.cache_clear)  # WeasyPrint then removes its copies of the fonts
os.register_at_fork(after_in_child=_drop_inherited_fonts)
