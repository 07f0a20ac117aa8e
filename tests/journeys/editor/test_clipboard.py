"""A corpus of what programs put on the clipboard, each with the exact text that it becomes and what is left out.

`clipboard/NAME.html` is the clipboard. `clipboard/NAME.expected` is the text, one block or more on each line; then
"left out:" with the kinds, in the order of the page's words.
"""

import re
from pathlib import Path

from reports.document.richtext import normalise
from reports.document.wrapped_links import unwrap_links

CLIPBOARDS = sorted((Path(__file__).parent / "clipboard").glob("*.html"))
READ_ALL = """async htmls => {
  const {cleanPastedHtml} = await import("/static/js/editor/paste.js");
  const words = [...document.getElementById("paste-words").content.querySelectorAll("[data-word]")];
  const order = words.map(word => word.dataset.word);
  return htmls.map(html => {
    const {html: text, leftOut} = cleanPastedHtml(html);
    return {text, leftOut: leftOut.sort((a, b) => order.indexOf(a) - order.indexOf(b)).join(" ")};
  });
}"""


def expected(path: Path) -> dict[str, str]:
    content = path.with_suffix(".expected").read_text(encoding="utf-8")
    text, _, left_out = content.partition("left out:")
    return {"text": "".join(text.splitlines()), "leftOut": left_out.strip()}


def test_each_clipboard_becomes_its_exact_text(one):
    """All of them in one page, which must write no error to the console."""
    results = one.page.evaluate(READ_ALL, [path.read_text(encoding="utf-8") for path in CLIPBOARDS])
    found = {path.stem: result for path, result in zip(CLIPBOARDS, results, strict=True)}
    assert found == {path.stem: expected(path) for path in CLIPBOARDS}
    stored = {name: normalise(result["text"]) for name, result in found.items()}
    kept = {name: result["text"].replace("<p></p></td>", "</td>") for name, result in found.items()}
    assert stored == {name: unwrap_links(text) for name, text in kept.items()}  # only the server knows mail programs


def test_every_kind_that_is_left_out_has_words(one):
    """The scripts name kinds; the template has the words of each."""
    static = Path(__file__).parents[3] / "static/js/editor/paste_left_out.js"
    [union] = re.findall(r"@typedef \{([^}]*)\} Kind", static.read_text(encoding="utf-8"))
    words = one.page.evaluate(
        """() => [...document.getElementById("paste-words").content.querySelectorAll("[data-word]")]
            .map(word => word.dataset.word)"""
    )
    assert set(words) == {"left-out", "too-long", *re.findall(r'"(\w+)"', union)}


HOSTILE = {
    "spans": "<span style='color:red'>" * 50_000,
    "lists": "<ul><li>" * 50_000 + "x",
    "tables": "<table><tr><td>" * 50_000 + "x",
    "cells": "<table><tr>" + "<td colspan=1000 rowspan=60000>x" * 20_000 + "</table>",
    "rows": "<table>" + "<tr><td rowspan=60000>x<td>y" * 5_000 + "</table>",
    "styles": "<style>" * 190_000,
    "own": "<p data-pm-slice>" + "<" * 190_000,
}


def test_hostile_html_is_read_or_pasted_as_text(empty):
    """Nested deeply, or with cells over thousands of rows: what is pasted is bounded, and so is the time."""
    for name, html in HOSTILE.items():
        empty.page.evaluate("document.querySelector('#id_two-body').editor.commands.clearContent(true)")
        pasted = empty.paste(html=html, text="plain words")
        assert len(pasted) < 3_000_000, name
        assert "plain words" in pasted or name in ("cells", "rows", "own"), name
