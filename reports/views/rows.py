"""What the views of a translation share, the country's and the secretariat's: their rows in the scripts' requests."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from reports.document.problem import Problem
from reports.pages.translation_rows import RowView
from reports.rules.writing import Shown

# What a save or a mark may change of a row, with its template. Its box is not among them.
PARTS = {"what": "what", "source": "source", "text": "shown", "meanwhile": "meanwhile", "after": "after"}
MOST_KNOWN = 2_000  # rows that one page may ask about


def as_news(request: HttpRequest, view: RowView) -> dict[str, Any]:
    """Return a row that somebody else saved."""
    return {
        "contribution": view.of.number,
        "language": view.shown.language,
        "place": view.shown.place,
        "number": view.shown.base,
        "html": view.target,
        "row": parts_of(request, view),
    }


def parts_of(request: HttpRequest, view: RowView, meanwhile: Problem | None = None) -> dict[str, Any]:
    """Return what stands around the box of a row, as HTML. `meanwhile`: why a save of the secretariat was refused."""
    context = {"row": view, "meanwhile": meanwhile}
    parts = {
        name: render_to_string(f"components/translating/{template}.html", context, request)
        for name, template in PARTS.items()
    }
    return {"state": view.state, "isLeft": view.is_left, "words": view.words, "parts": parts}


def known_rows(request: HttpRequest, language: str) -> list[tuple[int, Shown]]:
    """Return the rows that the page has, by their text. `?known=12:nl:5:0:3` is one: the number of the text, the
    language, the save of the translation, the place, and the number of the original. What is not one is left out."""
    known = []
    for item in request.GET.get("known", "").split(",")[:MOST_KNOWN]:
        with suppress(ValueError):
            text, _language, number, place, original = item.split(":")
            known.append((int(text), Shown(language, int(place), int(original), int(number))))
    return known
