"""The bundled fonts and the style sheet, read once; and the doors to everything else, closed."""

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
EMOJI = {0x2615}  # the fonts have it, but Pango takes it for a picture and asks the host's fonts first


class NoFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches nothing, whatever a document asks for: no file, no network, no data address."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        raise ValueError(f"A report may not fetch {url[:80]}")


class FontFetcher(NoFetcher):
    """Fetches the bundled fonts by their names, and nothing else."""

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
    """The parsed style sheet with its fonts. Reading it takes longer than printing a page."""
    fonts = FontConfiguration()
    source = (TEMPLATES / "official.css").read_text(encoding="utf-8")
    return Style(CSS(string=source, font_config=fonts, url_fetcher=FontFetcher()), fonts)


@cache
def covered() -> frozenset[int]:
    """The code points that the bundled fonts print between them."""
    return frozenset().union(*(TTFont(FONTS / name, lazy=True).getBestCmap() for name in FACES)) - EMOJI


def _forget_parents_fonts() -> None:
    """In a forked process: leaves the copies of the fonts that the parent still uses on the disk."""
    if style.cache_info().currsize:
        style().fonts._folder = None
        style.cache_clear()


atexit.register(style.cache_clear)  # removes WeasyPrint's own copies of the fonts
os.register_at_fork(after_in_child=_forget_parents_fonts)
