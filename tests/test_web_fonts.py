"""The fonts of the pages have every letter of the European members' languages, and not the reserved name."""

import re
import runpy
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reports.readers.country_languages import LETTERS

PROJECT = Path(__file__).resolve().parent.parent
SUBSET = runpy.run_path(str(PROJECT / "fixtures" / "fonts" / "subset.py"))
FILES = sorted((PROJECT / "static" / "fonts").glob("portal-sans-*.woff2"))
# Armenian, Georgian and the scripts outside Europe come from the reader's computer, as before.
OTHER_SCRIPTS = {"ar", "he", "hy", "ja", "ka", "km", "ko", "th"}


@pytest.mark.parametrize("style", ["upright", "italic"])
def test_fonts_have_the_letters_of_europe(style):
    letters = {
        letter
        for language, text in LETTERS.items()
        if language not in OTHER_SCRIPTS
        for letter in {*text, *text.upper(), *"abcxyzABCXYZ0189.,;:?!()«»„“”‚‘’–—…€§%&@/-'\"\u00a0"}
        if len(letter) == 1
    }
    drawn = {chr(code) for file in FILES if style in file.name for code in TTFont(file).getBestCmap()}
    assert not letters - drawn


def test_the_style_sheet_asks_for_each_letter_where_it_is():
    sheet = (PROJECT / "static" / "fonts.css").read_text(encoding="utf-8")
    faces = re.findall(r'url\("(fonts/[^"]+)"\).*?unicode-range: ([^;]+);', sheet, re.DOTALL)
    assert {PROJECT / "static" / name for name, _ranges in faces} == set(FILES)
    for name, ranges in faces:
        drawn = set(TTFont(PROJECT / "static" / name).getBestCmap())
        assert drawn <= SUBSET["characters"](ranges)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_changed_font_has_another_name(file):
    names = [record for record in TTFont(file)["name"].names if record.nameID not in SUBSET["LEGAL"]]
    assert names
    assert not [str(record) for record in names if "Source" in str(record)]
