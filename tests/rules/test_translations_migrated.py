"""What the migration makes of translations that were stored without units: all current, and not a word else."""

from importlib import import_module

import pytest
from hypothesis import given

from reports.document.block import blocks
from reports.document.translation.kept import kept
from reports.document.translation.rows import align
from reports.document.translation.stored import units_of
from reports.document.translation.units import Units
from reports.document.translation_marks import Translation
from tests.document.translation.texts import originals
from tests.documents import examples

migration = import_module("reports.migrations.0028_translations")
LIST = "<ul><li><p>One</p><ol><li><p>Inner</p></li></ol></li><li><p>Two</p></li></ul>"
TABLE = (
    "<table><thead><tr><th><p>Year</p></th><th></th></tr></thead>"
    "<tbody><tr><td><p>2014</p></td><td><ul><li><p>12</p></li></ul></td></tr></tbody></table>"
)


def migrated(original, translation):
    stored = migration.units_of(original, translation)
    return Units.model_validate_json(stored).units if stored else ()


@given(originals)
@examples(80)
def test_a_text_is_read_as_the_portal_reads_it(text):
    assert migration.blocks(text) == [
        {"depth": block.depth, "html": block.html, "kind": block.kind} for block in blocks(text)
    ]


@given(originals)
@examples(80)
def test_texts_of_one_structure_have_the_units_of_today(text):
    stored = migration.units_of(text, text)
    assert stored == (Units(units=tuple(units_of(text, text))).canonical() if units_of(text, text) else "")


@given(originals, originals)
@examples(80)
def test_every_translation_is_current_and_kept(original, translation):
    aligned = align(original, migrated(original, translation))
    if original and translation:
        assert set(aligned.counts()) == {"current"}
        assert aligned.text() == translation
        assert kept(aligned) == (translation, Translation())


@pytest.mark.parametrize("text", [LIST, TABLE, f"<p>a</p>{LIST}<p>b</p>{TABLE}"])
def test_lists_and_tables_are_migrated(text):
    assert align(text, migrated(text, text)).text() == text


@pytest.mark.parametrize("text", ["Loose words <p>a</p>", "<p>a</p> and <em>more</em>"])
def test_a_text_in_another_form_gets_no_units(text):
    assert migration.units_of(text, "<p>b</p>") == ""
